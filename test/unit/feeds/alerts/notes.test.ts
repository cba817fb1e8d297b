import assert from 'node:assert/strict';
import { complete, completenessOf } from '../../../../src/domain/base/listed.ts';
import { ok } from '../../../../src/domain/base/result.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import type { AlertDetails } from '../../../../src/feeds/alerts/details.ts';
import { AlertNotesReader, learnNotes } from '../../../../src/feeds/alerts/notes.ts';
import type { Ops } from '../../../../src/sources/atlassian/ops/client.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';

function setUp(noted: readonly string[] = []): {
  readonly clock: FakeClock;
  readonly asked: string[];
  readonly changes: () => number;
  readonly reader: AlertNotesReader;
} {
  const clock = new FakeClock();
  const asked: string[] = [];
  let changes = 0;
  const note = { id: '1', text: 'Looking.', createdAt: 0, updatedAt: 0, author: 'Dana' };
  const ops: Pick<Ops, 'listNotes'> = {
    listNotes: (id) => {
      asked.push(id);
      const records = noted.includes(id) ? [note] : [];
      return Promise.resolve(ok({ records, skipped: 0, completeness: complete }));
    },
  };
  const changed = (): void => {
    changes++;
  };
  const reader = new AlertNotesReader(() => Promise.resolve(ops as Ops), changed, clock, memoryLog());
  return { clock, asked, changes: () => changes, reader };
}

/** Acknowledged so many minutes ago. */
const acknowledged = (id: string, clock: FakeClock, minutes: number): ReturnType<typeof alert> =>
  alert(id, { status: 'acknowledged', acknowledgedAt: clock.now() - minutes * minute });

describe('reading whether alerts have notes', () => {
  it('asks only for those whose notes decide something, the oldest first, and reports what it found', async () => {
    const { clock, asked, changes, reader } = setUp(['old']);
    const alerts = [acknowledged('new', clock, 5), acknowledged('old', clock, 90), acknowledged('mid', clock, 40)];
    alerts.push(alert('open'));
    await reader.readNext(alerts);
    await reader.readNext(alerts);
    assert.deepEqual(asked, ['old', 'mid']);
    assert.deepEqual([reader.hasNote('old'), reader.hasNote('mid'), reader.hasNote('new')], [true, false, undefined]);
    assert.equal(changes(), 2);
    assert.equal(await reader.readNext(alerts), undefined, 'nothing is left to read');
  });

  it('asks at most twice a minute and four times an hour, however many alerts there are', async () => {
    const { clock, asked, reader } = setUp();
    const alerts = Array.from({ length: 50 }, (_, index) => acknowledged(`${index}`, clock, 60 + index));
    const until = clock.now() + 2 * hour;
    const times: number[] = [];
    while (clock.now() < until) {
      const before = asked.length;
      const waitMs = (await reader.readNext(alerts)) ?? hour;
      if (asked.length > before) times.push(clock.now());
      await clock.advance(Math.max(waitMs, 1));
    }
    assert.ok(times.length >= 8);
    for (const [index, at] of times.entries()) {
      assert.ok(times.slice(index).filter((each) => each < at + minute).length <= 2);
      assert.ok(times.slice(index).filter((each) => each < at + hour).length <= 4);
    }
  });

  it('asks again only when an alert without a note has changed', async () => {
    const { clock, asked, reader } = setUp(['b']);
    const [a, b] = [acknowledged('a', clock, 90), acknowledged('b', clock, 80)];
    await reader.readNext([a, b]);
    await reader.readNext([a, b]);
    await clock.advance(hour);
    await reader.readNext([a, b]);
    assert.deepEqual(asked, ['a', 'b']);
    await reader.readNext([
      { ...a, updatedAt: clock.now() },
      { ...b, updatedAt: clock.now() },
    ]);
    await reader.readNext([{ ...b, updatedAt: clock.now() }]);
    assert.deepEqual(asked, ['a', 'b', 'a']);
  });

  it('counts a note that was written here', async () => {
    const { clock, asked, reader } = setUp();
    reader.learn('a', true);
    assert.equal(await reader.readNext([acknowledged('a', clock, 90)]), undefined);
    assert.deepEqual(asked, []);
  });

  it('takes over what the document of an alert shows, unless that is not the whole', async () => {
    const { clock, asked, reader } = setUp();
    const details = (texts: readonly string[], missing?: string): AlertDetails => ({
      alert: { value: undefined, failure: undefined },
      notes: {
        value: {
          records: texts.map((text, index) => ({ id: `${index}`, text, createdAt: 0, updatedAt: 0, author: 'Dana' })),
          skipped: 0,
          completeness: completenessOf(missing),
        },
        failure: undefined,
      },
      log: { value: undefined, failure: undefined },
      names: new Map(),
      reading: false,
      readAt: clock.now(),
    });
    learnNotes(reader, 'noted', details(['Looking.']));
    learnNotes(reader, 'bare', details([]));
    learnNotes(reader, 'cut', details([], 'the oldest are missing'));
    assert.deepEqual(
      ['noted', 'bare', 'cut'].map((id) => reader.hasNote(id)),
      [true, false, undefined],
    );
    await reader.readNext([acknowledged('noted', clock, 90)]);
    assert.deepEqual(asked, []);
  });
});
