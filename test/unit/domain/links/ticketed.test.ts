import assert from 'node:assert/strict';
import { ticketedProposals, type QueueRecords } from '../../../../src/domain/links/ticketed.ts';
import { namedNumbers } from '../../../../src/domain/queue/texts.ts';
import { proposal, ticket } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';

describe('the proposals that tickets of the queue name', () => {
  const asOf = wednesday + 60_000;
  const nothing = { named: namedNumbers([], true) };
  const queue = (more: Partial<QueueRecords>) =>
    ticketedProposals({ tickets: [ticket('DRE-1')], asOf, textsOf: () => nothing, ...more });
  const ours = proposal(9_007_199_254_740_993n);

  it('are found in summaries, labels, descriptions and comments, with ids beyond 2^53 exactly', () => {
    const found = (more: Partial<QueueRecords>) => queue(more)(ours);
    assert.equal(found({ tickets: [ticket('DRE-1', { summary: 'Submit 9007199254740993' })] }), true);
    assert.equal(found({ tickets: [ticket('DRE-1', { labels: ['proposal-9007199254740993'] })] }), true);
    const said = namedNumbers(['see https://dashboard.internetcomputer.org/proposal/9007199254740993?x'], true);
    assert.equal(found({ textsOf: () => ({ named: said }) }), true);
    assert.equal(found({ tickets: [ticket('DRE-1', { summary: 'Submit 9007199254740992' })] }), false);
    assert.equal(found({ tickets: [ticket('DRE-1', { summary: 'Submit 90071992547409931' })] }), false);
  });

  it('are not said to have no ticket while the queue or a text is not known', () => {
    assert.equal(queue({})(ours), false);
    assert.equal(queue({ asOf: undefined })(ours), undefined);
    assert.equal(queue({ textsOf: () => undefined })(ours), undefined);
    assert.equal(queue({ textsOf: () => ({ named: namedNumbers([], false) }) })(ours), undefined);
    assert.equal(
      queue({})(proposal(7n, { createdAt: asOf + 1 })),
      undefined,
      'it may have a ticket since the list was read',
    );
  });

  it('are found although other texts are not known', () => {
    const tickets = [ticket('DRE-1', { summary: 'Submit 9007199254740993' }), ticket('DRE-2')];
    assert.equal(queue({ tickets, textsOf: () => undefined })(ours), true);
  });

  it('may be more than are kept of a text', () => {
    const many = Array.from({ length: 600 }, (_, index) => `${100_000 + index}`).join(' ');
    assert.deepEqual([namedNumbers([many], true).isWhole, namedNumbers([many], true).numbers.length], [false, 500]);
  });
});
