import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { day, hour, minute } from '../../../../src/domain/base/time.ts';
import { rolloutKey, type Engine, type Rollout } from '../../../../src/domain/releases/rollout.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { Row, ViewModel } from '../../../../src/views/kit/row.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { at, batch, finished, rollout, target, wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { narrowText } from '../../../support/ui/narrowRows.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const from = { now: wednesday, timeZone: 'UTC' };
const airflow = 'https://airflow.example.org';

function viewOf(rollouts: readonly Rollout[], engines: readonly Engine[]): ViewModel {
  const store = new Store<Failure>(rethrow);
  store.update(rolloutsKey, { status: 'fresh', asOf: wednesday, records: rollouts });
  return releasesView(store.state(rolloutsKey), from, airflow, undefined, { engines });
}

function rowsOf(...rollouts: readonly Rollout[]): readonly Row[] {
  return viewOf(rollouts, []).rows;
}

const week = rollout({
  state: 'problem',
  batches: [
    finished(1, at(0, 9), ['aaaaa']),
    finished(2, at(0, 11), ['bbbbb']),
    batch(3, at(2, 10), { actualStart: at(2, 13), state: 'waiting_for_adoption', targets: [target('ccccc')] }),
    batch(4, at(2, 13), {
      actualStart: at(2, 13),
      state: 'error',
      comment: 'Task batch_4.join in state Failed',
      targets: [target('eeeee', { state: 'waiting_for_alerts_gone' }), target('ddddd', { state: 'error' })],
    }),
    batch(5, at(2, 13, 10)),
    batch(6, at(2, 15)),
  ],
});

describe('the rows of rollouts', () => {
  it('are summed up beside the name of the view where a batch is stuck', () => {
    assert.equal(viewOf([week], []).trouble, '1 batch stuck');
    assert.equal(viewOf([rollout({ batches: [] })], []).trouble, undefined);
  });

  it('lead to the document of stuck batches where a batch is stuck, and nowhere else', () => {
    const rows = rowsOf(week)[0]?.children ?? [];
    const stuck = rows.filter(({ tokens }) => tokens.includes('stuck')).map(({ label }) => label);
    assert.deepEqual(stuck, ['Batch 4']);
  });

  it('foretell no time for what comes after a batch in error', () => {
    const next = (rollout: Rollout): readonly (string | undefined)[] => {
      const [row] = rowsOf(rollout);
      const said = row?.children?.find(({ label }) => label === 'Batch 6')?.description;
      return [row?.hover?.find((line) => line.startsWith('Next: ')), said];
    };
    assert.deepEqual(next(week), ['Next: batch 5, once batch 4 is done', 'planned 15:00']);
    const without = week.batches.filter(({ number }) => number !== 4 && number !== 5);
    assert.deepEqual(next({ ...week, batches: without }), ['Next: batch 6, in 1h, 15:00', 'next in 1h · 15:00']);
  });

  it('offer the vote where they wait for votes, while the rollout goes on', () => {
    const votes = {
      state: 'waiting_for_election',
      targets: [target('tdb26', { state: 'waiting_for_election' })],
    } as const;
    const votable = (more: Partial<Rollout>): readonly string[] => {
      const batches = [batch(1, at(2, 9), { actualStart: at(2, 13, 30), ...votes }), batch(2, at(2, 15))];
      const within = (rows: readonly Row[]): readonly Row[] =>
        rows.flatMap((row) => [row, ...within(row.children ?? [])]);
      return within(rowsOf(rollout({ batches, ...more })))
        .filter(({ tokens }) => tokens.includes('votable'))
        .map(({ label }) => label);
    };
    assert.deepEqual(votable({}), ['Batch 1', 'tdb26']);
    assert.deepEqual(votable({ simulated: true }), []);
    assert.deepEqual(votable({ state: 'failed' }), []);
    assert.deepEqual(votable({ unlistedSince: at(2, 13) }), []);
  });

  it('lead to the public page and the commit of a subnet, where these are known', () => {
    const whole = target('tdb26');
    const targets = [whole, target('aaaaa', { revision: 'abc' })];
    const shown = rollout({ batches: [batch(1, at(2, 9), { actualStart: at(2, 13), targets })] });
    const [known, other] = rowsOf(shown)[0]?.children?.find(({ label }) => label === 'Batch 1')?.children ?? [];
    assert.equal(known?.placePage, `https://dashboard.internetcomputer.org/subnet/${whole.id}`);
    assert.equal(known.commit, shown.revision);
    assert.deepEqual([other?.placePage, other?.commit], [undefined, undefined]);
    for (const token of ['place', 'commit', 'copiesCommit'] as const) {
      assert.deepEqual([known.tokens.includes(token), other?.tokens.includes(token)], [true, false], token);
    }
  });

  it('have trouble on top, how far it is and how late, and what is finished in one row', () => {
    assert.equal(
      renderRows(rowsOf(week)).replaceAll(/ {2};rollout;[a-zA-Z;]*/g, ''),
      [
        '$(warning) GuestOS 08-20  2 of 5 · 3h late · problem · batch 3 of 6',
        '  $(error) Batch 4  error · started 50m ago',
        '    $(error) ddddd  error',
        '    $(bell) eeeee  waits for alerts',
        '  $(play-circle) Batch 3  waits for adoption · started 50m ago',
        '    $(circle-large-outline) ccccc  planned',
        '  $(circle-large-outline) Batch 5  40m late',
        '  $(circle-large-outline) Batch 6  planned 15:00',
        '  $(pass) 2 batches  complete · last 2d ago',
        '    $(pass) Batch 1  complete · Mon 09:49',
        '      $(pass) aaaaa  complete',
        '    $(pass) Batch 2  complete · Mon 11:49',
        '      $(pass) bbbbb  complete',
      ].join('\n'),
    );
  });

  it('say how long what moves is in its state, and at least how long where it was not watched from the beginning', () => {
    const store = new Store<Failure>(rethrow);
    store.update(rolloutsKey, { status: 'fresh', asOf: wednesday, records: [week] });
    const stays = {
      'batch-4': { state: 'error', since: at(2, 13, 30), began: true },
      'batch-4/ddddd': { state: 'error', since: at(2, 13, 30), began: true },
      'batch-4/eeeee': { state: 'waiting_for_alerts_gone', since: at(2, 11), began: false },
      // What is recorded of another state says nothing of this one.
      'batch-3': { state: 'waiting', since: at(2, 9), began: true },
    };
    const times = new Map([[rolloutKey(week), { rollout: rolloutKey(week), stays }]]);
    const [row] = releasesView(store.state(rolloutsKey), from, airflow, undefined, { times }).rows;
    const [fourth, third] = row?.children ?? [];
    const texts = [fourth, ...(fourth?.children ?? []), third].map((each) => [
      each?.description,
      each?.hover?.find((line) => line.startsWith('In this state')),
      each?.spoken,
    ]);
    assert.deepEqual(texts, [
      [
        'error · 20m',
        'In this state for 20m, since 13:30',
        'Batch 4: error for 20 minutes, started 50 minutes ago. To do: fix why the task of ddddd failed, then clear the task in Airflow.',
      ],
      ['error · 20m', 'In this state for 20m, since 13:30', 'ddddd: error for 20 minutes'],
      [
        'waits for alerts · 2h+',
        'In this state for at least 2h, watched since 11:00',
        'eeeee: waiting for alerts to clear for at least 2 hours',
      ],
      ['waits for adoption · started 50m ago', undefined, 'Batch 3: waiting for adoption, started 50 minutes ago'],
    ]);
  });

  it('say of a batch whose state was not seen to begin when it started: that says more than how long it is watched', () => {
    const store = new Store<Failure>(rethrow);
    store.update(rolloutsKey, { status: 'fresh', asOf: wednesday, records: [week] });
    const stays = { 'batch-4': { state: 'error', since: at(2, 13, 49), began: false } };
    const times = new Map([[rolloutKey(week), { rollout: rolloutKey(week), stays }]]);
    const [row] = releasesView(store.state(rolloutsKey), from, airflow, undefined, { times }).rows;
    assert.equal(row?.children?.[0]?.description, 'error · started 50m ago');
    assert.ok(row.children[0].hover?.includes('In this state for at least 1m, watched since 13:49'));
  });

  it('fold what comes later, but not what should have begun', () => {
    const hours = [10, 11, 15, 16, 17, 18];
    const coming = rollout({ batches: hours.map((of, index) => batch(index + 1, at(2, of))) });
    assert.equal(
      renderRows(rowsOf(coming)[0]?.children ?? []).replaceAll(/ {2};rollout;[a-zA-Z;]*/g, ''),
      [
        '$(circle-large-outline) Batch 1  3h late',
        '$(circle-large-outline) Batch 2  2h late',
        '$(circle-large-outline) Batch 3  planned 15:00',
        '$(circle-large-outline) Batch 4  planned 16:00',
        '$(circle-large-outline) 2 more batches  until 18:00',
        '  $(circle-large-outline) Batch 5  planned 17:00',
        '  $(circle-large-outline) Batch 6  planned 18:00',
      ].join('\n'),
    );
    const rows = rowsOf(rollout({ batches: hours.slice(0, 5).map((of, index) => batch(index + 1, at(2, of))) }));
    assert.equal(rows[0]?.children?.length, 5, 'a single one is not folded');
  });

  it('have room in a narrow side bar for how the finished ended and when the last of those to come begins', () => {
    const done = Array.from({ length: 12 }, (_, index) =>
      batch(index + 1, at(1, 7), { state: index < 2 ? 'skipped' : 'complete', actualStart: at(1, 7), end: at(1, 8) }),
    );
    const coming = Array.from({ length: 14 }, (_, index) => batch(index + 13, at(9, index)));
    const rows = rowsOf(rollout({ batches: [...done, ...coming] }));
    const shown = narrowText(rows, 'DejaVu Sans').split('\n');
    assert.deepEqual(
      shown.filter((line) => line.includes('batches')).map((line) => line.trim().replace(/ +…$/, '')),
      ['$(circle-large-outline) 12 more batches  until 2 Sep', '$(pass) 12 batches  done, 2 skipped'],
    );
    const last = rows[0]?.children?.at(-1);
    assert.match(last?.spoken ?? '', /^12 batches: 10 complete, 2 skipped, last/);
  });

  it('open what is in trouble, and fold what is finished', () => {
    const [row] = rowsOf(week);
    assert.deepEqual(
      [row, ...(row?.children ?? [])].map((each) => each?.expanded),
      [true, true, true, undefined, undefined, false],
    );
  });

  it('each open the timeline, and have its page in Airflow only where the link leads there', () => {
    const [row] = rowsOf(week);
    const all = [row, ...(row?.children ?? []).slice(0, 2), row?.children?.[0]?.children?.[0]];
    for (const each of all) {
      assert.equal(each?.command, 'drDre.releases.openTimeline');
      assert.deepEqual(each.record, { kind: 'rollout', key: 'rollout_ic_os_to_mainnet_subnets/rc--2026-08-20_03-30' });
    }
    assert.deepEqual(row?.tokens, ['rollout', 'identified', 'airflow', 'linked', 'commit', 'copiesCommit']);
    assert.deepEqual(all[2]?.tokens, ['rollout', 'named']);
    const [elsewhere] = rowsOf(rollout({ url: 'https://evil.example.com/dags' }));
    assert.deepEqual(
      [elsewhere?.tokens, elsewhere?.link],
      [['rollout', 'identified', 'commit', 'copiesCommit'], undefined],
    );
  });

  it('of batches and subnets name the batch, and offer dre operations for whole ids only', () => {
    const whole = { ...target('x'), id: 'aaaaa-aa' };
    const [row] = rowsOf(rollout({ batches: [batch(3, at(2, 10), { targets: [whole, target('ccccc')] })] }));
    const [ofBatch] = row?.children ?? [];
    assert.deepEqual([row?.batch, ofBatch?.batch], [undefined, 'batch-3']);
    assert.deepEqual(
      ofBatch?.children?.map((each) => [each.batch, each.tokens.includes('operable')]),
      [
        ['batch-3', true],
        ['batch-3', false],
      ],
    );
  });

  it('stand by urgency: trouble, what failed lately, what runs, what ended', () => {
    const named = (name: string, more: Partial<Rollout>): Rollout => rollout({ name, ...more });
    const rows = rowsOf(
      named('ended', { state: 'complete' }),
      named('given up', { state: 'failed', lastSchedulingDecision: wednesday - 2 * day }),
      named('runs', {}),
      named('failed', { state: 'failed', lastSchedulingDecision: wednesday - hour }),
      named('trouble', { state: 'problem' }),
    );
    assert.deepEqual(
      rows.map(({ label, description }) => `${label}: ${description ?? ''}`),
      [
        'GuestOS failed: failed',
        'GuestOS trouble: problem',
        'GuestOS runs: upgrading subnets',
        'GuestOS ended: complete',
        'GuestOS given up: failed',
      ],
    );
  });

  it('fold what a rollout that was given up never came to', () => {
    const failed = batch(1, at(2, 9), { actualStart: at(2, 9), state: 'error', comment: 'Task x in state Failed' });
    const never = [2, 3].map((number) => batch(number, at(2, 9 + number), { state: 'unknown' }));
    const shown = (state: 'failed' | 'problem'): readonly string[] =>
      (rowsOf(rollout({ state, batches: [failed, ...never] }))[0]?.children ?? []).map(
        ({ label, description }) => `${label}: ${description}`,
      );
    assert.equal(shown('failed').at(-1), '2 batches: unknown to Airflow');
    assert.equal(shown('failed').length, 2);
    assert.equal(shown('problem').length, 3);
  });

  it('say nothing of a few minutes', () => {
    const late = (minutes: number): string | undefined =>
      rowsOf(rollout({ batches: [batch(1, wednesday - minutes * minute), batch(2, at(3, 9))] }))[0]?.description;
    assert.equal(late(9), '0 of 2 · batch 1 of 2');
    assert.equal(late(11), '0 of 2 · 11m late · batch 1 of 2');
  });
});

describe('the rows of engines', () => {
  const guestOs = 'rollout_ic_os_to_mainnet_subnets';
  const engines: readonly Engine[] = [
    { kind: 'rollout_ic_os_to_mainnet_nodes', state: 'active' },
    { kind: guestOs, state: 'paused', since: wednesday - 2 * hour },
    { kind: 'rollout_ic_os_to_mainnet_api_boundary_nodes', state: 'broken' },
    { kind: 'unknown', unknownKind: 'rollout_new', state: 'unknown', unknownState: 'napping' },
  ];

  it('stand on top while an engine does not run, with how it is and since when where that is known', () => {
    const { rows } = viewOf([rollout({ state: 'problem' })], engines);
    assert.deepEqual(
      rows.map(({ label, description = '', icon }) => `$(${icon?.id ?? ''}) ${label}: ${description}`),
      [
        '$(debug-pause) GuestOS rollouts: paused · 2h',
        '$(error) API nodes rollouts: broken',
        '$(question) “rollout_new” rollouts: unknown: “napping”',
        '$(warning) GuestOS 08-20: paused for 2h · problem',
      ],
    );
    assert.deepEqual(rows[0]?.hover, [
      'GuestOS rollouts: paused',
      'Airflow has paused these rollouts: running tasks finish, nothing new starts.',
      'First seen 2h ago, Wed 26 Aug 2026, 11:50:11 UTC',
    ]);
    assert.equal(rows[0].link, `${airflow}/dags/${guestOs}/grid`);
    assert.deepEqual([rows[2]?.link, rows[2]?.tokens], [undefined, []]);
  });

  it('keep the list from being called empty when a broken engine takes its rollouts out', () => {
    const { situation, message } = viewOf([], engines);
    assert.deepEqual([situation, message], ['rows', undefined]);
    assert.equal(viewOf([], []).situation, 'empty');
  });
});
