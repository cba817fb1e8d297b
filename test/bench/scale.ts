import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alert } from '../../src/domain/alert.ts';
import type { Failure } from '../../src/domain/failure.ts';
import { nodeDisk } from '../../src/engine/nodeDisk.ts';
import { readRecords, recordsId, writeRecords } from '../../src/engine/snapshotFile.ts';
import { Store } from '../../src/engine/store.ts';
import { alertsKey, isStoredAlert } from '../../src/feeds/alerts.ts';
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
export async function scale(): Promise<readonly Figure[]> {
  const [small, large] = [await measure(100), await measure(10_000)];
  const snapshots = { small: await snapshotTimes(100), large: await snapshotTimes(10_000) };
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
    ...grown('snapshot written', 'ms', snapshots.small.write, snapshots.large.write),
    { name: '  its longest block of the extension host', value: snapshots.large.writeBlock, unit: 'ms', limit: 50 },
    ...grown('snapshot read', 'ms', snapshots.small.read, snapshots.large.read),
    { name: '  its longest block of the extension host', value: snapshots.large.readBlock, unit: 'ms', limit: 50 },
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

async function measure(count: number): Promise<Measured> {
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
  const steps: { readonly total: number; readonly block: number }[] = [];
  for (let round = 0; round < repetitions; round++) {
    // As after a read: every record is a new object, a few of them differ.
    const read = manyAlerts(count).map((alert, index) => (index % 1000 === round ? acknowledged(alert) : alert));
    const began = performance.now();
    // As the feed does it: compared in slices, taken in one step; the repaint follows in a turn of its own.
    const block = await longestBlock(async () => {
      const records = await store.recognize(alertsKey, read);
      store.update(alertsKey, { asOf: benchNow + round, records });
      await nextTurn();
      paint();
    });
    steps.push({ total: performance.now() - began, block });
  }
  const update = median(steps.map(({ total }) => total));
  const longest = median(steps.map(({ block }) => block));
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

/** The same figure for 100 and 10,000 records, and the factor between them. */
function grown(name: string, unit: string, small: number, large: number): readonly Figure[] {
  return [
    { name: `${name}, 10,000 records`, value: large, unit },
    { name: '  the same with 100', value: small, unit },
    { name: '  growth for 100 times the records', value: large / small, unit: '' },
  ];
}

interface SnapshotTimes {
  readonly write: number;
  readonly writeBlock: number;
  readonly read: number;
  readonly readBlock: number;
}

/** Writes and reads the records of the alerts on the real disk. */
async function snapshotTimes(count: number): Promise<SnapshotTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'dr-dre-bench-'));
  const disk = nodeDisk(folder);
  const alerts = manyAlerts(count);
  const rounds: SnapshotTimes[] = [];
  try {
    for (let round = 0; round < repetitions; round++) {
      const id = recordsId(1, round);
      const began = performance.now();
      const writeBlock = await longestBlock(() => writeRecords(disk, 'alerts', id, alerts));
      const written = performance.now();
      const readBlock = await longestBlock(() => readRecords(disk, 'alerts', id, isStoredAlert));
      rounds.push({ write: written - began, writeBlock, read: performance.now() - written, readBlock });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const middle = (part: keyof SnapshotTimes): number => median(rounds.map((round) => round[part]));
  return {
    write: middle('write'),
    writeBlock: middle('writeBlock'),
    read: middle('read'),
    readBlock: middle('readBlock'),
  };
}

/** The longest time that nothing else had its turn while something ran, in milliseconds. */
async function longestBlock(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let ended = false;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!ended) setImmediate(look);
  };
  setImmediate(look);
  await run();
  ended = true;
  await nextTurn();
  return longest;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
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
