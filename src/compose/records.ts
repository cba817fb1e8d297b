import { join } from 'node:path';
import type { Failure } from '../domain/base/failure.ts';
import { day } from '../domain/base/time.ts';
import type { Disposable } from '../engine/base/clock.ts';
import type { Disk } from '../engine/disk/disk.ts';
import { atOnce, nodeDisk, removeUnusedFolders } from '../engine/disk/nodeDisk.ts';
import { Snapshots, type SnapshotFolder } from '../engine/read/snapshot.ts';
import { Store } from '../engine/read/store.ts';
import { failureCodec } from '../feeds/failureCodec.ts';
import { SignedInAccount } from '../feeds/kit/account.ts';
import { scopeOf } from '../feeds/scope.ts';
import type { HostParts } from './host.ts';

/** The records that are known, and what is kept of them on disk. */
export interface RecordParts {
  readonly store: Store<Failure>;
  readonly snapshots: Snapshots<Failure>;
  readonly account: SignedInAccount;
  /** The folder that the windows with the present settings share: what they read, which window reads, and what was announced. */
  readonly scopeFolder: () => SnapshotFolder;
  /** The same, as a disk. */
  readonly scopeDisk: () => Disk;
  /** The folder from which the first records are brought back; the settings may change before more is loaded. */
  readonly firstFolder: SnapshotFolder;
  /** Removes the folders of settings that no window has had for long. */
  readonly removeUnusedScopes: () => Promise<void>;
}

/** What was read with settings that no window has had for so long is removed. */
const unusedScopeMs = 30 * day;

/** Builds what holds the records. */
export function composeRecords({
  clock,
  log,
  settings,
  secrets,
  pathOf,
}: Pick<HostParts, 'secrets' | 'pathOf' | 'log' | 'clock' | 'settings'>): {
  readonly records: RecordParts;
  readonly disposables: readonly Disposable[];
} {
  const store = new Store<Failure>((error) => log.error('store', 'a listener failed', error));
  const scope = (): string => scopeOf(settings.current);
  const folderOf = (name: string): SnapshotFolder & { readonly name: string } => {
    const path = pathOf(join('shared', name));
    const disk = nodeDisk(path);
    return { name, disk, first: atOnce(path, disk) };
  };
  const folder = folderOf(scope());
  let present = folder;
  const scopeFolder = (): SnapshotFolder => {
    if (present.name !== scope()) present = folderOf(scope());
    return present;
  };
  const failures = failureCodec(secrets);
  const snapshots = new Snapshots<Failure>({ store, folder, clock, log, failures, scope });
  const account = new SignedInAccount(store, log);
  return {
    records: {
      store,
      snapshots,
      account,
      firstFolder: folder,
      scopeFolder,
      scopeDisk: () => scopeFolder().disk,
      removeUnusedScopes: () =>
        removeUnusedFolders(pathOf('shared'), { kept: scope(), now: clock.now(), unusedMs: unusedScopeMs }).catch(
          (cause: unknown) => log.debug('start', 'the folders of former settings were not removed', cause),
        ),
    },
    disposables: [store, snapshots, account],
  };
}
