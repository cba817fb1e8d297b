import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { renderRows, type Row } from '../../../../src/views/kit/row.ts';
import { proposalsView } from '../../../../src/views/proposals/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';

const from = { now: wednesday, timeZone: 'UTC' };
const tally = { yes: 0n, no: 1n, total: 1_000n, at: wednesday };

function rowsOf(...proposals: readonly Proposal[]): readonly Row[] {
  const store = new Store<Failure>(rethrow);
  store.update(proposalsKey, { status: 'fresh', asOf: wednesday, records: proposals });
  return proposalsView(store.state(proposalsKey), from).rows;
}

describe('the rows of proposals', () => {
  it('show a status that is not known as the canister wrote it', () => {
    const [row] = rowsOf(
      proposal(138_120n, { title: 'Add a node', topic: 6, status: 'unspecified', unknownStatus: 9 }),
    );
    assert.match(row?.description ?? '', /^status “9” · /);
    assert.match(row?.hover?.join('\n') ?? '', /Status “9”, which is not known here/);
    assert.match(row?.spoken ?? '', /status “9”, which is not known here/);
  });

  it('say how long voting goes on and how the votes stand, the one that ends first on top', () => {
    const rows = rowsOf(
      proposal(138_120n, { title: 'Add the data center ld3', topic: 6, deadline: wednesday - minute }),
      proposal(138_121n, { title: 'Elect new IC/GuestOS revision (commit 79c0105)', topic: 13 }),
      proposal(138_122n, {
        ...{ title: 'Replace a node in subnet snjp4', topic: 7, deadline: wednesday + 2 * 24 * hour },
        tally: { ...tally, yes: 517n },
      }),
      proposal(138_123n, {
        ...{ title: 'Publish the latency between data centers', topic: 4, deadline: wednesday + 24 * minute },
        tally: { ...tally, yes: 83n },
      }),
    );
    assert.equal(
      renderRows(rows),
      [
        '$(law) Publish latency…  24m left · 8 % yes  ;proposal;linked;identified;',
        '$(type-hierarchy) Replace node snjp4  2d left · 51 % yes  ;proposal;linked;identified;',
        '$(verified) Elect IC/GuestOS revisi…  no deadline  ;proposal;linked;identified;',
        '$(organization) Add data center ld3  ended  ;proposal;linked;identified;',
      ].join('\n'),
    );
    assert.deepEqual(rows[0]?.hover, [
      'Publish the latency between data centers',
      'Voting ends Wed 26 Aug 2026, 14:14:11 UTC (24m left)',
      'Yes 8.3 %, no 0.1 %',
      'By release automation',
      'Governance, proposal 138123',
    ]);
  });

  it('name the proposer by its role, and nowhere by a number of 19 digits', () => {
    for (const [proposer, name] of [
      [17_511_507_705_568_200_227n, 'trusted proposer'],
      [9_383_571_398_983_269_667n, 'neuron 9383…9667'],
      [4_711n, 'neuron 4711'],
    ] as const) {
      const [row] = rowsOf(proposal(1n, { proposer }));
      assert.ok(row?.hover?.includes(`By ${name}`), name);
      assert.doesNotMatch(JSON.stringify(row), /\d{9}/);
      // Read out only where it is a role.
      const { spoken = '' } = row ?? {};
      assert.equal(spoken.includes('by trusted proposer'), name === 'trusted proposer');
      assert.doesNotMatch(spoken, /neuron/);
    }
  });

  it('warn only of a vote that ends soon and is not carried', () => {
    const colorOf = (left: number, yes: bigint): string | undefined =>
      rowsOf(proposal(1n, { deadline: wednesday + left, tally: { ...tally, yes } }))[0]?.icon?.color;
    assert.equal(colorOf(hour, 500n), 'problemsWarningIcon.foreground');
    assert.equal(colorOf(hour, 501n), undefined);
    assert.equal(colorOf(7 * hour, 0n), undefined);
    assert.equal(colorOf(-hour, 0n), 'disabledForeground');
  });

  it('show less than one per cent as such, and no votes as none', () => {
    const said = (yes: bigint): string | undefined =>
      rowsOf(proposal(1n, { tally: { ...tally, yes } }))[0]?.description;
    assert.equal(said(9n), 'no deadline · <1 % yes');
    assert.equal(said(0n), 'no deadline · 0 % yes');
  });
});
