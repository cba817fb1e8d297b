import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atOnce, nodeDisk, removeUnusedFolders, replaceFile } from '../../../../src/engine/disk/nodeDisk.ts';
import { usePresentDate } from '../../../support/base/testDate.ts';
import { waitFor } from '../../../support/base/waitFor.ts';

describe('the disk', () => {
  usePresentDate();
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'dr-dre-disk-'));
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('lets one of many make a file, with its text in it from the start', async () => {
    const folder = join(home, 'new');
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => nodeDisk(folder).create('file', `by ${n}`)));
    assert.equal(made.filter(Boolean).length, 1);
    assert.equal(await nodeDisk(folder).read('file'), `by ${made.indexOf(true)}`);
    assert.deepEqual(readdirSync(folder), ['file']);
  });

  it('replaces a file of bytes, and removes what a write that never ended has left beside it', async () => {
    const folder = join(home, 'new');
    const left = 'file.0b1c2d3e-0000-4000-8000-000000000000.tmp';
    await replaceFile(join(folder, 'file'), Buffer.from([1, 2]));
    writeFileSync(join(folder, left), 'half');
    await replaceFile(join(folder, 'file'), Buffer.from([3]));
    assert.deepEqual(readdirSync(folder).sort(), ['file', left], 'another window may be writing it');
    await replaceFile(join(folder, 'file'), Buffer.from([4]), () => Date.now() + 3_600_000);
    assert.deepEqual(readdirSync(folder), ['file']);
    assert.deepEqual(readFileSync(join(folder, 'file')), Buffer.from([4]));
  });

  it('removes folders that were not used for long, and nothing else', async () => {
    const day = 86_400_000;
    const now = Date.now() + 40 * day;
    for (const name of ['kept', 'old', 'used']) await nodeDisk(join(home, name)).write('file', 'text');
    await nodeDisk(home).write('plain', 'text');
    const lately = (now - 29 * day) / 1_000;
    // Written into without a file being made: only the file is newer.
    utimesSync(join(home, 'used', 'file'), lately, lately);
    const limits = { kept: 'kept', now, unusedMs: 30 * day };
    await removeUnusedFolders(home, limits);
    assert.deepEqual(readdirSync(home).sort(), ['kept', 'plain', 'used']);
    await removeUnusedFolders(join(home, 'none'), limits);
  });

  it('keeps what it writes from other users, and leaves nothing beside it', async () => {
    const disk = nodeDisk(home);
    await disk.write('kept', 'text');
    await disk.write('passing', 'text', 'passing');
    await disk.create('made', 'text');
    assert.deepEqual(readdirSync(home).sort(), ['kept', 'made', 'passing']);
    if (process.platform === 'win32') return;
    for (const name of readdirSync(home)) assert.equal(statSync(join(home, name)).mode & 0o777, 0o600);
  });

  it('reads small files within the turn when asked to, and leaves long ones to the disk', async () => {
    const disk = nodeDisk(home);
    assert.deepEqual(await atOnce(join(home, 'none'), disk).list(), []);
    await disk.write('small', '🦀');
    await disk.write('long', 'x'.repeat(600_000));
    const asked: string[] = [];
    const quick = atOnce(home, { ...disk, read: (name) => (asked.push(name), disk.read(name)) });
    let turned = false;
    setImmediate(() => (turned = true));
    assert.equal(await quick.read('small'), '🦀');
    assert.equal(await quick.read('missing'), undefined);
    assert.deepEqual([...(await quick.list())].sort(), ['long', 'small']);
    assert.equal(turned, false);
    assert.equal((await quick.read('long'))?.length, 600_000);
    assert.deepEqual(asked, ['long']);
  });

  it('says it when a file cannot be read at once', async () => {
    mkdirSync(join(home, 'folder'));
    await assert.rejects(atOnce(home, nodeDisk(home)).read('folder'), { code: 'EISDIR' });
  });

  it('writes long texts whole, whatever characters they are of', async () => {
    const disk = nodeDisk(home);
    for (const text of ['', 'x', '🦀'.repeat(700_000), `x${'🦀'.repeat(700_000)}`, 'é\n'.repeat(250_000)]) {
      await disk.write('long', text);
      assert.ok((await disk.read('long')) === text, `${text.length} characters`);
    }
  });

  for (const write of ['write', 'create'] as const) {
    it(`removes what interrupted writes left some time ago, and nothing else (${write})`, async () => {
      const now = Date.now();
      const left = (name: string, minutesAgo: number): string => {
        const path = join(home, name);
        writeFileSync(path, 'half a te');
        utimesSync(path, now / 1_000 - 60 * minutesAgo, now / 1_000 - 60 * minutesAgo);
        return name;
      };
      const id = '0b1f4f0e-6c3c-4d5e-9c3b-1d2f3a4b5c6d';
      const old = [left(`kept.json.${id}.tmp`, 11), left(`gone.json.${id}.tmp`, 100_000)];
      const others = [left(`new.json.${id}.tmp`, 9), left('kept.json', 100), left('of a person.tmp', 100)];
      const disk = nodeDisk(home, () => now);
      await disk.list();
      await disk.read('kept.json');
      for (const name of old) assert.ok(readdirSync(home).includes(name), 'reading changes nothing');
      await disk[write]('written', 'text');
      await waitFor('the folder to be tidy', () => !old.some((name) => readdirSync(home).includes(name)), {
        timeoutMs: 2_000,
        everyMs: 5,
      });
      assert.deepEqual(readdirSync(home).sort(), [...others, 'written'].sort());
    });
  }

  it('reports which file changed, and rejects where it may not write', async () => {
    const disk = nodeDisk(home);
    const changed = new Set<string>();
    const watch = disk.watch((name) => void changed.add(name));
    // The watcher begins a moment later: the file is written until it reports the change.
    await waitFor('word of the change', async () => {
      await disk.write('file', 'text');
      return changed.has('file');
    });
    watch.dispose();
    assert.deepEqual([...changed], ['file']);
    await assert.rejects(nodeDisk(join(home, 'file')).create('lease', 'text'));
  });
});
