// What is fetched once and kept: in the user's cache folder, outside of any checkout, keyed by version.

import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isAlive, sleep } from './processes.mjs';

/** The cache folder of the user. */
export function cacheFolder() {
  const base = process.env['XDG_CACHE_HOME'];
  if (base !== undefined && base !== '') return join(base, 'dr-dre');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'dr-dre');
  if (process.platform === 'win32') {
    return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'dr-dre', 'Cache');
  }
  return join(homedir(), '.cache', 'dr-dre');
}

/**
 * The folder `name` of the cache, filled at first use. It appears only when it is complete, and only one process at a
 * time fills it.
 * @param {string} name holds the version
 * @param {(folder: string) => Promise<void>} fill installs into an empty folder; throws when it cannot
 * @returns {Promise<string>} absolute path
 */
export async function cached(name, fill) {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  const unlock = await lock(`${folder}.lock`);
  const half = `${folder}.half-${process.pid}`;
  try {
    if (!existsSync(folder)) {
      removeHalves(name);
      mkdirSync(half, { recursive: true });
      await fill(half);
      renameSync(half, folder);
    }
    return folder;
  } finally {
    rmSync(half, { recursive: true, force: true });
    unlock();
  }
}

/** What a killed process left. Called under the lock, so nobody is writing there. */
function removeHalves(/** @type {string} */ name) {
  readdirSync(cacheFolder())
    .filter((entry) => entry.startsWith(`${name}.half-`))
    .forEach((entry) => rmSync(join(cacheFolder(), entry), { recursive: true, force: true }));
}

/**
 * Waits for a lock file. One whose owner has ended is taken over.
 * @param {string} file
 * @returns {Promise<() => void>} gives the lock back
 */
async function lock(file) {
  const mine = `${file}-${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    await claim(mine, file);
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/** Links `mine` to `file`, so that the lock never exists without its owner's id in it. */
async function claim(/** @type {string} */ mine, /** @type {string} */ file) {
  for (let said = false; ;) {
    try {
      linkSync(mine, file);
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(file);
    if (owner !== undefined && !isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!said) console.log('Waiting for another process that is installing the same');
    said = true;
    await sleep(250);
  }
}

/** @param {string} file @returns {number | undefined} undefined when it has just been given back */
function ownerOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined; // given back meanwhile
  }
}
