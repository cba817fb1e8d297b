import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Failure } from '../domain/base/failure.ts';
import { day } from '../domain/base/time.ts';
import type { Disposable } from '../engine/base/clock.ts';
import { networkFingerprint, WakeWatch } from '../engine/base/wake.ts';
import type { Disk } from '../engine/disk/disk.ts';
import { atOnce, nodeDisk, removeUnusedFolders } from '../engine/disk/nodeDisk.ts';
import { Allowance } from '../engine/read/allowance.ts';
import { logHourly, Meter } from '../engine/read/meter.ts';
import { Snapshots, type SnapshotFolder } from '../engine/read/snapshot.ts';
import { Store } from '../engine/read/store.ts';
import { Windows } from '../engine/windows/windows.ts';
import { Writes } from '../engine/writes/writes.ts';
import { failureCodec } from '../feeds/failureRules.ts';
import { offShiftPerHour, serviceOfFeed } from '../feeds/feeds.ts';
import { accountKey } from '../feeds/kit/account.ts';
import { feedScopes, scopeOf } from '../feeds/kit/scope.ts';
import type { HostParts } from './host.ts';

/** What reads, keeps and writes records, whatever they are. */
export interface EngineParts {
  readonly store: Store<Failure>;
  readonly snapshots: Snapshots<Failure>;
  /** The windows of VS Code that share this machine, of which one reads the services. */
  readonly windows: Windows;
  readonly writes: Writes<Failure>;
  readonly meter: Meter;
  readonly allowance: Allowance;
  readonly wake: WakeWatch;
  /** The folder that the windows with the present settings share: what they read, who reads, and what was told. */
  readonly scopeFolder: () => SnapshotFolder;
  /** The same, as a disk. */
  readonly scopeDisk: () => Disk;
  /** Removes the folders of settings that no window has had for long. */
  readonly removeUnusedScopes: () => Promise<void>;
}

/** What was read with settings that no window has had for so long is removed. */
const unusedScopeMs = 30 * day;

/** Builds the engine. */
export function composeEngine(host: HostParts): {
  readonly engine: EngineParts;
  readonly disposables: readonly Disposable[];
} {
  const { clock, log, settings } = host;
  const store = new Store<Failure>((error) => log.error('store', 'a listener failed', error));
  const scope = (): string => scopeOf(settings.current);
  const folderOf = (name: string): SnapshotFolder & { readonly name: string } => {
    const path = host.pathOf(join('shared', name));
    const disk = nodeDisk(path);
    return { name, disk, first: atOnce(path, disk) };
  };
  const folder = folderOf(scope());
  let present = folder;
  const scopeFolder = (): SnapshotFolder => {
    if (present.name !== scope()) present = folderOf(scope());
    return present;
  };
  const scopeDisk = (): Disk => scopeFolder().disk;
  const failures = failureCodec(host.secrets);
  const snapshots = new Snapshots<Failure>({
    store,
    folder,
    clock,
    log,
    failures,
    scope,
  });
  const windows = new Windows({ disk: folder.disk, clock, log, newId: () => `${process.pid}-${randomUUID()}` });
  const writes = new Writes<Failure>({
    store,
    clock,
    log,
    disk: host.diskOf('writes'),
    failures,
    newId: randomUUID,
    // All that can be written goes to where the account is.
    scope: () => feedScopes(settings.current).get(accountKey.name) ?? scope(),
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
    engine: {
      store,
      snapshots,
      windows,
      writes,
      meter,
      allowance,
      wake,
      scopeFolder,
      scopeDisk,
      removeUnusedScopes: () =>
        removeUnusedFolders(host.pathOf('shared'), { kept: scope(), now: clock.now(), unusedMs: unusedScopeMs }).catch(
          (cause: unknown) => log.debug('start', 'the folders of former settings were not removed', cause),
        ),
    },
    disposables: [store, snapshots, writes, wake, windows, allowance, meter, logHourly(meter, clock, log)],
  };
}
