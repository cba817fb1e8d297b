import type { Attention } from '../../src/engine/schedule.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { costsOfFeeds, requestsPerHour } from '../support/requestCosts.ts';
import { share304 } from './share304.ts';
import type { Figure } from './figures.ts';

const situations: readonly { readonly attention: Attention; readonly name: string; readonly limit: number }[] = [
  { attention: 'active', name: 'on shift and focused', limit: 120 },
  { attention: 'idle', name: 'idle', limit: 40 },
  { attention: 'quiet', name: 'off shift', limit: 4 },
];

/** Requests an hour to the service that is asked most: the mean of a day at the feeds' own paces, whatever the windows. */
export async function requests(): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  try {
    const feeds = await costsOfFeeds(simulator);
    const figures = situations.map(({ attention, name, limit }) => {
      const [service, mean] = busiest(requestsPerHour(feeds, attention, 24));
      return { name: `requests an hour, ${name}`, value: mean, unit: 'requests', limit, note: `to ${service}` };
    });
    return [...figures, await share304(simulator)];
  } finally {
    await simulator.stop();
  }
}

function busiest(hours: readonly Readonly<Record<string, number>>[]): readonly [service: string, mean: number] {
  const sums = new Map<string, number>();
  for (const hour of hours) {
    for (const [service, calls] of Object.entries(hour)) sums.set(service, (sums.get(service) ?? 0) + calls);
  }
  const [[service, sum] = ['none', 0]] = [...sums].sort((a, b) => b[1] - a[1]);
  return [service, sum / hours.length];
}
