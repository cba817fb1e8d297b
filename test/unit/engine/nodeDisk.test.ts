import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeDisk } from '../../../src/engine/nodeDisk.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('the disk', () => {
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

  it('keeps what it writes from other users, and leaves nothing beside it', async () => {
    const disk = nodeDisk(home);
    await disk.write('kept', 'text');
    await disk.write('passing', 'text', 'passing');
    await disk.create('made', 'text');
    assert.deepEqual(readdirSync(home).sort(), ['kept', 'made', 'passing']);
    if (process.platform === 'win32') return;
    for (const name of readdirSync(home)) assert.equal(statSync(join(home, name)).mode & 0o777, 0o600);
  });

  it('writes long texts whole, whatever characters they are of', async () => {
    const disk = nodeDisk(home);
    for (const text of ['', 'x', '🦀'.repeat(700_000), `x${'🦀'.repeat(700_000)}`, 'é\n'.repeat(250_000)]) {
      await disk.write('long', text);
      assert.ok((await disk.read('long')) === text, `${text.length} characters`);
    }
  });

  it('tells which file changed, and rejects where it may not write', async () => {
    const disk = nodeDisk(home);
    const heard = new Set<string>();
    const watch = disk.watch((name) => void heard.add(name));
    // The watcher begins a moment later: written until it is heard.
    await waitFor('word of the change', async () => {
      await disk.write('file', 'text');
      return heard.has('file');
    });
    watch.dispose();
    assert.deepEqual([...heard], ['file']);
    await assert.rejects(nodeDisk(join(home, 'file')).create('lease', 'text'));
  });
});
