import type { Disk } from '../disk/disk.ts';
import { decode, encode } from '../disk/encoding.ts';
import { mapInSlices } from '../base/slices.ts';
import { complete, type Completeness, type FeedStatus } from './store.ts';

/** Raised when the form of a record or of these files changes. */
const version = 4;
/** Records beyond this are left out, and the completeness says so. */
const largestFile = 32 * 1024 * 1024;

/**
 * What a feed's state is, apart from its records. They are in a file of their own, which stays as it is for as long as
 * the service says the same: most reads change no more than the age.
 */
export interface SnapshotState {
  readonly feed: string;
  /** In which scope of the settings it was read; `world` in the file. */
  readonly scope: string;
  /** Of the lease of the window that wrote it. */
  readonly generation: number;
  /** Which text of which records file it belongs to, as `recordsId` made it. */
  readonly records: string;
  readonly status: FeedStatus;
  readonly asOf: number | undefined;
  readonly completeness: Completeness;
  readonly skipped: number;
  /** As the failure's own codec wrote it; undefined when there is none. */
  readonly failure: unknown;
  readonly failures: number;
}

/**
 * The state file of a feed. Each generation has its own, and the highest counts: a window that slept in the middle of
 * writing one, while another took the lead, cannot replace the new state with its old one.
 */
export const stateFileOf = (feed: string, generation: number): string => `${feed}.${generation}.state.json`;

/** Names the `count`th text that the holder of a lease of this generation writes. */
export const recordsId = (generation: number, count: number): string => `${generation}.${count}`;

/** The records file of a text. Each generation has its own here too: no window can remove another's records. */
export const recordsFileOf = (feed: string, id: string): string => `${feed}.${Number.parseInt(id)}.records.ndjson`;

/** The feed that a state file is of; undefined for other names. */
export function feedOfStateFile(name: string): string | undefined {
  return /^(.+)\.\d+\.state\.json$/.exec(name)?.[1];
}

/** The state file that counts; undefined when there is none. */
export async function newestStateFile(disk: Pick<Disk, 'list'>, feed: string): Promise<string | undefined> {
  const files = (await disk.list()).filter((name) => feedOfStateFile(name) === feed);
  return files.sort((a, b) => generationOf(b) - generationOf(a))[0];
}

export function encodeState(state: SnapshotState): string {
  const { scope, ...rest } = state;
  return encode({ version, ...rest, world: scope });
}

/** The state in a text, or undefined when it is damaged, of another feed or of another version. */
export function decodeState(text: string, feed: string): SnapshotState | undefined {
  const found = decodeFields(text);
  if (found?.['version'] !== version || found['feed'] !== feed) return undefined;
  const { world: scope, generation, records, status, asOf, skipped, failure, failures } = found;
  if (typeof scope !== 'string' || typeof generation !== 'number' || typeof records !== 'string') return undefined;
  if (!isStatus(status) || !(typeof asOf === 'number' || asOf === undefined)) return undefined;
  if (typeof skipped !== 'number' || typeof failures !== 'number') return undefined;
  const completeness = readCompleteness(found['completeness']);
  return { feed, scope, generation, records, status, asOf, completeness, skipped, failure, failures };
}

/** Writes a feed's records, one on each line. Returns how many there was room for. */
export async function writeRecords(
  disk: Disk,
  feed: string,
  id: string,
  records: readonly unknown[],
  largest = largestFile,
): Promise<number> {
  const lines = await mapInSlices(records, encode);
  let size = 0;
  const tooMuch = lines.findIndex((line) => (size += line.length + 1) > largest);
  const kept = tooMuch < 0 ? lines : lines.slice(0, tooMuch);
  const header = encode({ version, feed, id });
  await disk.write(recordsFileOf(feed, id), `${[header, ...kept].join('\n')}\n`);
  return kept.length;
}

/**
 * Reads a feed's records. `damaged` when the file is not what `writeRecords` makes or a record has lost its form;
 * `other` when it is there but of another text than `id`.
 */
export async function readRecords<R>(
  disk: Pick<Disk, 'read'>,
  feed: string,
  id: string,
  readable: (record: unknown) => record is R,
): Promise<readonly R[] | 'damaged' | 'other'> {
  const text = await disk.read(recordsFileOf(feed, id));
  if (text === undefined) return 'other';
  const [first = '', ...lines] = text.split('\n');
  const header = decodeFields(first);
  if (header?.['version'] !== version || header['feed'] !== feed || lines.pop() !== '') return 'damaged';
  if (header['id'] !== id) return 'other';
  try {
    const records = await mapInSlices(lines, decode);
    return records.every(readable) ? records : 'damaged';
  } catch {
    // A line that is no JSON: the caller says so.
    return 'damaged';
  }
}

/** Removes what the generations before this one wrote of a feed, and what was set aside before the last time. */
export async function tidy(disk: Disk, feed: string, generation: number): Promise<void> {
  const files = (await disk.list()).filter((name) => feedOf(name) === feed);
  const lastDamage = Math.max(...files.filter(isSetAside).map(generationOf));
  for (const name of files) {
    if (generationOf(name) < (isSetAside(name) ? lastDamage : generation)) await disk.remove(name);
  }
}

/** What a damaged file is called once it is set aside. */
export const setAsideOf = (file: string): string => `${file}.bad`;

const isSetAside = (name: string): boolean => name.endsWith('.bad');

const fileNames = /^(.+)\.(\d+)\.(?:records\.ndjson|state\.json)(?:\.bad)?$/;

function feedOf(name: string): string | undefined {
  return fileNames.exec(name)?.[1];
}

function generationOf(name: string): number {
  return Number(fileNames.exec(name)?.[2] ?? 0);
}

function decodeFields(text: string): Partial<Record<string, unknown>> | undefined {
  try {
    const value = decode(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    // Damaged: the caller says so.
    return undefined;
  }
}

const statuses: Readonly<Record<FeedStatus, true>> = {
  neverLoaded: true,
  fresh: true,
  stale: true,
  failing: true,
  notSignedIn: true,
  notPermitted: true,
  notConfigured: true,
};

function isStatus(value: unknown): value is FeedStatus {
  return typeof value === 'string' && Object.hasOwn(statuses, value);
}

function readCompleteness(value: unknown): Completeness {
  const { reason, remark } = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<'reason' | 'remark', unknown>
  >;
  const read: Completeness = typeof reason === 'string' ? { kind: 'partial', reason } : complete;
  return typeof remark === 'string' ? { ...read, remark } : read;
}
