import { randomUUID } from 'node:crypto';
import type { Failure } from '../domain/base/failure.ts';
import type { Disposable } from '../engine/base/clock.ts';
import { networkFingerprint, WakeWatch } from '../engine/base/wake.ts';
import { Allowance } from '../engine/read/allowance.ts';
import { logHourly, Meter } from '../engine/read/meter.ts';
import { Windows } from '../engine/windows/windows.ts';
import { Writes } from '../engine/writes/writes.ts';
import { failureCodec } from '../feeds/failureCodec.ts';
import { offShiftPerHour, serviceOfFeed } from '../feeds/feeds.ts';
import { accountKey } from '../feeds/kit/account.ts';
import { feedScopes, scopeOf } from '../feeds/scope.ts';
import type { HostParts } from './host.ts';
import type { RecordParts } from './records.ts';

/** What reads and writes records, whatever they are. */
export interface EngineParts {
  /** The windows of VS Code that share this machine, of which one reads the services. */
  readonly windows: Windows;
  readonly writes: Writes<Failure>;
  readonly meter: Meter;
  readonly allowance: Allowance;
  readonly wake: WakeWatch;
}

/** Builds the engine. */
export function composeEngine(
  { clock, log, settings, secrets, diskOf }: Pick<HostParts, 'secrets' | 'diskOf' | 'log' | 'clock' | 'settings'>,
  { store, scopeDisk }: Pick<RecordParts, 'store' | 'scopeDisk'>,
): { readonly engine: EngineParts; readonly disposables: readonly Disposable[] } {
  const windows = new Windows({ disk: scopeDisk(), clock, log, newId: () => `${process.pid}-${randomUUID()}` });
  const writes = new Writes<Failure>({
    store,
    clock,
    log,
    disk: diskOf('writes'),
    failures: failureCodec(secrets),
    newId: randomUUID,
    // All that can be written goes to where the account is.
    scope: () => feedScopes(settings.current).get(accountKey.name) ?? scopeOf(settings.current),
  });
  const meter = new Meter(clock, (error) => log.error('meter', 'a listener failed', error));
  const allowance = new Allowance({
    clock,
    perHour: offShiftPerHour,
    serviceOf: serviceOfFeed,
    memory: { disk: scopeDisk, log, keeps: () => windows.role === 'leader' },
  });
  const wake = new WakeWatch(clock, networkFingerprint, log);
  return {
    engine: { windows, writes, meter, allowance, wake },
    disposables: [writes, wake, windows, allowance, meter, logHourly(meter, clock, log)],
  };
}
