import assert from 'node:assert/strict';
import { people, tokens } from '../../simulator/world.ts';
import { siteFields } from '../../simulator/atlassian/jiraSiteFields.ts';
import { jiraFixture } from '../../support/sources/atlassianFixture.ts';
import { TicketDesk } from '../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../support/ui/verbMatrix.ts';
import { host } from '../../support/ui/vscode.ts';
import { performOverWire } from '../../support/ui/wireDesk.ts';

// The form of a new ticket in a project that wants fields of all forms, from the questions to what Jira holds then.

describe('the form of a new ticket in a project that wants more', () => {
  const fixture = jiraFixture();
  const idOf = (name: string): string =>
    siteFields.find((field) => field.name === name)?.id ?? assert.fail(`no field ${name}`);

  afterEach(() => {
    fixture.simulator.switch('atlassian', 'siteFieldsRequired', false);
    beGone();
  });

  it('asks for each field by its form, and again for the one that Jira refuses, in its words', async () => {
    fixture.simulator.switch('atlassian', 'siteFieldsRequired', true);
    beAgreeable();
    const asked: string[] = [];
    const nodes = ['500', '5'];
    host.answer = ({ prompt = '' }) => {
      if (prompt !== '') asked.push(prompt);
      if (prompt.includes('Change reason')) return 'Worn out';
      if (prompt.includes('Rollback plan')) return 'Put the old one back';
      if (prompt.includes('Nodes affected')) return nodes.shift();
      if (prompt.includes('Planned day')) return '2026-12-01';
      return '# Replace the switch of bo1\n\nIn the night.\n';
    };
    host.pick = (items, options) => {
      if (options?.canPickMany !== true) return items.find(({ label }) => label === 'Another Ticket');
      asked.push(options.placeHolder ?? '');
      return items;
    };
    const desk = new TicketDesk([], { jira: fixture.jira() });
    await performOverWire(desk, fixture, 'drDre.queue.createTicket', 'palette');
    assert.deepEqual(asked, [
      'Change reason?',
      'Rollback plan?',
      'Nodes affected?',
      'Planned day?',
      'Select Sites',
      'At most 100 nodes. Nodes affected? You typed this a moment ago; it was not applied.',
    ]);
    const key =
      /^Created (DRE-\d+)\.$/.exec(host.messages.at(-1)?.text ?? '')?.[1] ?? assert.fail('it was not created');
    const fields = await held(key);
    assert.deepEqual(
      {
        summary: fields['summary'],
        reason: fields[idOf('Change reason')],
        nodes: fields[idOf('Nodes affected')],
        day: fields[idOf('Planned day')],
        sites: fields[idOf('Sites')],
      },
      {
        summary: 'Replace the switch of bo1',
        reason: 'Worn out',
        nodes: 5,
        day: '2026-12-01',
        sites: [{ id: '10201' }, { id: '10202' }],
      },
    );
    assert.match(JSON.stringify(fields[idOf('Rollback plan')]), /"type":"doc".*Put the old one back/);
    desk.dispose();
  });

  /** The fields of an issue as Jira holds them. */
  async function held(key: string): Promise<Readonly<Record<string, unknown>>> {
    const authorization = `Basic ${btoa(`${people[0].email}:${tokens.atlassian.classic}`)}`;
    const address = new URL(`/rest/api/3/issue/${key}`, fixture.simulator.addresses.atlassianSite);
    const answer = await fetch(address, { headers: { authorization } });
    const { fields } = (await answer.json()) as { readonly fields: Readonly<Record<string, unknown>> };
    return fields;
  }
});
