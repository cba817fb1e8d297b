import assert from 'node:assert/strict';
import { SharedValue } from '../../../../src/engine/disk/sharedValue.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';

const isNumber = (value: unknown): value is number => typeof value === 'number';
const shared = (disk: MemoryDisk): SharedValue<number> => new SharedValue(disk, 'count', isNumber);

describe('a value that windows share', () => {
  it('is changed by one window, however many try at once', async () => {
    const disk = new MemoryDisk();
    const windows = [1, 2, 3].map(() => shared(disk));
    const read = await Promise.all(windows.map((window) => window.read()));
    const changed = await Promise.all(windows.map((window, index) => window.replace(read[index]?.version ?? 0, index)));
    assert.equal(changed.filter(Boolean).length, 1);
    const { value, version } = await shared(disk).read();
    assert.equal(value, changed.indexOf(true));
    assert.equal(await shared(disk).replace(version, 7), true);
    assert.equal((await shared(disk).read()).value, 7);
  });

  it('is not changed by a window that slept while the others went on', async () => {
    const disk = new MemoryDisk();
    const sleepy = shared(disk);
    const { version } = await sleepy.read();
    for (let step = 1; step <= 5; step++) await shared(disk).replace((await shared(disk).read()).version, step);
    assert.equal(await sleepy.replace(version, 99), false);
    assert.equal((await shared(disk).read()).value, 5);
    assert.ok(disk.files.size <= 2, 'old versions are gone');
  });

  it('falls back on the version before when the newest is damaged', async () => {
    const disk = new MemoryDisk();
    await shared(disk).replace(0, 1);
    await shared(disk).replace(1, 2);
    disk.files.set('count-2.json', '{');
    assert.deepEqual(await shared(disk).read(), { value: 1, version: 2 });
    assert.equal(await shared(disk).replace(2, 3), true);
    assert.equal((await shared(disk).read()).value, 3);
  });
});
