import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure, FailureKind } from '../../../../src/domain/base/failure.ts';
import type { Heartbeat } from '../../../../src/domain/alerts/heartbeat.ts';
import { Store, type FeedState, type StateChange } from '../../../../src/engine/read/store.ts';
import { alertsKey, closedAlertsKey, heartbeatsKey } from '../../../../src/feeds/alerts/keys.ts';
import { activeFilter } from '../../../../src/views/alerts/filters.ts';
import { alertsView, type AlertsMore } from '../../../../src/views/alerts/view.ts';
import { groupOfMore } from '../../../../src/views/kit/capped.ts';
import { isClosedGroup } from '../../../../src/views/alerts/closedGroup.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';
const failure = (kind: FailureKind): Failure => ({ kind, service: 'ops', operation: 'list heartbeats' });
type Change<R> = StateChange<R, Failure>;

function alerts(records: readonly Alert[], change: Change<Alert> = {}): FeedState<Alert, Failure> {
  const store = new Store<Failure>(rethrow);
  store.update(alertsKey, { status: 'fresh', asOf: now, records, ...change });
  return store.state(alertsKey);
}

function heartbeats(records: readonly Heartbeat[], change: Change<Heartbeat> = {}): FeedState<Heartbeat, Failure> {
  const store = new Store<Failure>(rethrow);
  store.update(heartbeatsKey, { status: 'fresh', asOf: now, records, ...change });
  return store.state(heartbeatsKey);
}

function heartbeat(name: string, status: Heartbeat['status'], more: Partial<Heartbeat> = {}): Heartbeat {
  const alertMessage = `${name} is expired`;
  return { name, status, description: '', intervalMs: 600_000, alertMessage, ownerTeam: 't1', ...more };
}

function closed(
  records: readonly Alert[],
  shown: boolean,
  change: Change<Alert> = {},
): NonNullable<AlertsMore['closed']> {
  const store = new Store<Failure>(rethrow);
  store.update(closedAlertsKey, { status: 'fresh', asOf: now, records, ...change });
  return { state: store.state(closedAlertsKey), group: { shown, fold: 3 } };
}

const gone = alert('c1', { status: 'closed', priority: 'P2', message: 'Stalled', closedAt: now - 3_600_000 });
const open = alert('a1', { priority: 'P1', message: 'Subnet o3ow2 stalled' });
const view = (more: AlertsMore, records = [open], change: Change<Alert> = {}): ReturnType<typeof alertsView> =>
  alertsView(alerts(records, change), from, site, more);
const below = (more: AlertsMore): readonly Row[] => view(more).rows.slice(1);

describe('the sections below the alerts', () => {
  it('show heartbeats that are well in one folded row', () => {
    const state = heartbeats([heartbeat('b', 'responsive'), heartbeat('a', 'off', { intervalMs: 86_400_000 })]);
    const [row] = below({ heartbeats: state });
    assert.equal(
      renderRows(row === undefined ? [] : [row]),
      [
        '$(pulse) Heartbeats  2',
        '  $(pulse) b  active · every 10m  ;heartbeat;named;',
        '  $(circle-slash) a  off  ;heartbeat;named;',
      ].join('\n'),
    );
    assert.equal(row?.expanded, false);
  });

  it('unfold when one expires, as a row that VS Code has not folded before', () => {
    const well = below({ heartbeats: heartbeats([heartbeat('a', 'responsive')]) })[0];
    const state = heartbeats([heartbeat('z', 'responsive'), heartbeat('a', 'unresponsive')]);
    const expired = below({ heartbeats: state })[0] ?? assert.fail('there is no section');
    assert.deepEqual([expired.description, expired.expanded], ['2, 1 expired', true]);
    assert.equal(expired.icon?.color, 'problemsErrorIcon.foreground');
    assert.notEqual(expired.id, well?.id);
    const [first] = expired.children ?? [];
    assert.equal(first?.description, 'expired');
    assert.equal(first.command, 'drDre.alerts.openTeam', 'the alert that it raised is not there');
    assert.match(first.hover?.join('\n') ?? '', /not among the open ones/);
  });

  it('lead from an expired heartbeat to the alert that it raised, and say whose it is', () => {
    const createdAt = now - 105 * 60_000;
    const raised = alert('a7', {
      message: 'a is expired',
      status: 'acknowledged',
      owner: 'Dana',
      tinyId: '12',
      createdAt,
    });
    const teams = new Map([['t1', 'DRE']]);
    const { rows } = view({ heartbeats: heartbeats([heartbeat('a', 'unresponsive')]), teams }, [raised]);
    const child = rows.at(-1)?.children?.[0] ?? assert.fail('there is no row');
    assert.equal(child.description, 'expired 1h · #12 Dana');
    assert.match(child.hover?.join('\n') ?? '', /By its alert, the last one came about 1h ago, .*11:55.*\./);
    assert.deepEqual(child.record, { kind: 'alert', key: 'a7' });
    assert.equal(child.link, 'https://example.atlassian.net/jira/ops/alerts/a7');
    assert.ok(child.hover?.includes('Owner: team DRE'));
    const { rows: others } = view({ heartbeats: heartbeats([heartbeat('a', 'unresponsive')]) }, [
      { ...raised, status: 'open', owner: undefined },
    ]);
    assert.match(others.at(-1)?.children?.[0]?.description ?? '', /#12 open$/);
  });

  it('say without a warning that the plan has no heartbeats', () => {
    const state = heartbeats([], { status: 'failing', failure: failure('paymentRequired'), asOf: undefined });
    const text = renderRows(below({ heartbeats: state }));
    assert.equal(text, '$(pulse) Heartbeats  not in the plan\n  The plan of the site has no heartbeats.');
  });

  it('distinguish no heartbeats from heartbeats that could not be read', () => {
    const labels = (state: FeedState<Heartbeat, Failure>): unknown =>
      below({ heartbeats: state })[0]?.children?.map(({ label }) => label);
    assert.deepEqual(labels(heartbeats([])), ['This team has no heartbeats.']);
    const forbidden = { status: 'notPermitted' as const, failure: failure('forbidden'), asOf: undefined };
    assert.deepEqual(labels(heartbeats([], forbidden)), ["You don't have permission (403)"]);
    const unread = { status: 'neverLoaded' as const, asOf: undefined };
    assert.deepEqual(labels(heartbeats([], unread)), ['Reading heartbeats for the first time…']);
  });

  it('stand below alerts that are read for the first time as far as they are known', () => {
    const unread = { status: 'neverLoaded' as const, asOf: undefined };
    const shown = (state: FeedState<Heartbeat, Failure>): unknown => {
      const model = view({ heartbeats: state, closed: closed([gone], false) }, [], unread);
      return [model.situation, model.rows.map(({ label }) => label)];
    };
    assert.deepEqual(shown(heartbeats([])), ['loading', ['Heartbeats', 'Closed in the last day']]);
    assert.deepEqual(shown(heartbeats([], unread)), ['loading', ['Closed in the last day']]);
  });

  it('have closed alerts only when they are wanted', () => {
    const [hidden] = below({ closed: closed([gone], false) });
    assert.deepEqual(
      [hidden?.label, hidden?.expanded, hidden?.children?.length],
      ['Closed in the last day', undefined, 1],
    );
    assert.doesNotMatch(renderRows(hidden?.children ?? []), /Stalled/);
    const [shown] = below({ closed: closed([gone], true) });
    assert.equal(
      renderRows(shown === undefined ? [] : [shown]),
      '$(archive) Closed in the last day  1\n  $(bell-dot) Stalled  P2 · 1h  ;alert;linked;identified;',
    );
    assert.deepEqual(
      [isClosedGroup(hidden ?? (open as never)), isClosedGroup(shown?.children?.[0] ?? (open as never))],
      [true, false],
    );
  });

  it('show a hundred closed alerts at once, and more on demand', () => {
    const many = Array.from({ length: 250 }, (_, index) => ({ ...gone, id: `c${index}` }));
    const rows = (limits = new Map<string, number>()): readonly Row[] =>
      below({ closed: closed(many, true), limits })[0]?.children ?? [];
    const more = rows().at(-1);
    assert.equal(rows().length, 101);
    const group = more === undefined ? undefined : groupOfMore(more);
    assert.equal(rows(new Map([[group ?? '', 200]])).length, 201);
  });

  it('do not appear beside a message that asks a person to act', () => {
    const more = { heartbeats: heartbeats([heartbeat('a', 'unresponsive')]), closed: closed([gone], true) };
    for (const [status, kind] of [
      ['notSignedIn', 'notSignedIn'],
      ['notPermitted', 'forbidden'],
      ['notConfigured', 'notConfigured'],
    ] as const) {
      const { rows } = view(more, [], { status, failure: failure(kind), asOf: undefined });
      assert.ok(
        rows.every(({ id }) => id.startsWith('!way/')),
        status,
      );
    }
    const filter = activeFilter({ kind: 'text', text: 'nothing like this' }, []);
    const choice = { grouping: 'priority' as const, filter };
    const quiet = { choice, heartbeats: heartbeats([heartbeat('a', 'responsive')]), closed: closed([gone], false) };
    assert.deepEqual(
      view(quiet).rows.map(({ id }) => id),
      ['!filter', '!showAll', 'heartbeats', 'closedGroup/3'],
    );
    assert.deepEqual(
      view({ ...more, choice }).rows.map(({ id }) => id),
      ['!filter', '!showAll', 'heartbeats/expired', 'closedGroup/3'],
    );
  });

  it('stand below an empty list, whose sentence names the team and the time', () => {
    const teams = new Map([['t1', 'DRE']]);
    const model = view({ heartbeats: heartbeats([]), closed: closed([], false), teams }, []);
    assert.deepEqual([model.situation, model.rows.length], ['empty', 2]);
    assert.equal(model.message, 'No open alerts for DRE, as of 13:50.');
  });

  it('never show a row’s id twice, whatever there is', () => {
    const anyStatus = fc.constantFrom('responsive', 'unresponsive', 'off', 'pending');
    const anyFeed = fc.constantFrom<Change<never>>({}, { status: 'failing', failure: failure('server'), skipped: 2 });
    const names = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(names, anyStatus, anyFeed, anyFeed, fc.boolean(), (ids, status, one, other, shown) => {
        const beats = ids.map((name) => heartbeat(name, status));
        const both = ids.map((id) => ({ ...gone, id }));
        const { rows } = view(
          { heartbeats: heartbeats(beats, one), closed: closed(both, shown, other) },
          ids.map((id) => ({ ...open, id })),
        );
        const seen = all(rows).map(({ id }) => id);
        assert.equal(new Set(seen).size, seen.length, seen.join('\n'));
      }),
    );
  });
});

function all(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => [row, ...all(row.children ?? [])]);
}
