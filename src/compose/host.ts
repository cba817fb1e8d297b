import { join } from 'node:path';
import { machineZone } from '../domain/base/zone.ts';
import { redacting } from '../engine/base/log.ts';
import type { Clock, Disposable } from '../engine/base/clock.ts';
import type { Disk } from '../engine/disk/disk.ts';
import { nodeDisk } from '../engine/disk/nodeDisk.ts';
import { Credentials } from '../platform/credentials.ts';
import { GitHubCredentials } from '../platform/githubCredentials.ts';
import { ChannelLog } from '../platform/log.ts';
import { LiveSettings } from '../platform/settings.ts';
import type { Host, DraftsAndJournal } from '../ui/kit/host.ts';
import type { HostContext } from '../ui/kit/startParts.ts';

/** What VS Code and the machine give: clock, log, settings, credentials and files. */
export interface HostParts extends Omit<Host, keyof DraftsAndJournal> {
  readonly credentials: Credentials;
  readonly githubCredentials: GitHubCredentials;
  /** Every token in use, for what is written down to leave out. */
  readonly secrets: () => readonly string[];
  /** The path of a folder of this extension's own storage. */
  readonly pathOf: (folder: string) => string;
  /** That folder. */
  readonly diskOf: (folder: string) => Disk;
  readonly showLog: () => void;
}

/** Builds the host's parts. */
export function composeHost(
  context: Pick<HostContext, 'secrets' | 'globalStorageUri'>,
  machineClock: Clock,
): { readonly host: HostParts; readonly disposables: readonly Disposable[] } {
  const channel = new ChannelLog();
  const credentials = new Credentials(context.secrets, process.env);
  const secrets = (): readonly string[] => [...credentials.secrets(), ...githubCredentials.secrets()];
  const log = redacting(channel, secrets);
  const githubCredentials = new GitHubCredentials(context.secrets, process.env, log);
  const settings = new LiveSettings(log);
  const clock: Clock = {
    now: () => machineClock.now(),
    after: (ms, run) => machineClock.after(ms, run),
    get timeZone() {
      return settings.current.timeZone === 'UTC' ? 'UTC' : machineZone;
    },
  };
  const pathOf = (folder: string): string => join(context.globalStorageUri.fsPath, folder);
  const diskOf = (folder: string): Disk => nodeDisk(pathOf(folder));
  return {
    host: {
      clock,
      log,
      settings,
      credentials,
      githubCredentials,
      secrets,
      pathOf,
      diskOf,
      showLog: () => channel.show(),
    },
    disposables: [channel, settings, githubCredentials],
  };
}
