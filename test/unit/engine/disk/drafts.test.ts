import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Drafts, type DraftKey } from '../../../../src/engine/disk/drafts.ts';
import { nodeDisk } from '../../../../src/engine/disk/nodeDisk.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';

const day = 86_400_000;
const note: DraftKey = { kind: 'alerts.addNote', records: ['a1'] };

interface Fixture {
  readonly disk: MemoryDisk;
  readonly clock: FakeClock;
  readonly log: ReturnType<typeof memoryLog>;
  /** A window: drafts of its own on the same disk. */
  readonly open: () => Drafts;
}

function setUp(): Fixture {
  const [disk, clock, log] = [new MemoryDisk(), new FakeClock(Date.UTC(2026, 7, 26, 13, 50)), memoryLog()];
  return { disk, clock, log, open: () => new Drafts({ disk, clock, log, secrets: () => ['s3cret-t0ken'] }) };
}

async function textOf(drafts: Drafts, draftKey: DraftKey): Promise<string | undefined> {
  return (await drafts.offered(draftKey))?.text;
}

describe('drafts', () => {
  it('offer what was typed last, to the same question about the same records only', async () => {
    const { open, clock } = setUp();
    const drafts = open();
    drafts.type(note, 'Rebooted');
    drafts.type(note, 'Rebooted the node');
    assert.deepEqual(await drafts.offered(note), { text: 'Rebooted the node', at: clock.now() });
    assert.equal(await textOf(drafts, { ...note, records: ['a2'] }), undefined);
    assert.equal(await textOf(drafts, { ...note, kind: 'alerts.addTags' }), undefined);
    assert.equal(await textOf(drafts, { ...note, step: 'until' }), undefined);
    const several = { kind: 'alerts.addNote', records: ['a2', 'a1'] };
    drafts.type(several, 'Both');
    assert.equal(await textOf(drafts, { ...several, records: ['a1', 'a2'] }), 'Both', 'in whatever order');
    assert.equal(await textOf(drafts, note), 'Rebooted the node');
  });

  it('are there after the window was reloaded, in the middle of typing and after a pause', async () => {
    const { open, clock } = setUp();
    const before = open();
    before.type(note, 'half a sen');
    await before.flush();
    assert.equal(await textOf(open(), note), 'half a sen');
    before.type(note, 'half a sentence');
    await clock.advance(400);
    assert.equal(await textOf(open(), note), 'half a sentence', 'though nobody said that the window closes');
  });

  it('are there when the window ends while somebody types without a pause', async () => {
    const { open, clock } = setUp();
    const before = open();
    for (const end of [8, 16, 24]) {
      before.type(note, 'a sentence typed without a pause'.slice(0, end));
      await clock.advance(200);
    }
    assert.equal(await textOf(open(), note), 'a sentence typed');
  });

  it('are gone once the write is applied, and not offered while it is under way', async () => {
    const { open, disk } = setUp();
    const drafts = open();
    drafts.type(note, 'Done');
    drafts.handOver(note.kind, note.records);
    assert.equal(await textOf(drafts, note), undefined);
    await drafts.flush();
    assert.equal(disk.files.size, 1, 'a crash now loses nothing');
    drafts.ended(note.kind, 'a1', true);
    await drafts.flush();
    assert.equal(disk.files.size, 0);
  });

  it('are offered again when the write did not go through, in a later window too, until a retry is applied', async () => {
    const { open, disk } = setUp();
    const drafts = open();
    drafts.type(note, 'Done');
    drafts.handOver(note.kind, note.records);
    await drafts.flush();
    const later = open();
    later.ended(note.kind, 'a1', false);
    assert.equal(await textOf(later, note), 'Done');
    later.ended(note.kind, 'a1', true);
    await later.flush();
    assert.equal(disk.files.size, 0);
  });

  it('of several records are gone when the last one is applied', async () => {
    const { open } = setUp();
    const drafts = open();
    const both = { kind: 'alerts.addNote', records: ['a1', 'a2'] };
    drafts.type(both, 'Both');
    drafts.handOver(both.kind, both.records);
    drafts.ended(both.kind, 'a1', true);
    drafts.ended(both.kind, 'a2', false);
    assert.equal(await textOf(drafts, both), 'Both');
    drafts.ended(both.kind, 'a2', true);
    assert.equal(await textOf(drafts, both), undefined);
  });

  it('of two windows for the same question: what the other one typed last stays when this one sends its own', async () => {
    const { open } = setUp();
    const [mine, other] = [open(), open()];
    mine.type(note, 'Mine');
    await mine.flush();
    other.type(note, 'The other one');
    await other.flush();
    // The editor is saved before it is sent.
    mine.type(note, 'Mine');
    mine.handOver(note.kind, note.records);
    assert.equal(await textOf(other, note), 'The other one');
    mine.ended(note.kind, 'a1', true);
    await mine.flush();
    assert.equal(await textOf(other, note), 'The other one');
    other.handOver(note.kind, note.records);
    other.ended(note.kind, 'a1', true);
    assert.equal(await textOf(other, note), undefined);
  });

  it('stay when a write that they did not go into is applied', async () => {
    const { open } = setUp();
    const drafts = open();
    drafts.type(note, 'The next thought');
    drafts.ended(note.kind, 'a1', true);
    assert.equal(await textOf(drafts, note), 'The next thought');
  });

  it('are gone when they were used, or their text was taken out', async () => {
    const { open, disk } = setUp();
    const drafts = open();
    const query = { kind: 'alerts.filterByQuery', records: [] };
    drafts.type(query, 'status: open');
    drafts.remove(query.kind);
    drafts.type(note, 'x');
    await drafts.flush();
    drafts.type(note, '  ');
    await drafts.flush();
    assert.equal(disk.files.size, 0);
  });

  it('hold no secret that is in use', async () => {
    const { open, disk } = setUp();
    const drafts = open();
    drafts.type(note, 'the token');
    await drafts.flush();
    drafts.type(note, 'the token is s3cret-t0ken');
    await drafts.flush();
    assert.deepEqual([...disk.files.values()], []);
  });

  it('are bounded in number and age: the oldest go', async () => {
    const { open, clock, disk } = setUp();
    const drafts = open();
    for (let each = 0; each < 60; each++) {
      drafts.type({ ...note, records: [`a${each}`] }, `text ${each}`);
      await drafts.flush();
      clock.jump(1000);
    }
    assert.equal(disk.files.size, 50);
    assert.equal(await textOf(drafts, { ...note, records: ['a9'] }), undefined);
    assert.equal(await textOf(drafts, { ...note, records: ['a10'] }), 'text 10');
    clock.jump(15 * day);
    assert.equal(await textOf(drafts, { ...note, records: ['a59'] }), undefined);
  });

  it('survive a disk that refuses and a file that is damaged, and say so', async () => {
    const { open, disk, log } = setUp();
    const drafts = open();
    disk.refusal = new Error('disk full');
    drafts.type(note, 'x');
    assert.equal(await textOf(drafts, note), undefined);
    assert.equal(log.lines.filter((line) => line.includes('could not write what was typed')).length, 1);
    disk.refusal = undefined;
    drafts.type(note, 'y');
    await drafts.flush();
    for (const name of disk.files.keys()) disk.files.set(name, '{"text":');
    assert.equal(await textOf(drafts, note), undefined);
    assert.equal(disk.files.size, 0);
  });

  it('can be read by the user only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dr-dre-drafts-'));
    try {
      const { clock, log } = setUp();
      const disk = nodeDisk(join(folder, 'drafts'));
      const drafts = new Drafts({ disk, clock, log, secrets: () => [] });
      drafts.type(note, 'x');
      await drafts.flush();
      const [name = ''] = await readdir(join(folder, 'drafts'));
      assert.equal((await stat(join(folder, 'drafts'))).mode & 0o777, 0o700);
      assert.equal((await stat(join(folder, 'drafts', name))).mode & 0o777, 0o600);
      assert.match(name, /^alerts\.addNote-[0-9a-f]{24}\.json$/, 'names say nothing about the record');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
