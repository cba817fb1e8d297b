import type { Attention } from '../../src/engine/schedule.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { MemoryDisk } from '../support/memoryDisk.ts';
import { costsOfFeeds } from '../support/requestCosts.ts';
import { askedIn, worstHours } from '../support/requestHours.ts';
import { share304 } from './share304.ts';
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

/** 390 alerts are four pages, up to which a read that takes more pages is only made more seldom. */
const sizes = [100, 390, 1_000, 10_000];

/** Requests in the worst hour to the service that is asked most, and how they grow with the records. */
export async function requests(): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  try {
    const figures: Figure[] = [];
    // The last one begins with what an earlier window left, as without anything nobody knows whose shift it is.
    const disk = new MemoryDisk();
    await askedIn(simulator, 'active', 0, disk);
    for (const { attention, name, hours, limit } of situations) {
      const asked = await askedIn(simulator, attention, hours, attention === 'quiet' ? disk : undefined);
      const [[service, value] = ['none', 0]] = [...worstHours(asked)].sort((a, b) => b[1] - a[1]);
      const note = `to ${service}, the worst 60 minutes of ${hours} hours`;
      figures.push({ name: `requests an hour, ${name}`, value, unit: 'requests', limit, note });
    }
    return [...figures, ...(await growth(simulator)), await share304(simulator)];
  } finally {
    await simulator.stop();
  }
}

/** What one read of everything, and an hour on shift, cost in a world of so many alerts, tickets and proposals. */
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
    const [[service, worst] = ['none', 0]] = [...worstHours(await askedIn(simulator, 'active', 1))].sort(
      (a, b) => b[1] - a[1],
    );
    figures.push({
      name: `requests an hour, on shift, ${size} records`,
      value: worst,
      unit: 'requests',
      ...(size <= 390 ? { limit: 120 } : {}),
      note: `to ${service}`,
    });
  }
  return figures;
}
