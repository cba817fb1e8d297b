import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { isoWeeks } from '../../../../src/domain/base/isoWeek.ts';
import { hour, second } from '../../../../src/domain/base/time.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { Journal } from '../../../../src/engine/disk/journal.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { creationTitle } from '../../../../src/feeds/queue/creation.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { JournalRecorder } from '../../../../src/ui/journal/recorder.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';

describe('what the journal says of tickets that came', () => {
  const disposables: { dispose(): void }[] = [];
  afterEach(() => disposables.splice(0).forEach((each) => each.dispose()));

  /** The window that reads the services, which has recorded one ticket, and a journal as another window has it. */
  async function open() {
    const clock = new FakeClock();
    const store = new Store<Failure>(rethrow);
    const log = memoryLog();
    const [disk, shared] = [new MemoryDisk(), new MemoryDisk()];
    const journal = (): Journal => new Journal({ disk, log, secrets: () => [], weeks: isoWeeks });
    const list = (...records: readonly Ticket[]): void => store.update(queueKey, { status: 'fresh', records });
    list(ticket('DRE-1'));
    const recorder = new JournalRecorder({
      store,
      clock,
      log,
      journal: journal(),
      disk: () => shared,
      role: () => 'leader',
      scope: () => 'site',
      links: { alert: (id) => id, ticket: (key) => key },
      added: () => undefined,
    });
    disposables.push(recorder, store);
    await clock.advance(30 * second);
    const written = async (): Promise<readonly (string | undefined)[]> => {
      await clock.advance(30 * second);
      const { entries } = await journal().read({ from: 0, to: clock.now() });
      return entries.map(({ what, record }) => `${what} ${record?.key}`);
    };
    /** The line of another window, which has created a ticket. */
    const create = (key: string): Promise<void> =>
      journal().append({
        at: clock.now(),
        what: 'done',
        record: { feed: queueKey.name, key },
        outcome: 'applied',
        title: `${creationTitle} “${key} new”`,
      });
    return { clock, list, written, create };
  }

  it('is one line for each that somebody else has created, and none for those that were there', async () => {
    const { list, written } = await open();
    assert.deepEqual(await written(), []);
    list(ticket('DRE-1'), ticket('DRE-2'));
    assert.deepEqual(await written(), ['came DRE-2']);
    assert.deepEqual(await written(), ['came DRE-2']);
  });

  it('is not said a second time of one that another window has created', async () => {
    const { list, written, create } = await open();
    await create('DRE-2');
    list(ticket('DRE-1'), ticket('DRE-2'), ticket('DRE-3'));
    assert.deepEqual(await written(), ['done DRE-2', 'came DRE-3']);
    assert.deepEqual(await written(), ['done DRE-2', 'came DRE-3']);
  });

  it('waits for the line of a window that has not confirmed yet that it created the ticket', async () => {
    const { clock, list, written, create } = await open();
    // A change a moment before: what comes now is recorded together with it.
    list(ticket('DRE-1', { summary: 'changed' }));
    await clock.advance(9 * second);
    list(ticket('DRE-1'), ticket('DRE-2'));
    await clock.advance(5 * second);
    await create('DRE-2');
    assert.deepEqual(await written(), ['done DRE-2']);
  });

  it('is said of a ticket that comes back long after it was created and moved away', async () => {
    const { clock, list, written, create } = await open();
    await create('DRE-2');
    await clock.advance(2 * hour);
    list(ticket('DRE-1'), ticket('DRE-2'));
    assert.deepEqual(await written(), ['done DRE-2', 'came DRE-2']);
  });
});
