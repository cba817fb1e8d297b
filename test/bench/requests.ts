import type { Attention } from '../../src/engine/read/schedule.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { MemoryDisk } from '../support/engine/memoryDisk.ts';
import { costsOfFeeds } from '../support/feeds/requestCosts.ts';
import { askedIn, worstHours, type Asked } from '../support/feeds/requestHours.ts';
import type { Figure } from './figures.ts';

interface Situation {
  readonly attention: Attention;
  readonly name: string;
  readonly hours: number;
  readonly limit: number;
}

const situations: readonly Situation[] = [
  { attention: 'active', name: 'on shift and focused', hours: 3, limit: 120 },
  { attention: 'idle', name: 'idle', hours: 6, limit: 40 },
  { attention: 'quiet', name: 'off shift', hours: 24, limit: 4 },
];

const sizes = [100, 390, 1_000, 10_000];
/** 390 alerts are four pages: up to there what takes more pages is read as much more seldom. One page, where 4 is all. */
const limitedUpTo: Readonly<Record<Attention, number>> = { active: 390, idle: 390, quiet: 100 };

/** Requests in the worst hour to each service, how they grow with the records, and how many of GitHub's were 304. */
export async function requests(): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  try {
    const figures: Figure[] = [];
    // Off shift begins with what an earlier window left, as without anything nobody knows whose shift it is.
    const disk = new MemoryDisk();
    await askedIn(simulator, 'active', 0, disk);
    for (const { attention, name, hours, limit } of situations) {
      const asked = await askedIn(simulator, attention, hours, attention === 'quiet' ? disk : undefined);
      const note = `the worst 60 minutes of ${hours} hours`;
      for (const [service, value] of worst(asked)) {
        figures.push({ name: `requests an hour, ${name}, ${service}`, value, unit: 'requests', limit, note });
      }
      if (attention === 'active') figures.push(share304(asked));
    }
    return [...figures, ...(await growth(simulator))];
  } finally {
    await simulator.stop();
  }
}

/** What one read of everything and an hour in each situation cost in a world of so many alerts, tickets and proposals. */
async function growth(simulator: Simulator): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const size of sizes) {
    simulator.reset({ size });
    const costs = (await costsOfFeeds(simulator)).map(({ name, warm }): [string, number] => [
      name,
      Object.values(warm).reduce<number>((sum, calls = 0) => sum + calls, 0),
    ]);
    const value = costs.reduce((sum, [, calls]) => sum + calls, 0);
    const most = costs.toSorted((a, b) => b[1] - a[1]).slice(0, 3);
    const note = most.map(([name, calls]) => `${name} ${calls}`).join(', ');
    figures.push({ name: `requests of one read of all, ${size} records`, value, unit: 'requests', note });
    const disk = new MemoryDisk();
    await askedIn(simulator, 'active', 0, disk);
    for (const { attention, name, limit } of situations) {
      const asked = await askedIn(simulator, attention, 1.5, attention === 'quiet' ? disk : undefined);
      const [[service, calls] = ['none', 0]] = worst(asked);
      figures.push({
        name: `  an hour, ${name}`,
        value: calls,
        unit: 'requests',
        note: `to ${service}`,
        limit: size > limitedUpTo[attention] ? undefined : limit,
      });
    }
  }
  return figures;
}

/** The services with the most requests in any hour, those that are asked most first. */
function worst(asked: readonly Asked[]): readonly (readonly [service: string, calls: number])[] {
  return [...worstHours(asked)].sort((a, b) => b[1] - a[1]);
}

/** Of what was asked of GitHub while nothing changed there, from the first reads on. */
function share304(asked: readonly Asked[]): Figure {
  const polls = asked.filter(({ service }) => service === 'github');
  const value = (100 * polls.filter(({ status }) => status === 304).length) / polls.length;
  const note = `of ${polls.length} while nothing changes`;
  return { name: 'GitHub polls answered 304', value, unit: '%', limit: 95, atLeast: true, note };
}
