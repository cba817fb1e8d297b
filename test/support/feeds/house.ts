import { peopleOf } from '../../../src/domain/rotation/team.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { secretForms } from '../../../src/domain/base/secretForms.ts';
import { isoWeeks } from '../../../src/domain/base/isoWeek.ts';
import { Journal } from '../../../src/engine/disk/journal.ts';
import { redacting } from '../../../src/engine/base/log.ts';
import { Snapshots } from '../../../src/engine/read/snapshot.ts';
import { Windows } from '../../../src/engine/windows/windows.ts';
import type { Writes } from '../../../src/engine/writes/writes.ts';
import { rotationsKey } from '../../../src/feeds/rotation/keys.ts';
import { SignedInAccount } from '../../../src/feeds/kit/account.ts';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import { failureCodec } from '../../../src/feeds/failureCodec.ts';
import { CreatedTickets } from '../../../src/feeds/queue/creation.ts';
import { writeKinds, type WriteKinds } from '../../../src/feeds/writeKinds.ts';
import { journalEntry } from '../../../src/views/journal/entry.ts';
import { pendingActions } from '../../../src/views/kit/pendingActions.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { memoryLog } from '../engine/engine.ts';
import { newWrites } from '../engine/newWrites.ts';
import { UnderWay } from './underWay.ts';
import { headless, isGood, type Headless, type HeadlessOptions } from '../vscode/headless.ts';
import { MemoryDisk } from '../engine/memoryDisk.ts';

/** The folders of a window's storage. */
export interface Disks {
  readonly feeds: MemoryDisk;
  readonly writes: MemoryDisk;
  readonly journal: MemoryDisk;
}

export function emptyDisks(): Disks {
  return { feeds: new MemoryDisk(), writes: new MemoryDisk(), journal: new MemoryDisk() };
}

/** All of Dr. DRE in one window, storage included, without VS Code. */
export interface House extends Headless {
  readonly disks: Disks;
  readonly windows: Windows;
  readonly snapshots: Snapshots<Failure>;
  readonly writes: Writes<Failure>;
  readonly kinds: WriteKinds;
  readonly account: SignedInAccount;
  readonly journal: Journal;
  /** Lets time pass, here and at the services, and what is under way with it. */
  pass(ms: number): Promise<void>;
  /** Lets time pass until something holds; fails when that takes too long. */
  until(what: string, holds: () => boolean, stepMs?: number): Promise<void>;
}

const longestStep = 5_000;
let windowCount = 0;

/** Opens a window on disks, which another one may have left. */
export async function openHouse(
  simulator: Simulator,
  disks: Disks = emptyDisks(),
  options: HeadlessOptions = {},
): Promise<House> {
  const secrets = (): readonly string[] => secretsOf(simulator).flatMap(secretForms);
  const lines = memoryLog();
  const log = options.log ?? { ...redacting(lines, secrets), lines: lines.lines };
  let windows: Windows | undefined;
  const underWay = new UnderWay(options.fetch ?? fetch);
  const base = headless(simulator, {
    ...options,
    fetch: underWay.fetch,
    log,
    reader: (parts) => {
      windows = new Windows({ ...parts, disk: disks.feeds, newId: () => `w${++windowCount}` });
      return windows;
    },
    pending: () => pendingActions(writes.list(alertsKey.name)),
    account: () => account.current,
  });
  const { clock, store, feeds, clients } = base;
  if (windows === undefined) throw new Error('no windows were made');
  const sharing = windows;
  const snapshots = new Snapshots<Failure>({
    store,
    folder: { disk: disks.feeds },
    clock,
    log,
    failures: failureCodec(secrets),
    scope: () => 'scope',
  });
  const journal = new Journal({ disk: disks.journal, log, secrets, weeks: isoWeeks });
  const account = new SignedInAccount(store, log);
  const writes = newWrites({ store, clock, log, disk: disks.writes });
  const kinds = writeKinds(writes, {
    alerts: {
      ops: clients.ops,
      around: () => ({ account: account.current, people: peopleOf(store.state(rotationsKey).records.values()) }),
      readAgain: () => feeds.alerts.burst(),
      noted: () => undefined,
    },
    rotations: { me: () => undefined, ops: clients.ops, readAgain: () => feeds.rotations.burst() },
    queue: {
      jira: clients.jira,
      epic: () => 'DRE-350',
      readAgain: () => feeds.queue.burst(),
      created: new CreatedTickets(),
    },
  });
  writes.onDidEnd((ended) => void journal.append(journalEntry(ended, account.current?.name, clock.now(), undefined)));
  const pass = async (ms: number): Promise<void> => {
    // In steps, as the clocks here and there must not differ by much.
    for (let left = ms; left > 0; left -= longestStep) {
      const step = Math.min(left, longestStep);
      simulator.advance(step);
      await clock.advance(step);
      await realMoment();
      await underWay.answered();
    }
  };
  await feeds.start(snapshots, sharing);
  return {
    ...base,
    disks,
    windows: sharing,
    snapshots,
    writes,
    kinds,
    account,
    journal,
    pass,
    async until(what, holds, stepMs = 100) {
      const giveUp = Date.now() + 30_000;
      while (!holds()) {
        if (Date.now() > giveUp) throw new Error(`waited for ${what}, which did not come`);
        await pass(stepMs);
      }
    },
    dispose() {
      writes.dispose();
      snapshots.dispose();
      sharing.dispose();
      account.dispose();
      base.dispose();
    },
  };
}

/** A window in which every view is visible and has been read once. */
export async function openedHouse(
  simulator: Simulator,
  disks: Disks = emptyDisks(),
  options: HeadlessOptions = {},
): Promise<House> {
  const house = await openHouse(simulator, disks, options);
  house.feeds.attend(() => 'active');
  await house.until('all views', () => isGood(house));
  return house;
}

/**
 * Starts a simulator before the tests of a `describe` and stops it after them. After each test the house that it opened is
 * closed and the simulator is reset.
 */
export function useSimulator(started: (simulator: Simulator) => void, house: () => House): void {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
    started(simulator);
  });
  afterEach(() => {
    house().dispose();
    simulator.reset();
  });
  after(() => simulator.stop());
}

/** The tokens in use, and other texts that reveal a token. */
export function secretsOf({ env }: Pick<Simulator, 'env'>): readonly string[] {
  const email = env['DR_DRE_ATLASSIAN_EMAIL'] ?? '';
  const token = env['DR_DRE_ATLASSIAN_TOKEN'] ?? '';
  return [token, env['DR_DRE_GITHUB_TOKEN'] ?? '', email];
}

/** Long enough for answers over loopback to arrive. */
function realMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3));
}

/** All that is on the disks, by file. */
export function filesOf(disks: Disks): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(disks).flatMap(([folder, disk]: [string, MemoryDisk]) =>
      [...disk.files].map(([name, text]): [string, string] => [`${folder}/${name}`, text]),
    ),
  );
}
