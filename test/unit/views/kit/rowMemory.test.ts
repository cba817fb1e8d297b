import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupings } from '../../../../src/domain/alerts/groups.ts';
import { alertStatuses, priorities, type Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { knowledgeOf } from '../../../../src/domain/links/knowledge.ts';
import { Subjects } from '../../../../src/domain/links/subjects.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { Store, type FeedKey } from '../../../../src/engine/read/store.ts';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { mergeNodes, type Node } from '../../../../src/views/kit/nodes.ts';
import type { PendingAction } from '../../../../src/views/kit/pendingActions.ts';
import { queueView } from '../../../../src/views/queue/view.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { joinLinks } from '../../../support/feeds/joinLinks.ts';
import { subnets, ticket, weekRollout } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { runs } from '../../../support/base/runs.ts';

const alertsKey: FeedKey<Alert> = { name: 'alerts', keyOf: ({ id }) => id };
const queueKey: FeedKey<Ticket> = { name: 'queue', keyOf: ({ key }) => key };

/** All that rows are made of. */
interface Scene {
  readonly alerts: readonly Alert[];
  readonly tickets: readonly Ticket[];
  readonly now: number;
  readonly timeZone: string;
  readonly site: string;
  readonly pending: ReadonlyMap<string, PendingAction>;
  readonly openAgeMs: number;
  readonly noted: boolean | undefined;
  readonly linked: boolean;
  readonly current: boolean;
  readonly grouping: (typeof groupings)[number];
}

const minute = 60_000;
const ids = ['a', 'b'];
/** From a moment ago to some days, for which the words stay the same longer. */
const moments = fc.integer({ min: 0, max: 14 }).map((power) => wednesday - 2 ** power * 0.5 * minute);

const anAlert = fc.record({
  message: fc.constantFrom('behind', `subnet ${subnets[27]} is behind`, `subnet ${subnets[28]} is behind`),
  status: fc.constantFrom(...alertStatuses),
  priority: fc.constantFrom(...priorities),
  createdAt: moments,
  acknowledgedAt: fc.option(moments, { nil: undefined }),
  snoozedUntil: fc.option(moments, { nil: undefined }),
  lastOccurredAt: fc.option(moments, { nil: undefined }),
  count: fc.integer({ min: 1, max: 2 }),
  owner: fc.constantFrom(undefined, 'Dana', 'Eli'),
  tags: fc.constantFrom([], ['prod']),
});
const aTicket = fc.record({
  summary: fc.constantFrom('replace a node', `follow up on ${subnets[27]}`),
  flagged: fc.boolean(),
  updatedAt: moments,
});
const anAction: fc.Arbitrary<PendingAction> = fc.record(
  {
    text: fc.constantFrom('closing…', 'confirmed'),
    state: fc.constantFrom('sending' as const, 'failed' as const),
    tokens: fc.constantFrom([], ['undoable' as const], ['troubled' as const]),
    kept: fc.constantFrom('what was typed', 'something else'),
  },
  { requiredKeys: ['text', 'state', 'tokens'] },
);

/** One thing that changes; what it does not touch stays the same objects, as in the store. */
const aChange: fc.Arbitrary<(scene: Scene) => Scene> = fc.oneof(
  fc.tuple(fc.constantFrom(...ids), anAlert).map(([id, more]) => (scene: Scene) => ({
    ...scene,
    alerts: [...scene.alerts.filter((each) => each.id !== id), alert(id, more)],
  })),
  fc.constantFrom(...ids).map((id) => (scene: Scene) => ({
    ...scene,
    alerts: scene.alerts.filter((each) => each.id !== id),
  })),
  fc.tuple(fc.constantFrom(...ids), aTicket).map(([id, more]) => (scene: Scene) => ({
    ...scene,
    tickets: [...scene.tickets.filter(({ key }) => key !== id), ticket(id, more)],
  })),
  fc.tuple(fc.constantFrom(...ids), fc.option(anAction)).map(([id, action]) => (scene: Scene) => {
    const pending = new Map(scene.pending);
    if (action === null) pending.delete(id);
    else pending.set(id, action);
    return { ...scene, pending };
  }),
  fc
    .oneof(
      fc.record({ now: fc.integer({ min: 0, max: 3_000 }).map((count) => wednesday + count * 7_000) }),
      fc.record({ timeZone: fc.constantFrom('UTC', 'Europe/Zurich', 'Asia/Kolkata') }),
      fc.record({ site: fc.constantFrom('https://one.example.com', 'https://other.example.com') }),
      fc.record({ openAgeMs: fc.constantFrom(minute, 600 * minute) }),
      fc.record({ noted: fc.constantFrom(undefined, true, false) }),
      fc.record({ linked: fc.boolean() }),
      fc.record({ current: fc.boolean() }),
      fc.record({ grouping: fc.constantFrom(...groupings) }),
    )
    .map((other) => (scene: Scene) => ({ ...scene, ...other })),
);

const first: Scene = {
  alerts: [
    alert('a', { createdAt: wednesday - 3_000 * minute, lastOccurredAt: wednesday, count: 2 }),
    alert('b', { message: `subnet ${subnets[27]} is behind`, priority: 'P1' }),
  ],
  tickets: [ticket('a'), ticket('b')],
  now: wednesday,
  timeZone: 'UTC',
  site: 'https://one.example.com',
  pending: new Map(),
  openAgeMs: 600 * minute,
  noted: undefined,
  linked: false,
  current: true,
  grouping: 'priority',
};

function rowsOf(scene: Scene): readonly Row[] {
  const { alerts, tickets, pending, site, openAgeMs, noted, grouping } = scene;
  const store = new Store<Failure>(rethrow);
  const status = scene.current ? ('fresh' as const) : ('stale' as const);
  store.update(alertsKey, { status, asOf: wednesday, records: alerts });
  store.update(queueKey, { status, asOf: wednesday, records: tickets });
  const from = { now: scene.now, timeZone: scene.timeZone };
  const joined = { alerts, tickets, rollouts: [weekRollout()], proposals: [], pullRequests: [] };
  const more = {
    choice: { grouping },
    pending,
    forgotten: { openAgeMs, hasNote: () => noted },
  };
  const links = scene.linked ? joinLinks(joined, new Subjects(knowledgeOf(joined))) : undefined;
  return [
    ...alertsView(store.state(alertsKey), from, site, { ...more, links }).rows,
    ...queueView(store.state(queueKey), from, site, 'DRE-350', { links }).rows,
  ];
}

/** Of objects that no memory knows. */
const fromScratch = (scene: Scene): readonly Row[] =>
  rowsOf({ ...scene, alerts: structuredClone(scene.alerts), tickets: structuredClone(scene.tickets) });

/** The rows as they stand in the tree. */
function shown(nodes: readonly Node[]): readonly Row[] {
  return nodes.map(({ row, children }) => (row.children === undefined ? row : { ...row, children: shown(children) }));
}

describe('rows that are made again only when they say something else', () => {
  it('are those that would be made from scratch, whatever changes', function () {
    // Thousands of rows are made twice.
    this.timeout(30_000);
    fc.assert(
      fc.property(fc.array(aChange, { minLength: 1, maxLength: 20 }), (changes) => {
        let scene = first;
        let nodes: Node[] = [];
        for (const change of [(same: Scene) => same, ...changes]) {
          scene = change(scene);
          const rows = rowsOf(scene);
          const expected = fromScratch(scene);
          assert.deepEqual(rows, expected);
          nodes = mergeNodes(undefined, nodes, rows, []).nodes;
          assert.deepEqual(shown(nodes), expected);
        }
      }),
      runs(200),
    );
  });

  it('are the same objects while nothing that they say changes', () => {
    const [group] = rowsOf(first);
    const [again] = rowsOf({ ...first, now: first.now + 1 });
    assert.equal(group?.children?.[0], again?.children?.[0]);
    const [grey] = rowsOf({ ...first, current: false });
    const [greyAgain] = rowsOf({ ...first, current: false, alerts: [...first.alerts, alert('c')] });
    assert.equal(grey?.children?.[0], greyAgain?.children?.[0]);
    assert.notEqual(grey?.children?.[0], group?.children?.[0]);
  });
});
