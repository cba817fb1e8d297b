import type { Alert } from '../../src/domain/alert.ts';
import type { Failure } from '../../src/domain/failure.ts';
import { Store } from '../../src/engine/store.ts';
import { alertsKey } from '../../src/feeds/alerts.ts';
import { queueKey } from '../../src/feeds/queue.ts';
import { alertsView } from '../../src/views/alertsView.ts';
import { mergeNodes, type Node } from '../../src/views/nodes.ts';
import { queueView } from '../../src/views/queueView.ts';
import type { ViewModel } from '../../src/views/row.ts';
import type { Figure } from './figures.ts';
import { benchNow, manyAlerts, manyTickets } from './worlds.ts';

const from = { now: benchNow, timeZone: 'UTC' };
const site = 'https://dfinity.atlassian.net';
const repetitions = 7;

/** What one feed update costs until the rows are made, and how that grows with the number of records. */
export function scale(): readonly Figure[] {
  const [small, large] = [measure(100), measure(10_000)];
  return [
    {
      name: 'one feed update to repainted rows, 10,000 alerts, 5,000 tickets',
      value: large.update,
      unit: 'ms',
      limit: 50,
    },
    { name: '  its longest block of the extension host', value: large.longest, unit: 'ms', limit: 50 },
    { name: '  the same with 100 alerts, 50 tickets', value: small.update, unit: 'ms' },
    { name: '  growth for 100 times the records', value: large.update / small.update, unit: '' },
    { name: 'first fill of the store and the rows', value: large.fill, unit: 'ms' },
    { name: 'heap held by records, store and rows', value: large.heap, unit: 'MB', limit: 60 },
    { name: '  the same with 100 alerts, 50 tickets', value: small.heap, unit: 'MB' },
  ];
}

interface Measured {
  readonly update: number;
  readonly longest: number;
  readonly fill: number;
  readonly heap: number;
}

function measure(count: number): Measured {
  const before = heapBytes();
  const store = new Store<Failure>((error) => {
    throw error;
  });
  const trees = { alerts: new Tree(), queue: new Tree() };
  const paint = (): void => {
    trees.alerts.show(alertsView(store.state(alertsKey), from, site));
    trees.queue.show(queueView(store.state(queueKey), from, site, 'DRE-350'));
  };
  const alerts = manyAlerts(count);
  const fill = timed(() => {
    store.update(alertsKey, { status: 'fresh', asOf: benchNow, records: alerts });
    store.update(queueKey, { status: 'fresh', asOf: benchNow, records: manyTickets(count / 2) });
    paint();
  });
  const steps = Array.from({ length: repetitions }, (_, round) => {
    // As after a read: every record is a new object, a few of them differ.
    const read = manyAlerts(count).map((alert, index) => (index % 1000 === round ? acknowledged(alert) : alert));
    // The store takes the answer in one go; the repaint follows in a turn of its own.
    const taken = timed(() => store.update(alertsKey, { asOf: benchNow + round, records: read }));
    return { taken, painted: timed(paint) };
  });
  const update = median(steps.map(({ taken, painted }) => taken + painted));
  const longest = Math.max(...steps.map(({ taken, painted }) => Math.max(taken, painted)));
  const heap = (heapBytes() - before) / 1e6;
  // Held until here, so that it counts.
  if (trees.alerts.roots.length === 0 || trees.queue.roots.length === 0) throw new Error('no rows were made');
  return { update, longest, fill, heap };
}

function acknowledged(alert: Alert): Alert {
  return { ...alert, status: 'acknowledged', owner: 'Eli Second' };
}

/** What the tree of a view keeps. */
class Tree {
  roots: Node[] = [];

  show(model: ViewModel): void {
    this.roots = mergeNodes(undefined, this.roots, model.rows, []).nodes;
  }
}

export function timed(run: () => void): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function heapBytes(): number {
  // `npm run bench` lets the collector be called.
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
