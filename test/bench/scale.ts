import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { Proposal } from '../../src/domain/proposals/proposal.ts';
import type { Ticket } from '../../src/domain/queue/ticket.ts';
import type { BenchOptions, Figure } from './figures.ts';
import { snapshotTimes } from './snapshots.ts';
import { longestBlock, referenceMs, timesOf, type Times } from './times.ts';
import { openBenchWindow } from './window.ts';
import { benchNow, manyAlerts, manyProposals, manyTickets } from './worlds.ts';

const readEveryMs = 50_000;

/** How much is measured. */
interface ScaleSizes {
  /** How many alerts; half as many tickets, and a tenth as many proposals. */
  readonly small: number;
  readonly large: number;
  /** How often each thing is measured. */
  readonly rounds: number;
}

const budgeted: ScaleSizes = { small: 100, large: 10_000, rounds: 11 };
/** For whether the bench runs at all. */
const tiny: ScaleSizes = { small: 10, large: 20, rounds: 1 };

/** What updates of the feeds cost until their rows are drawn, what is held for them, and how both grow with the records. */
export async function scale({ isTrial }: BenchOptions): Promise<readonly Figure[]> {
  const { small: few, large: many, rounds } = isTrial ? tiny : budgeted;
  const reference = referenceMs(many);
  const small = { ...(await updateTimes(few, rounds)), snapshot: await snapshotTimes(few) };
  const large = { ...(await updateTimes(many, rounds)), snapshot: await snapshotTimes(many) };
  const time = (name: string, part: (of: typeof large) => Times, more: Partial<Figure> = {}): Figure => {
    const { median, least } = part(large);
    const growth = median / part(small).median;
    return { name, value: median, unit: 'ms', least, ratio: median / reference, growth, ...more };
  };
  const limit = 50;
  const alerts = `${withCommas(many)} alerts`;
  return [
    { name: `reference: ${alerts} as JSON, there and back`, value: reference, unit: 'ms' },
    time(`an update of ${alerts} to repainted rows`, (of) => of.alerts, { limit }),
    time('  longest block, links included', (of) => of.alertsBlock, { limit }),
    time(`an update of ${withCommas(many / 2)} tickets to repainted rows`, (of) => of.tickets, { limit }),
    time('  longest block, links included', (of) => of.ticketsBlock, { limit }),
    time(`an update of ${withCommas(many / 10)} open proposals to repainted rows`, (of) => of.proposals, { limit }),
    time('  longest block, links included', (of) => of.proposalsBlock, { limit }),
    time('first fill of the store and the rows', (of) => of.fill),
    time(`snapshot written, ${alerts}`, (of) => of.snapshot.write),
    time('  longest block', (of) => of.snapshot.writeBlock, { limit }),
    time(`snapshot read, ${alerts}`, (of) => of.snapshot.read),
    time('  longest block', (of) => of.snapshot.readBlock, { limit }),
    {
      name: 'heap held by records, store, rows and links',
      value: large.heap,
      unit: 'MB',
      limit: 60,
      growth: large.heap / small.heap,
    },
  ];
}

const withCommas = (count: number): string => count.toLocaleString('en-US');

interface UpdateTimes {
  readonly fill: Times;
  readonly alerts: Times;
  readonly alertsBlock: Times;
  readonly tickets: Times;
  readonly ticketsBlock: Times;
  readonly proposals: Times;
  readonly proposalsBlock: Times;
  /** MB. */
  readonly heap: number;
}

async function updateTimes(count: number, rounds: number): Promise<UpdateTimes> {
  const before = heapBytes();
  const window = await openBenchWindow(manyAlerts(2).map(({ id }) => id));
  const [alerts, tickets, proposals]: [number[][], number[][], number[][]] = [[], [], []];
  /** The time until the rows are drawn, and the longest block until the links are drawn too. */
  const update = async (read: () => Promise<number>): Promise<number[]> => {
    let total = 0;
    const block = await longestBlock(async () => {
      const linked = window.settled();
      total = await read();
      await linked;
    });
    return [total, block];
  };
  const fill = (await window.readAlerts(manyAlerts(count))) + (await window.readTickets(manyTickets(count / 2)));
  await window.settled();
  for (let round = 0; round < rounds; round++) {
    window.advance(readEveryMs);
    // Every record that is read is a new object, and a few of them say something else.
    const changed = changedAlerts(count, round);
    alerts.push(await update(() => window.readAlerts(changed)));
    const moved = changedTickets(count / 2, round);
    tickets.push(await update(() => window.readTickets(moved)));
    const voted = changedProposals(count / 10, round);
    proposals.push(await update(() => window.readProposals(voted)));
  }
  const heap = (heapBytes() - before) / 1e6;
  // Held until here, so that it counts.
  if (window.links.current === undefined) throw new Error('no links were built');
  window.dispose();
  const times = (of: readonly number[][], part: number): Times => timesOf(of.map((each) => each[part] ?? Number.NaN));
  return {
    fill: { median: fill, least: fill },
    alerts: times(alerts, 0),
    alertsBlock: times(alerts, 1),
    tickets: times(tickets, 0),
    ticketsBlock: times(tickets, 1),
    proposals: times(proposals, 0),
    proposalsBlock: times(proposals, 1),
    heap,
  };
}

function changedAlerts(count: number, round: number): readonly Alert[] {
  return manyAlerts(count).map((alert, index) =>
    index % 1_000 === round + 1 ? { ...alert, status: 'acknowledged', owner: 'Eli Second' } : alert,
  );
}

function changedTickets(count: number, round: number): readonly Ticket[] {
  return manyTickets(count).map((ticket, index) =>
    index % 1_000 === round + 1 ? { ...ticket, flagged: true } : ticket,
  );
}

/** Votes come in for all of them. */
function changedProposals(count: number, round: number): readonly Proposal[] {
  return manyProposals(count).map((proposal, index) => ({
    ...proposal,
    tally: { yes: BigInt(index + 100 * round), no: 1n, total: 10_000n, at: benchNow + round },
  }));
}

function heapBytes(): number {
  // `npm run bench` lets the collector be called.
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
