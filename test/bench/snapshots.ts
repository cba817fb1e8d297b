import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeDisk } from '../../src/engine/disk/nodeDisk.ts';
import { readRecords, recordsId, writeRecords } from '../../src/engine/read/snapshotFile.ts';
import { isStoredAlert } from '../../src/feeds/alerts/keys.ts';
import { longestBlock, timesOf, type Times } from './times.ts';
import { manyAlerts } from './worlds.ts';

const repetitions = 7;

export interface SnapshotTimes {
  readonly write: Times;
  readonly writeBlock: Times;
  readonly read: Times;
  readonly readBlock: Times;
}

/** Writes and reads the records of the alerts on the real disk. */
export async function snapshotTimes(count: number): Promise<SnapshotTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'dr-dre-bench-'));
  const disk = nodeDisk(folder);
  const alerts = manyAlerts(count);
  const rounds: Record<keyof SnapshotTimes, number>[] = [];
  try {
    for (let round = 0; round < repetitions; round++) {
      const id = recordsId(1, round);
      const began = performance.now();
      const writeBlock = await longestBlock(() => writeRecords(disk, 'alerts', id, alerts));
      const written = performance.now();
      const readBlock = await longestBlock(() => readRecords(disk, 'alerts', id, isStoredAlert));
      rounds.push({ write: written - began, writeBlock, read: performance.now() - written, readBlock });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const times = (part: keyof SnapshotTimes): Times => timesOf(rounds.map((round) => round[part]));
  return { write: times('write'), writeBlock: times('writeBlock'), read: times('read'), readBlock: times('readBlock') };
}
