import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { day, hour, minute } from '../../../../src/domain/base/time.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import { Store, type StateChange } from '../../../../src/engine/read/store.ts';
import { decidedProposalsKey } from '../../../../src/feeds/proposals/decidedKey.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import type { Row, ViewModel } from '../../../../src/views/kit/row.ts';
import { yesWords } from '../../../../src/views/proposals/row.ts';
import { proposalsView, type ProposalsMore } from '../../../../src/views/proposals/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { freshState } from '../../../support/feeds/freshState.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { runs } from '../../../support/base/runs.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const from = { now: wednesday, timeZone: 'UTC' };
const tally = { yes: 0n, no: 1n, total: 1_000n, at: wednesday };
const stranger = 4_711n;

interface Shown extends ProposalsMore {
  readonly open?: readonly Proposal[];
  readonly ended?: StateChange<Proposal, Failure>;
}

function view({ open = [], ended, ...more }: Shown): ViewModel {
  const store = new Store<Failure>(rethrow);
  store.update(proposalsKey, { status: 'fresh', asOf: wednesday, records: open });
  if (ended === undefined) return proposalsView(store.state(proposalsKey), from, undefined, undefined, more);
  store.update(decidedProposalsKey, { status: 'fresh', asOf: wednesday, ...ended });
  const decided = store.state(decidedProposalsKey);
  return proposalsView(store.state(proposalsKey), from, undefined, undefined, { ...more, decided });
}

const rowsOf = (...open: readonly Proposal[]): readonly Row[] => view({ open }).rows;

describe('the rows of proposals', () => {
  it('show a status that is not known as the canister wrote it', () => {
    const [row] = rowsOf(
      proposal(138_120n, { title: 'Add a node', topic: 6, status: 'unspecified', unknownStatus: 9 }),
    );
    assert.match(row?.description ?? '', /^status “9” · /);
    assert.match(row?.hover?.join('\n') ?? '', /Status “9”, which is not known here/);
    assert.match(row?.spoken ?? '', /status “9”, which is not known here/);
  });

  it('say what it is about, how long voting goes on and how the votes stand, the one that ends first on top', () => {
    const rows = rowsOf(
      proposal(138_120n, { title: 'Add the data center ld3', topic: 6, deadline: wednesday - minute }),
      proposal(138_121n, { title: 'Elect new IC/GuestOS revision (commit 79c0105)', topic: 13 }),
      proposal(138_122n, {
        title: 'Replace a node in subnet snjp4',
        topic: 7,
        deadline: wednesday + 2 * 24 * hour,
        tally: { ...tally, yes: 517n },
        proposer: stranger,
      }),
      proposal(138_123n, {
        title: 'Publish the latency between data centers',
        topic: 4,
        deadline: wednesday + 24 * minute,
        tally: { ...tally, yes: 83n },
      }),
    );
    assert.equal(
      renderRows(rows),
      [
        '$(law) Publish latency…  24m left · 8 % yes · ours · 138123 · …between data centers  ;proposal;linked;identified;',
        '$(type-hierarchy) snjp4 Replace node  2d left · 51 % yes · 138122  ;proposal;linked;identified;',
        '$(verified) GuestOS 79c0105  no deadline · ours · 138121  ;proposal;linked;identified;',
        '$(organization) Add data center ld3  ended · ours · 138120  ;proposal;linked;identified;',
      ].join('\n'),
    );
    assert.deepEqual(rows[0]?.hover, [
      'Publish the latency between data centers',
      'Voting ends Wed 26 Aug 2026, 14:14:11 UTC (24m left)',
      'Yes 8.3 %, no 0.1 %',
      'By release automation (ours)',
      'Governance, proposal 138123',
    ]);
    assert.equal(
      rows[0].spoken,
      'Proposal 138123: Publish the latency between data centers, Governance, 24 min left, yes 8.3 %, no 0.1 %, ours, by release automation',
    );
  });

  it('begin with what the titles of the tools are about', () => {
    const short = (title: string): string | undefined => rowsOf(proposal(7n, { title }))[0]?.label;
    const version = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';
    assert.equal(short(`Update subnet o3ow2 to replica version ${version}`), 'o3ow2 to 79c0105');
    assert.equal(short('Replace nodes in subnet pae4o'), 'pae4o Replace nodes');
    assert.equal(short('Resize subnet opn46'), 'opn46 Resize');
    assert.equal(short('Set HostOS version: 79c0105 on 12 nodes'), 'HostOS 79c0105 on…');
    assert.equal(short('Update 3 API boundary node(s) to replica version 79c0105'), 'API 79c0105 on 3…');
  });

  it('name the proposer by its role, else in the hover alone by the ends of its id', () => {
    for (const [proposer, name] of [
      [17_511_507_705_568_200_227n, 'trusted proposer (ours)'],
      [9_383_571_398_983_269_667n, 'neuron 9383…9667'],
      [4_711n, 'neuron 4711'],
    ] as const) {
      const [row] = rowsOf(proposal(1n, { proposer }));
      assert.ok(row?.hover?.includes(`By ${name}`), name);
      assert.doesNotMatch(JSON.stringify(row), /\d{9}/);
      // Read out only where it is a role.
      const { spoken = '' } = row ?? {};
      assert.equal(spoken.includes('ours, by trusted proposer'), name === 'trusted proposer (ours)');
      assert.doesNotMatch(spoken, /neuron/);
    }
  });

  it('mark as ours what the neurons of the setting proposed, exactly', () => {
    const marked = (proposer: bigint): boolean =>
      /ours/.test(view({ open: [proposal(1n, { proposer })], proposers: [2n ** 53n + 1n] }).rows[0]?.description ?? '');
    assert.deepEqual([marked(2n ** 53n + 1n), marked(2n ** 53n), marked(80n)], [true, false, false]);
  });

  it('say of ours, and of no other, that it has no ticket where that is known', () => {
    const shown = (isTicketed: boolean | undefined, proposer = 80n) => {
      const [row] = view({ open: [proposal(1n, { proposer })], isTicketed: () => isTicketed }).rows;
      const says = (words: string): boolean | undefined => row?.hover?.some((line) => line.startsWith(words));
      return [row?.description?.includes('no ticket'), says('No ticket'), says('It is not known yet whether a ticket')];
    };
    assert.deepEqual(shown(false), [true, true, false]);
    assert.deepEqual(shown(true), [false, false, false]);
    assert.deepEqual(shown(undefined), [false, false, true]);
    assert.deepEqual(shown(false, stranger), [false, false, false]);
    assert.deepEqual(shown(undefined, stranger), [false, false, false]);
  });

  it('warn only of a vote that ends soon and that neither side has a majority on', () => {
    const colorOf = (left: number, votes: Partial<typeof tally>): string | undefined =>
      rowsOf(proposal(1n, { deadline: wednesday + left, proposer: stranger, tally: { ...tally, ...votes } }))[0]?.icon
        ?.color;
    assert.equal(colorOf(hour, { yes: 500n }), 'drDre.warning');
    assert.equal(colorOf(hour, { yes: 501n }), undefined);
    assert.equal(colorOf(7 * hour, { yes: 1n }), undefined);
    assert.equal(colorOf(-hour, { yes: 0n }), 'descriptionForeground');
    const [executed] = rowsOf(proposal(1n, { status: 'executed' }));
    assert.equal(executed?.icon?.color, 'descriptionForeground', 'also of ours');
  });

  it('stand out where they lose their vote, by shape, word and color, those of ours most', () => {
    const deadline = wednesday + 2 * day;
    const lost = { deadline, title: 'Replace a node in subnet snjp4', tally: { ...tally, yes: 83n, no: 412n } };
    const rows = rowsOf(
      proposal(1n, { ...lost, topic: 7 }),
      proposal(2n, { ...lost, proposer: stranger, tally: { ...lost.tally, no: 501n } }),
      proposal(3n, { ...lost, tally: { ...lost.tally, no: 83n } }),
      proposal(4n, { ...lost, tally: undefined }),
      proposal(5n, { ...lost, deadline: wednesday - minute }),
      proposal(6n, { ...lost, status: 'adopted' }),
    );
    assert.equal(
      renderRows(rows.slice(0, 3)),
      [
        '$(thumbsdown) snjp4 Replace node  losing · 2d left · 1 · 8 % yes · ours  ;proposal;linked;identified;',
        '$(thumbsdown) snjp4 Replace node  losing · 2d left · 2 · 8 % yes  ;proposal;linked;identified;',
        '$(rocket) snjp4 Replace node  2d left · 3 · 8 % yes · ours  ;proposal;linked;identified;',
      ].join('\n'),
    );
    assert.deepEqual(
      rows.slice(0, 3).map(({ icon }) => icon?.color),
      ['problemsErrorIcon.foreground', 'drDre.warning', 'charts.blue'],
    );
    assert.ok(rows[0]?.hover?.includes('More voting power votes no than yes: as it stands it is rejected'));
    assert.ok(rows[1]?.hover?.includes('More than half of all voting power votes no: it is rejected'));
    assert.match(rows[0]?.spoken ?? '', /, losing, 2 d left, yes 8\.3 %, no 41\.2 %, ours/);
    for (const row of rows.slice(2)) assert.doesNotMatch(JSON.stringify(row), /losing|thumbsdown|is rejected/);
  });
});

describe('the votes in the row of a proposal', () => {
  it('are the share of all voting power that votes for it', () => {
    const shown = (yes: bigint): string | undefined => yesWords({ yes, total: 1_000n });
    assert.deepEqual([0n, 1n, 10n, 83n, 500n, 501n, 999n, 1_000n].map(shown), [
      ...['0 % yes', '<1 % yes', '1 % yes', '8 % yes', '50 % yes', '51 % yes', '99 % yes', '100 % yes'],
    ]);
    assert.equal(yesWords({ yes: 0n, total: 0n }), undefined);
  });

  it('distinguish a majority from none, however close', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 63n), fc.bigInt(0n, 2n ** 64n), (total, part) => {
        const yes = part % (total + 1n);
        const words = yesWords({ yes, total }) ?? '';
        assert.equal(Number.parseInt(words.replace('<', ''), 10) > 50, yes * 2n > total);
        assert.equal(words === '0 % yes', yes === 0n);
      }),
      runs(200),
    );
  });
});

describe('the Proposals view of a team', () => {
  it('says beside its name how many need votes, and as of when that is known where it cannot be read', () => {
    const waiting = proposal(1n, { topic: 12, deadline: wednesday + hour, tally: { ...tally, yes: 83n } });
    assert.equal(view({ open: [waiting] }).trouble, '1 needs votes');
    assert.equal(view({ open: [] }).trouble, undefined);
    const failure: Failure = { kind: 'server', service: 'governance', operation: 'read' };
    const unread = freshState<Proposal>([], { status: 'failing', failure });
    assert.equal(proposalsView(unread, { ...from, now: wednesday + hour }).trouble, 'as of 13:50 (1 h ago)');
  });

  it('folds what is open on other topics', () => {
    const open = [proposal(1n, { topic: 14, deadline: wednesday + minute }), proposal(2n, { topic: 12 })];
    const rows = view({ open, topics: [12] }).rows;
    assert.deepEqual(
      rows.map(({ label, description, expanded }) => [label, description, expanded]),
      [
        ['proposal 2', 'no deadline · ours · 2', undefined],
        ['Other topics', '1', false],
      ],
    );
    assert.equal(rows[1]?.children?.[0]?.id, 'proposal/1');
    assert.equal(view({ open, topics: [12, 14] }).rows.length, 2);
  });

  it('has what was decided lately in a folded group, what went wrong first', () => {
    const ended = [
      proposal(1n, { status: 'executed', endedAt: wednesday - 2 * hour }),
      proposal(2n, { status: 'failed', endedAt: wednesday - hour, failureReason: 'no such subnet', tally }),
      proposal(3n, { status: 'rejected', endedAt: wednesday - 6 * day }),
      proposal(4n, { status: 'executed', endedAt: wednesday - 8 * day }),
      proposal(5n, { status: 'adopted' }),
      proposal(6n, { status: 'executed', topic: 14, endedAt: wednesday }),
    ];
    const group = view({ ended: { records: ended } }).rows.at(-1) ?? assert.fail('no group');
    assert.deepEqual([group.label, group.description, group.expanded], ['Decided', '4, 1 failed, 1 rejected', false]);
    assert.equal(
      renderRows(group.children ?? []),
      [
        '$(rocket) proposal 2  failed 1h · 2 · ours  ;proposal;linked;identified;',
        '$(rocket) proposal 3  rejected 6d · 3 · ours  ;proposal;linked;identified;',
        '$(rocket) proposal 5  adopted · 5 · ours  ;proposal;linked;identified;',
        '$(rocket) proposal 1  executed 2h · 1 · ours  ;proposal;linked;identified;',
      ].join('\n'),
    );
    const failed = group.children?.[0];
    assert.ok(failed?.hover?.includes('Reason: no such subnet'));
    assert.match(failed?.spoken ?? '', /failed 1 hour ago, no such subnet/);
  });

  it('shows nothing as open that is known to be decided', () => {
    const model = view({
      open: [proposal(1n)],
      ended: { records: [proposal(1n, { status: 'executed', endedAt: wednesday })] },
    });
    assert.deepEqual(
      model.rows.map(({ id }) => id),
      ['proposals/decided'],
    );
  });

  it('distinguishes none, not read yet and failing', () => {
    const shown = (ended: StateChange<Proposal, Failure>): readonly string[] => {
      const group = view({ ended }).rows.at(-1);
      return [group?.description ?? '', ...(group?.children ?? []).map(({ label }) => label)];
    };
    const none = shown({ records: [] });
    const unread = shown({ status: 'neverLoaded', asOf: undefined });
    const failure: Failure = { kind: 'server', service: 'governance', operation: 'list decided proposals' };
    const failing = shown({ status: 'failing', failure });
    assert.match(none.join(), /No proposal was executed, failed or was rejected in the last 7 days/);
    assert.match(unread.join(), /not read yet/);
    assert.doesNotMatch(`${unread.join()}${failing.join()}`, /No proposal was/);
    assert.notDeepEqual(failing, unread);
  });

  it('counts on its badge what needs votes, or ends soon without a majority', () => {
    const soon = wednesday + hour;
    const carried = { ...tally, yes: 600n };
    const open = [
      proposal(1n, { deadline: wednesday + day }),
      proposal(2n, { deadline: soon, tally }),
      proposal(3n, { deadline: soon, tally, proposer: stranger }),
      proposal(4n, { deadline: soon, tally: carried }),
      proposal(5n, { deadline: soon, tally, proposer: stranger, topic: 14 }),
      proposal(6n, { deadline: wednesday + day, proposer: stranger }),
      proposal(7n, { deadline: wednesday - 1 }),
    ];
    assert.deepEqual(view({ open }).badge, {
      value: 3,
      tooltip: '2 proposals of ours without a majority. 2 proposals ending within 6 hours without a majority',
    });
    assert.equal(view({ open: open.slice(3) }).badge, undefined);
  });
});
