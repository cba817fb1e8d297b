import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atOnce, nodeDisk } from '../../../src/engine/nodeDisk.ts';
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
