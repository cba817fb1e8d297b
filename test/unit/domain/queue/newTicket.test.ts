import assert from 'node:assert/strict';
import { likelyDuplicates, newTicketIn } from '../../../../src/domain/queue/newTicket.ts';
import { ticketTemplates } from '../../../../src/domain/queue/templates.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { done } from '../../../support/ui/ticketDesk.ts';

describe('what is written of a new ticket', () => {
  it('is a summary in its first line and a description below', () => {
    assert.deepEqual(newTicketIn('\n# Onboard bo1 \n\n## Requirements\n\nTwo nodes.\n'), {
      summary: 'Onboard bo1',
      description: '## Requirements\n\nTwo nodes.',
    });
    assert.deepEqual(newTicketIn('Onboard bo1'), { summary: 'Onboard bo1', description: '' });
    assert.equal(newTicketIn('# \n'), undefined);
  });

  it('is likely there already where an open ticket shares most of the words', () => {
    const tickets = [
      ticket('DRE-1', { summary: 'Proposal: onboard data center bo1' }),
      ticket('DRE-2', { summary: 'Onboard the data center BO1 in Boston' }),
      ticket('DRE-3', { summary: 'Onboard data center bo1', status: done }),
      ticket('DRE-4', { summary: 'Offboard node provider of zh2' }),
      ticket('DRE-5', { summary: '' }),
    ];
    const keys = (summary: string): readonly string[] => likelyDuplicates(summary, tickets).map(({ key }) => key);
    assert.deepEqual(keys('Proposal: onboard data center bo1'), ['DRE-1', 'DRE-2']);
    assert.deepEqual(keys('Proposal: offboard data center ge1'), []);
    assert.deepEqual(keys('bo1'), []);
  });

  it('begins with a template: those of the setting first, each with an id of its own', () => {
    const own = { name: 'Ask a Provider!', summary: 'Ask ', description: 'Why?', labels: ['ask'] };
    const [first, ...others] = ticketTemplates([own]);
    assert.deepEqual(first, { id: 'own1AskaProvider', name: own.name, text: '# Ask \n\nWhy?\n', labels: ['ask'] });
    assert.equal(new Set(others.map(({ id }) => id)).size, others.length);
    const requests = others.filter(({ text }) => text.startsWith('# Proposal: '));
    assert.equal(requests.length, 7);
    for (const { text } of requests) assert.match(text, /## Requirements[^]*## Expected outcome/);
  });
});
