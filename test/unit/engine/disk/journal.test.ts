import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isoWeek, isoWeeks } from '../../../../src/domain/base/isoWeek.ts';
import { Journal, type JournalEntry } from '../../../../src/engine/disk/journal.ts';
import { nodeDisk } from '../../../../src/engine/disk/nodeDisk.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';

const wednesday = Date.UTC(2026, 7, 26, 13, 50, 11);
const week = 7 * 86_400_000;
const always = { from: wednesday - 4 * week, to: wednesday + 4 * week };
const file = 'journal-2026-W35.jsonl';

function setUp(): { disk: MemoryDisk; log: ReturnType<typeof memoryLog>; journal: Journal } {
  const disk = new MemoryDisk();
  const log = memoryLog();
  return { disk, log, journal: new Journal({ disk, log, secrets: () => ['s3cret-t0ken'], weeks: isoWeeks }) };
}

const note = (at: number, title: string): JournalEntry => ({ at, what: 'noted', title });

/** A line without the fields that it does not have. */
function plain(entry: JournalEntry): unknown {
  return JSON.parse(JSON.stringify(entry));
}

describe('the journal', () => {
  it('keeps its entries, and returns them in the order of time', async () => {
    const { journal } = setUp();
    const entry: JournalEntry = {
      at: wednesday,
      what: 'done',
      record: { feed: 'alerts', key: 'a1' },
      who: 'Dana',
      title: 'acknowledge “Subnet stalled”\nsecond line',
      detail: 'because',
      outcome: 'applied',
      link: 'https://example.atlassian.net/jira/ops/alerts/a1',
    };
    await journal.append(note(wednesday + 1, 'later'));
    await journal.append(entry);
    const { entries, skipped, truncated } = await journal.read(always);
    assert.deepEqual(entries.map(plain), [entry, note(wednesday + 1, 'later')]);
    assert.deepEqual({ skipped, truncated }, { skipped: 0, truncated: false });
  });

  it('reads only the time that is asked for, across weeks, each in its file', async () => {
    const { journal, disk } = setUp();
    for (const at of [wednesday - week, wednesday, wednesday + week]) await journal.append(note(at, `${at}`));
    assert.deepEqual([...disk.files.keys()], ['journal-2026-W34.jsonl', file, 'journal-2026-W36.jsonl']);
    const { entries } = await journal.read({ from: wednesday - 1, to: wednesday + week - 1 });
    assert.deepEqual(
      entries.map(({ at }) => at),
      [wednesday],
    );
  });

  it('removes the files of weeks long ago, and no others', async () => {
    const { journal, disk } = setUp();
    disk.files.set('other.json', '');
    for (let each = 0; each < 30; each++) await journal.append(note(wednesday + each * week, `${each}`));
    const names = [...disk.files.keys()];
    assert.equal(names.filter((name) => name.startsWith('journal-')).length, 27);
    assert.ok(names.includes('other.json') && names.includes(`journal-${isoWeek(wednesday + 29 * week)}.jsonl`));
  });

  it('loses only the cut line, also when another window writes after it, and says so once', async () => {
    const { journal, disk, log } = setUp();
    await journal.append(note(wednesday, 'first'));
    await disk.append(file, '\n{"at":17,"what":"no');
    await journal.append(note(wednesday, 'second'));
    await disk.append(file, '\n{"at":17,"what":"unheard of","title":"x"}\n[]\nnull\n');
    for (let each = 0; each < 2; each++) {
      const { entries, skipped } = await journal.read(always);
      assert.deepEqual(
        entries.map(({ title }) => title),
        ['first', 'second'],
      );
      assert.equal(skipped, 4);
    }
    assert.equal(log.lines.filter((line) => line.includes('cannot be read')).length, 1);
  });

  it('writes down no secret and no e-mail address, and cuts long text', async () => {
    const { journal, disk } = setUp();
    await journal.append({
      ...note(wednesday, `s3cret-t0ken ${'x'.repeat(5_000)}`),
      who: 'dana@example.com',
      link: 'https://example.com/?t=s3cret-t0ken',
      detail: 'Authorization: Bearer abcdefghijkl',
    });
    const text = disk.files.get(file) ?? '';
    assert.doesNotMatch(text, /s3cret|dana@example|abcdefghijkl/);
    assert.ok(text.length < 2_000);
  });

  it('never rejects for a full disk, reports it once, and goes on when there is room again', async () => {
    const { journal, disk, log } = setUp();
    disk.refusal = new Error('disk full');
    await journal.append(note(wednesday, 'one'));
    await journal.append(note(wednesday, 'two'));
    assert.equal(log.lines.filter((line) => line.startsWith('error')).length, 1);
    disk.refusal = undefined;
    await journal.append(note(wednesday, 'three'));
    assert.deepEqual((await journal.read(always)).entries.map(plain), [note(wednesday, 'three')]);
  });

  it('reads only the end of a file that has become too large', async () => {
    const { journal, disk } = setUp();
    const old = `${JSON.stringify(note(wednesday, 'old'))}\n`;
    disk.files.set(file, old.repeat(Math.ceil((5 * 1024 * 1024) / old.length)));
    await journal.append(note(wednesday + 1, 'newest'));
    const { entries, skipped, truncated } = await journal.read(always);
    assert.equal(entries.at(-1)?.title, 'newest');
    assert.deepEqual({ skipped, truncated }, { skipped: 0, truncated: true });
  });

  it('takes the lines of several windows at once on a real disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dr-dre-journal-'));
    try {
      const windows = Array.from({ length: 4 }, () => {
        return new Journal({ disk: nodeDisk(folder), log: memoryLog(), secrets: () => [], weeks: isoWeeks });
      });
      const titles = windows.flatMap((_, window) => Array.from({ length: 50 }, (__, each) => `${window}/${each}`));
      await Promise.all(
        titles.map(async (title, index) => windows[Math.floor(index / 50)]?.append(note(wednesday + index, title))),
      );
      const { entries, skipped } = await (windows[0] as Journal).read(always);
      assert.equal(skipped, 0);
      assert.deepEqual(
        entries.map(({ title }) => title),
        titles,
      );
      assert.doesNotMatch(await readFile(join(folder, file), 'utf8'), /\}\{/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
