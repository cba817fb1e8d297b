import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { ProposalStatus } from '../../../../src/domain/proposals/proposal.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { namedProposalsKey } from '../../../../src/feeds/proposals/namedKey.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { LinkBuilder } from '../../../../src/views/links/builder.ts';
import { linksPart } from '../../../../src/views/links/part.ts';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { documentOf } from '../../../../src/domain/documents/tree.ts';
import type { Links } from '../../../../src/domain/links/join.ts';
import { ticketRow } from '../../../../src/views/queue/view.ts';
import { lintsNow } from '../../../../src/ui/queue/lints.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { proposal, ticket } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';

const from = { now: wednesday, timeZone: 'UTC' };

/** What is said of a ticket that names these proposals, of which some were read by their ids. */
function said(summary: string, read: Readonly<Record<string, ProposalStatus>>, isDone = false) {
  const store = new Store<Failure>(rethrow);
  const status = { id: '3', name: 'Done', category: isDone ? 'done' : 'new' } as const;
  const one = ticket('DRE-1', { summary, status });
  store.update(queueKey, { status: 'fresh', asOf: wednesday, records: [one] });
  store.update(proposalsKey, { status: 'fresh', asOf: wednesday, records: [proposal(138_001n)] });
  store.update(namedProposalsKey, {
    status: 'fresh',
    asOf: wednesday,
    records: Object.entries(read).map(([id, state]) => ({
      id,
      readAt: wednesday,
      proposal: { ...proposal(BigInt(id)), status: state },
    })),
  });
  const steps = new LinkBuilder(store, () => ({ epic: 'DRE-350', repository: 'dfinity/dre' })).build();
  let links: Links | undefined;
  for (let step = steps.next(); links === undefined; step = steps.next()) if (step.done === true) links = step.value;
  const row = ticketRow(one, from, 'https://x.example', { gist: links.gistOf({ kind: 'ticket', ticket: one }) });
  const settings = { current: { lints: {}, quietAfterHours: 24 } };
  const parts = { settings, store, links: { current: links }, ticketTexts: { textsOf: () => undefined } };
  return {
    row: row.description,
    hover: row.hover?.filter((line) => line.startsWith('Proposal')).map((line) => line.replace(/ .* \(/, ' … (')),
    document: serialise(documentOf(linksPart(links.ofTicket(one), from))),
    lints: lintsNow(parts, one, from).filter((lint) => lint.startsWith('proposal')),
    unknown: links.unknownProposals,
  };
}

describe('the proposals that a ticket names', () => {
  it('are in its row and hover with how they stand, and one that is executed while the ticket is open is a lint', () => {
    const executed = said('Proposal 138123', { 138123: 'executed' });
    assert.equal(executed.row, 'nobody · now · DRE-1 · proposal 138123 executed');
    assert.deepEqual(executed.hover, ['Proposal … (executed) — named here']);
    assert.match(executed.document, /Proposal 138123\]\(.*\) \(executed\) .* — named here/);
    assert.deepEqual(executed.lints, ['proposalExecuted']);
    for (const status of ['rejected', 'failed', 'adopted'] as const) {
      const { row, lints } = said('Proposal 138123', { 138123: status });
      assert.deepEqual([row, lints], [`nobody · now · DRE-1 · proposal 138123 ${status}`, []]);
    }
  });

  it('are said to be not known where they were not read, and are asked for', () => {
    for (const read of [{}, { 138123: 'unspecified' } as const]) {
      const { row, lints } = said('Proposal 138123', read);
      assert.deepEqual([row, lints], ['nobody · now · DRE-1 · proposal 138123 status not known', []]);
    }
    assert.deepEqual(said('Proposal 138123', {}).unknown, ['138123']);
    assert.deepEqual(said('Proposal 138123', { 138123: 'executed' }).unknown, []);
  });

  it('are counted where there are several; one of them open makes a done ticket a lint, and an open one none', () => {
    const both = 'Proposals: proposal 138123 and proposal 138001';
    const done = said(both, { 138123: 'executed' }, true);
    assert.match(done.row ?? '', / · proposals: 1 executed, 1 open$| · proposals: 1 open, 1 executed$/);
    assert.deepEqual(done.lints, ['proposalOpen']);
    assert.deepEqual(said(both, { 138123: 'executed' }).lints, []);
  });
});
