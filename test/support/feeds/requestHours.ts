import type { Failure } from '../../../src/domain/base/failure.ts';
import type { Attention } from '../../../src/engine/read/schedule.ts';
import { Snapshots } from '../../../src/engine/read/snapshot.ts';
import { hour, second } from '../../../src/engine/base/units.ts';
import { Windows } from '../../../src/engine/windows/windows.ts';
import { closedAlertsKey } from '../../../src/feeds/alerts/keys.ts';
import { failureCodec } from '../../../src/feeds/failureCodec.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { memoryLog } from '../engine/engine.ts';
import { FakeClock } from '../engine/fakeClock.ts';
import { headless } from '../vscode/headless.ts';
import { MemoryDisk } from '../engine/memoryDisk.ts';

/** A request, when the feeds' clock says it ended, epoch milliseconds. */
export interface Asked {
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly status: number;
}

/**
 * Lets all feeds run for so many hours at one attention, from their first reads on, and returns what they asked. Without
 * the event stream, which is one request for as long as it lasts. `disk`: what an earlier window left, and `clockBefore`
 * its time.
 */
export async function askedIn(
  simulator: Simulator,
  attention: Attention,
  hours: number,
  disk = new MemoryDisk(),
  clockBefore?: FakeClock,
): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  // Its clock stands still: it leads all the time, and the hours pass quickly.
  const windows = new Windows({ disk, clock: new FakeClock(), log: memoryLog(), newId: () => 'window' });
  const dre = headless(simulator, {
    reader: () => windows,
    disk,
    clock: clockBefore,
    fetch: (input, init) => (isStream(input) ? keptAlive(dre.clock, init?.signal) : fetch(input, init)),
    onRequest: (service, operation, status) => {
      if (operation !== 'follow rollouts') asked.push({ at: dre.clock.now(), service, operation, status });
    },
  });
  const { clock, store, log, feeds } = dre;
  const snapshots = new Snapshots<Failure>({
    store,
    folder: { disk },
    clock,
    log,
    failures: failureCodec(() => []),
    scope: () => 'scope',
  });
  feeds.attend((feed) => (feed === closedAlertsKey.name && attention !== 'active' ? undefined : attention));
  await feeds.start(snapshots, windows);
  const until = clock.now() + hours * hour;
  for (;;) {
    const waiting = feeds.plans().filter(({ name, dueAt }) => dueAt === undefined && name !== closedAlertsKey.name);
    const due = Math.min(...feeds.plans().map(({ dueAt }) => dueAt ?? Infinity));
    if (waiting.length === 0 && due > until) break;
    // What was due before this window was opened is due now.
    await clock.advance(waiting.length > 0 ? 0 : Math.max(0, due - clock.now()));
    await new Promise<void>((resolve) => setTimeout(resolve, 1));
  }
  await snapshots.flush();
  await windows.leave();
  snapshots.dispose();
  dre.dispose();
  return asked;
}

/** Whether a request is for the event stream, which runs in real time at the simulator. */
export function isStream(input: Parameters<typeof fetch>[0]): boolean {
  return input instanceof URL && input.pathname.endsWith('/sse');
}

/** The event stream of a dashboard where nothing happens, in the time of the feeds. */
export function keptAlive(clock: FakeClock, signal: AbortSignal | null | undefined): Promise<Response> {
  const keepalive = new TextEncoder().encode(': keepalive\n\n');
  const body = new ReadableStream({
    start(stream) {
      const beat = (): void => {
        if (signal?.aborted === true) return;
        stream.enqueue(keepalive);
        clock.after(5 * second, beat);
      };
      signal?.addEventListener('abort', () => stream.error(signal.reason), { once: true });
      beat();
    },
  });
  return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
}

/** The most requests to each service in any 60 minutes. */
export function worstHours(asked: readonly Asked[]): ReadonlyMap<string, number> {
  const worst = new Map<string, number>();
  for (const { at, service } of asked) {
    const count = asked.filter((each) => each.service === service && each.at > at - hour && each.at <= at).length;
    worst.set(service, Math.max(worst.get(service) ?? 0, count));
  }
  return worst;
}
