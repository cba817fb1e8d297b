import assert from 'node:assert/strict';
import { settle } from '../../../support/engine/fakeClock.ts';
import type { WriteKind } from '../../../../src/engine/writes/kind.ts';
import type { Item } from '../../../support/engine/modelService.ts';
import { crash, filesOf, openWrites, stateOf, type WritesDesk } from '../../../support/engine/writesDesk.ts';

describe('a write of which it is not known whether it was applied', () => {
  it('is not sent when a person only checks it, and is applied when the service says so', async () => {
    const desk = openWrites({}, 'never');
    const ended = desk.writes.run(desk.kinds.note, 'a', 'hello');
    await desk.clock.advance(5 * 60_000);
    const { id, state } = await ended;
    assert.equal(state.kind, 'unconfirmed');
    const checked = desk.writes.check(id);
    await desk.clock.advance(5 * 60_000);
    assert.equal((await checked)?.state.kind, 'unconfirmed');
    assert.equal(desk.service.arrivals.get('hello'), 1);
    assert.equal(filesOf(desk).length, 1, 'what was typed stays on disk');
  });

  it('is sent once more when a person wants that, also one that sending twice does twice', async () => {
    const desk = openWrites({}, 'never');
    const ended = desk.writes.run(desk.kinds.note, 'a', 'hello');
    await desk.clock.advance(5 * 60_000);
    const { id } = await ended;
    const again = desk.writes.sendAgain(id);
    await desk.clock.advance(60_000);
    assert.equal((await again)?.state.kind, 'applied');
    assert.equal(desk.service.arrivals.get('hello'), 2);
    assert.equal(desk.writes.sendAgain(id), undefined, 'an applied one is not sent again');
    assert.equal(desk.writes.check(id), undefined);
  });

  it('has failed when a complete read shows that it is not there, so that it can be tried again', async () => {
    const desk = openWrites({}, 'lostBefore');
    desk.service.readsWhole = true;
    const ended = desk.writes.run(desk.kinds.note, 'a', 'hello');
    await desk.clock.advance(5 * 60_000);
    const { id, state, retryable } = await ended;
    assert.deepEqual([state.kind, retryable], ['failed', true]);
    const again = desk.writes.retry(id);
    await desk.clock.advance(60_000);
    assert.equal((await again)?.state.kind, 'applied');
  });
});

describe('what is read before a write is sent', () => {
  const reading = (desk: WritesDesk, reads: unknown[]): WriteKind<Item, string, string> => ({
    ...desk.kinds.note,
    name: 'items.readingNote',
    readBefore: () => Promise.resolve(reads.shift()),
    readBack: ({ seenBefore }) =>
      Promise.resolve(seenBefore === 'empty' ? { kind: 'applied' } : { kind: 'unknown', failure: undefined }),
  });

  it('is passed to reading back, also in the window that takes the write over', async () => {
    const desk = openWrites({}, 'silent');
    const kind = reading(desk, ['empty']);
    void desk.writes.run(kind, 'a', 'hello');
    await desk.clock.advance(10);
    assert.equal(desk.service.arrivals.get('hello'), 1);
    await crash(desk);
    const next = openWrites(desk);
    next.writes.register(kind);
    void next.writes.recover();
    await desk.clock.advance(5 * 60_000);
    assert.deepEqual(
      next.ends.map(({ state }) => state.kind),
      ['applied'],
    );
  });

  it('is read again before each try', async () => {
    const desk = openWrites({}, 'busy', 'lostAfter');
    const ended = desk.writes.run(reading(desk, ['empty', 'not empty']), 'a', 'hello');
    await desk.clock.advance(5 * 60_000);
    assert.equal((await ended).state.kind, 'unconfirmed');
  });

  it('does not keep the write from being sent when it cannot be read', async () => {
    const desk = openWrites({}, 'atOnce', 'atOnce');
    const silent = { ...reading(desk, []), readBefore: () => new Promise(() => undefined) };
    const failing = { ...silent, name: 'items.failing', readBefore: () => Promise.reject(new Error('no')) };
    const ends = [desk.writes.run(silent, 'a', 'one'), desk.writes.run(failing, 'b', 'two')];
    await desk.clock.advance(10_000);
    assert.deepEqual(
      (await Promise.all(ends)).map(({ state }) => state.kind),
      ['applied', 'applied'],
    );
  });
});

describe('whether a write is sent late', () => {
  it('is passed to its kind: false when it is sent at once, true when it is sent again or had to wait', async () => {
    const desk = openWrites({}, 'refuses', 'busy', 'atOnce', 'silent', 'atOnce');
    const late: (boolean | undefined)[] = [];
    const kind: WriteKind<Item, string, string> = {
      ...desk.kinds.note,
      name: 'items.lateNote',
      send: (requested) => {
        late.push(requested.isLate);
        return desk.kinds.note.send(requested);
      },
    };
    const first = desk.writes.run(kind, 'a', 'one');
    await desk.clock.advance(60_000);
    void desk.writes.retry((await first).id);
    await desk.clock.advance(5 * 60_000);
    assert.deepEqual(late, [false, true, true]);
    late.length = 0;
    void desk.writes.run(kind, 'a', 'two');
    void desk.writes.run(kind, 'a', 'three');
    await desk.clock.advance(10 * 60_000);
    assert.deepEqual(late, [false, true]);
  });
});

describe('what is read before a write is tried again or undone', () => {
  /** A note whose kind records what it is given with each send, and how often it reads. */
  function recording(desk: WritesDesk) {
    const given: unknown[] = [];
    let reads = 0;
    const kind: WriteKind<Item, string, string> = {
      ...desk.kinds.note,
      name: 'items.rereadNote',
      replaces: {
        words: ({ id }) => id,
        read: (record, by) => Promise.resolve({ record: { id: record, texts: [] }, besides: `${by} ${++reads}` }),
      },
      send: (requested) => {
        given.push(requested.reread);
        return desk.kinds.note.send(requested);
      },
      undo: ({ id }) => ({ kind: 'items.rereadNote', record: id, payload: 'taken back' }),
    };
    return { kind, given };
  }

  it('is given to what is sent then, once, and only when a person answered soon', async () => {
    const desk = openWrites({}, 'refuses', 'busy', 'refuses', 'refuses', 'atOnce', 'atOnce');
    const { kind, given } = recording(desk);
    const ended = desk.writes.run(kind, 'a', 'hello');
    await desk.clock.advance(60_000);
    const { id } = await ended;
    await desk.writes.contest(id, 'retry', true);
    void desk.writes.retry(id);
    await desk.clock.advance(5 * 60_000);
    // What was read before one try says nothing of the next, also where its service asked to wait.
    assert.deepEqual(given.splice(0), [undefined, 'retry 1', undefined]);
    await desk.writes.contest(id, 'retry', true);
    await desk.clock.advance(6_000);
    void desk.writes.retry(id);
    await desk.clock.advance(60_000);
    assert.deepEqual(given.splice(0), [undefined]);
    await desk.writes.contest(id, 'retry', true);
    // Nothing is read: what was read before does not count any more.
    await desk.writes.contest(id, 'retry', false);
    void desk.writes.retry(id);
    await desk.clock.advance(60_000);
    await desk.writes.contest(id, 'undo', true);
    void desk.writes.undo(id);
    await desk.clock.advance(60_000);
    assert.deepEqual(given.splice(0), [undefined, 'undo 4']);
  });
});

describe('a write to a record that has changed meanwhile', () => {
  it('ends so, is not tried again, and leaves nothing on disk', async () => {
    const desk = openWrites({}, 'lostBefore');
    const kind: WriteKind<Item, string, string> = {
      ...desk.kinds.mark,
      readBack: () => Promise.resolve({ kind: 'overtaken', by: 'closed meanwhile' }),
    };
    const ended = desk.writes.run(kind, 'a', 'hello');
    await desk.clock.advance(60_000);
    const { id, state, retryable } = await ended;
    assert.deepEqual([state, retryable], [{ kind: 'overtaken', by: 'closed meanwhile' }, false]);
    assert.equal(desk.writes.retry(id), undefined);
    assert.deepEqual(filesOf(desk), []);
    await desk.clock.advance(10 * 60_000);
    assert.deepEqual(desk.writes.list(), []);
  });
});

describe('a write while the settings lead elsewhere', () => {
  it('is neither taken over nor shown there, and taken over by a window whose settings lead to the same place', async () => {
    const here = openWrites({}, 'never');
    void here.writes.run(here.kinds.note, 'a', 'hello');
    await here.clock.advance(10);
    await crash(here);
    const { clock, disk } = here;
    const elsewhere = openWrites({ clock, disk, scope: () => 'another site' });
    const recovering = elsewhere.writes.recover();
    await clock.advance(5 * 60_000);
    await recovering;
    assert.deepEqual([elsewhere.writes.list(), elsewhere.ends], [[], []]);
    assert.equal(filesOf(here).length, 1);
    const again = openWrites({ clock, disk, service: here.service });
    const recovered = again.writes.recover();
    await clock.advance(5 * 60_000);
    await recovered;
    assert.deepEqual(
      again.ends.map(({ state }) => state.kind),
      ['unconfirmed'],
    );
  });

  it('is not sent there, and can be sent again once they lead back', async () => {
    let scope = 'site';
    const desk = openWrites({ scope: () => scope });
    const ended = desk.writes.run(desk.kinds.note, 'a', 'hello');
    scope = 'another site';
    await desk.clock.advance(60_000);
    const { id, state, retryable } = await ended;
    assert.deepEqual([state, retryable], [{ kind: 'notSent', because: 'otherSettings' }, true]);
    assert.equal(desk.service.arrivals.get('hello'), undefined);
    scope = 'site';
    const again = desk.writes.retry(id);
    await desk.clock.advance(60_000);
    assert.equal((await again)?.state.kind, 'applied');
    scope = 'another site';
    assert.equal(desk.writes.undo(id), undefined, 'nor is it taken back there');
  });

  it('is not read back there: a record of the same id may be another one', async () => {
    let scope = 'site';
    const desk = openWrites({ scope: () => scope }, 'never');
    const ended = desk.writes.run(desk.kinds.note, 'a', 'hello');
    await desk.clock.advance(5 * 60_000);
    const { id } = await ended;
    scope = 'another site';
    assert.deepEqual(
      [desk.writes.check(id), desk.writes.sendAgain(id), desk.writes.retry(id), desk.writes.list()],
      [undefined, undefined, undefined, []],
    );
    scope = 'site';
    assert.equal(stateOf(desk), 'unconfirmed');
    assert.equal(desk.service.arrivals.get('hello'), 1);
  });
});

describe('a write that was under way when its window was reloaded', () => {
  it('is shown within seconds, and taken over when it is certain that its window was closed', async () => {
    const desk = openWrites({}, 'never');
    void desk.writes.run(desk.kinds.add, 'a', 'sent');
    await desk.clock.advance(10);
    void desk.writes.run(desk.kinds.add, 'a', 'queued');
    await settle();
    await crash(desk);
    const next = openWrites(desk);
    void next.writes.recover();
    await desk.clock.advance(2_000);
    assert.equal(stateOf(next), 'sending waiting');
    await desk.clock.advance(5 * 60_000);
    assert.deepEqual(
      next.writes.list().map(({ typed, state }) => [typed, state.kind]),
      [
        ['sent', 'unconfirmed'],
        ['queued', 'notSent'],
      ],
    );
  });

  it('of a window that is open is shown in another one for no more than seconds after its end', async () => {
    const desk = openWrites();
    const ended = desk.writes.run(desk.kinds.note, 'a', 'hello');
    await settle();
    const other = openWrites(desk);
    void other.writes.recover();
    await settle();
    assert.match(stateOf(other), /^(waiting|sending)$/);
    let changes = 0;
    other.writes.onDidChange(() => changes++);
    await desk.clock.advance(8_000);
    assert.equal((await ended).state.kind, 'applied');
    assert.deepEqual([other.writes.list(), changes > 0], [[], true]);
  });

  it('is taken over within a minute by a window that was open all the time', async () => {
    const desk = openWrites({}, 'never');
    const other = openWrites(desk);
    await other.writes.recover();
    void desk.writes.run(desk.kinds.add, 'a', 'queued');
    await desk.clock.advance(1_000);
    await crash(desk);
    await desk.clock.advance(60_000);
    assert.equal(desk.service.arrivals.size, 1);
    assert.equal(other.writes.list()[0]?.typed, 'queued');
  });
});
