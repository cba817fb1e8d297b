import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RunStart } from '../../../../src/domain/operations/run.ts';
import { runFiles } from '../../../../src/dre/runFiles.ts';
import { RunBook, type EndedRun } from '../../../../src/ui/operations/runBook.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { runs } from '../../../support/base/runs.ts';

const id = 'run-1';
const names = runFiles(id);

/** Windows that share a disk, and the runner of one run. */
function world() {
  const clock = new FakeClock();
  const disk = new MemoryDisk();
  const log = memoryLog();
  const reported: EndedRun[] = [];
  const closing = new Map<RunBook, () => void>();
  const alive = new Set<number>();
  const start: RunStart = {
    id,
    program: '/bin/dre',
    args: ['vote'],
    title: 'Vote',
    effect: 'votes',
    dryRun: true,
    startedAt: clock.now(),
    startedBy: 'Dana',
  };
  const open = async (): Promise<RunBook> => {
    let isOpen = true;
    const report = async (run: EndedRun): Promise<void> => {
      // A window that is closed does nothing more.
      if (!isOpen) return new Promise(() => undefined);
      reported.push(run);
    };
    const isAlive = (pid: number): boolean => alive.has(pid);
    const book = new RunBook({ disk, clock, log, redact: (text) => text, report, isAlive });
    closing.set(book, () => {
      isOpen = false;
      book.dispose();
    });
    await book.load();
    return book;
  };
  const begin = async (pid = 7): Promise<void> => {
    await disk.rename(names.permission, names.live);
    alive.add(pid);
    await disk.write(names.live, JSON.stringify({ pid, startedAt: clock.now() }));
  };
  const end = async (exitCode = 0, pid = 7): Promise<void> => {
    const report = { exitCode, signal: null, stdoutTail: 'proposal 7\n', startedAt: 0, endedAt: clock.now() };
    await disk.write(names.report, JSON.stringify(report));
    await disk.remove(names.live);
    alive.delete(pid);
  };
  const close = (book: RunBook | undefined): void => (book === undefined ? undefined : closing.get(book)?.());
  return { clock, disk, log, reported, alive, start, open, close, begin, end };
}

describe('the runs of dre', () => {
  it('are shown in all windows, and their end is reported by the one with the terminal', async () => {
    const { clock, reported, start, open, begin, end, disk } = world();
    const [own, other] = [await open(), await open()];
    await own.begin(start);
    await begin();
    await clock.advance(10);
    assert.equal(other.get(id)?.end, undefined);
    assert.equal(other.get(id)?.title, 'Vote');
    await end();
    await clock.advance(2_000);
    assert.deepEqual([own.get(id)?.end?.ending, other.get(id)?.end?.ending], ['simulated', 'simulated']);
    assert.equal(reported.length, 1);
    assert.deepEqual([...disk.files.keys()].sort(), [names.end, names.start].sort());
  });

  it('are reported by another window when their own was closed, once', async () => {
    const { clock, reported, start, open, begin, end } = world();
    const own = await open();
    const [second, third] = [await open(), await open()];
    await own.begin(start);
    await begin();
    await clock.advance(10);
    own.dispose();
    await end();
    await clock.advance(3_000);
    assert.equal(reported.length, 0, 'its own window may still come first');
    await clock.advance(10_000);
    assert.equal(reported.length, 1);
    assert.deepEqual([second.get(id)?.end?.ending, third.get(id)?.end?.ending], ['simulated', 'simulated']);
  });

  it('are read at the next start when they ended while no window was open', async () => {
    const { clock, reported, start, open, begin, end } = world();
    const own = await open();
    await own.begin(start);
    await begin();
    own.dispose();
    await end(3);
    await clock.advance(3_600_000);
    const next = await open();
    assert.equal(next.get(id)?.end?.ending, 'failed');
    assert.equal(reported.length, 1);
  });

  it('go on as long as their process does, and are lost when it is gone without a report', async () => {
    const { clock, reported, start, open, begin, alive } = world();
    const own = await open();
    await own.begin(start);
    await begin();
    own.dispose();
    await clock.advance(86_400_000);
    const next = await open();
    assert.equal(next.get(id)?.end, undefined);
    alive.clear();
    await clock.advance(2_000);
    assert.equal(next.get(id)?.end?.ending, 'lost');
    assert.equal(reported.length, 1);
  });

  it('that never began are lost after a minute, and cannot begin any more', async () => {
    const { clock, start, open, disk } = world();
    const own = await open();
    await own.begin(start);
    await clock.advance(50_000);
    assert.equal(own.get(id)?.end, undefined);
    await clock.advance(15_000);
    assert.equal(own.get(id)?.end?.ending, 'lost');
    assert.equal(disk.files.has(names.permission), false);
  });

  it('are not lost while they begin, however slow the disk is and whoever looks meanwhile', async () => {
    const { clock, start, open, begin, disk, reported } = world();
    const [own, other] = [await open(), await open()];
    await own.begin({ ...start, id: 'run-0' });
    const [write, read] = [disk.write.bind(disk), disk.read.bind(disk)];
    // Other runs are read each second, also while this one is written down.
    disk.write = async (name, text) => {
      if (name === names.permission) await clock.advance(2_000);
      await write(name, text);
      if (name === names.permission) await clock.advance(2_000);
    };
    await own.begin(start);
    // Its runner takes the permission between two looks of a window.
    disk.read = async (name) => {
      const text = await read(name);
      if (name === names.live && text === undefined && disk.files.has(names.permission)) await begin();
      return text;
    };
    await clock.advance(5_000);
    assert.equal(own.get(id)?.end, undefined);
    assert.equal(other.get(id)?.end, undefined);
    assert.deepEqual(reported, []);
  });

  it('keep what they warned of over a reload, and say that there may be more', async () => {
    const { clock, start, open, begin, end } = world();
    const own = await open();
    await own.begin(start);
    await begin();
    own.reads(id);
    own.warned(id, ['No key']);
    await clock.advance(1_000);
    own.dispose();
    const next = await open();
    next.adopt(id);
    await end();
    await clock.advance(2_000);
    const { warnings, sawAll } = next.get(id)?.end ?? assert.fail('it goes on');
    assert.deepEqual([warnings, sawAll], [['No key'], false]);
  });

  it('wait for the last words of their terminal, and not for ever', async () => {
    const { clock, start, open, begin, end } = world();
    const own = await open();
    await own.begin(start);
    await begin();
    own.reads(id);
    await end();
    await clock.advance(1_500);
    assert.equal(own.get(id)?.end, undefined);
    await clock.advance(3_000);
    assert.equal(own.get(id)?.end?.sawAll, false);
  });

  it('are not lost on a full disk: the end is reported, and written by the next window', async () => {
    const { clock, reported, start, open, begin, end, disk } = world();
    const own = await open();
    await own.begin(start);
    await begin();
    await end();
    disk.refusal = new Error('ENOSPC');
    await clock.advance(2_000);
    assert.equal(reported.length, 1);
    assert.equal(own.get(id)?.end?.ending, 'simulated');
  });

  it('are kept up to a number, and what is damaged does no harm', async () => {
    const { start, open, disk } = world();
    const run = { endedAt: 1, ending: 'done', exitCode: 0, signal: null, proposals: [], warnings: [], sawAll: true };
    for (let index = 0; index < 205; index++) {
      const files = runFiles(`r${index}`);
      await disk.write(files.start, JSON.stringify({ ...start, id: `r${index}`, startedAt: index }));
      await disk.write(files.end, JSON.stringify({ ...run, output: '' }));
    }
    await disk.write('torn.run.json', '{"id":');
    await disk.write('torn.report', '{');
    const book = await open();
    const ids = [...book.runs].map((each) => each.id);
    assert.equal(ids.length, 200);
    assert.ok(!ids.includes('r4') && ids.includes('r5'));
    assert.equal(disk.files.has('r4.run.json') || disk.files.has('torn.report'), false);
  });

  it('are reported exactly once and leave no file of their report, whatever windows close and open meanwhile', async () => {
    const step = fc.constantFrom('open', 'close', 'wait', 'waitLong', 'adopt');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.nat(11), async (steps, endsAt) => {
        const { clock, reported, start, open, close, begin, end, disk } = world();
        const windows = [await open()];
        await windows[0]?.begin(start);
        await begin();
        for (const [index, each] of steps.entries()) {
          if (index === endsAt) await end();
          if (each === 'open') windows.push(await open());
          else if (each === 'close') close(windows.shift());
          else if (each === 'adopt') windows.at(-1)?.adopt(id);
          else await clock.advance(each === 'wait' ? 1_000 : 20_000);
        }
        if (steps.length <= endsAt) await end();
        const last = await open();
        await clock.advance(40_000);
        assert.equal(reported.length, 1);
        assert.equal(last.get(id)?.end?.ending, 'simulated');
        assert.deepEqual([...disk.files.keys()].sort(), [names.end, names.start].sort());
      }),
      runs(60),
    );
  });
});
