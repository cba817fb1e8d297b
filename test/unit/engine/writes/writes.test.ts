import assert from 'node:assert/strict';
import type { EndedWrite, Sent } from '../../../../src/engine/writes/kind.ts';
import { settle } from '../../../support/engine/fakeClock.ts';
import { itemsKey, type Behaviour } from '../../../support/engine/modelService.ts';
import { filesOf, openWrites as open, stateOf, textsOf } from '../../../support/engine/writesDesk.ts';

describe('a write', () => {
  it('is shown at once, sent, and applied when the service says so', async () => {
    const desk = open();
    const end = desk.writes.run(desk.kinds.add, 'a', 'hello');
    assert.deepEqual(textsOf(desk), ['hello']);
    await settle();
    assert.equal(stateOf(desk), 'sending');
    await desk.clock.advance(2_000);
    const { state, subject } = await end;
    assert.deepEqual(
      { state, subject },
      { state: { kind: 'applied', at: desk.clock.now() - 500, by: undefined }, subject: 'item a' },
    );
    assert.deepEqual(filesOf(desk), [], 'nothing is left on disk');
    assert.deepEqual(textsOf(desk), ['hello'], 'the look stays until the list has it');
    desk.store.update(itemsKey, { asOf: desk.clock.now(), records: [{ id: 'a', texts: ['hello'] }] });
    assert.deepEqual(textsOf(desk), ['hello']);
  });

  it('is rolled back when the service refuses, and can be tried again with what was typed', async () => {
    const desk = open({}, 'refuses');
    const end = await desk.writes.run(desk.kinds.add, 'a', 'hello');
    assert.deepEqual(end.state, { kind: 'failed', failure: 'no' });
    assert.deepEqual(textsOf(desk), []);
    await desk.clock.advance(24 * 3_600_000);
    assert.equal(desk.writes.list()[0]?.typed, 'hello', 'it waits for a person');
    const again = desk.writes.retry(end.id);
    await desk.clock.advance(2_000);
    assert.equal((await again)?.state.kind, 'applied');
    assert.deepEqual(desk.service.applied.get('a'), ['hello']);
  });

  it('that failed is listed until it is tried again, done another way or discarded', async () => {
    for (const act of ['retry', 'run', 'discard'] as const) {
      const desk = open({}, 'refuses');
      const kind = { ...desk.kinds.add, typed: () => undefined };
      const { id } = await desk.writes.run(kind, 'a', 'hello');
      await desk.clock.advance(24 * 3_600_000);
      assert.equal(stateOf(desk), 'failed', 'a day later');
      const again = act === 'retry' ? desk.writes.retry(id) : undefined;
      if (act === 'run') void desk.writes.run(kind, 'a', 'hello');
      if (act === 'discard') desk.writes.discard(id);
      await desk.clock.advance(2_000);
      await again;
      assert.equal(stateOf(desk), act === 'discard' ? '' : 'applied', act);
      await desk.clock.advance(600_000);
      assert.deepEqual([stateOf(desk), filesOf(desk)], ['', []]);
    }
  });

  it('is sent with what it means at the time when it is tried again', async () => {
    for (const first of ['refuses', 'never'] as const) {
      const desk = open({}, first);
      const kind = { ...desk.kinds.add, repeatable: true, again: (_: string, now: number) => `at ${now}` };
      const ending = desk.writes.run(kind, 'a', 'at first');
      await desk.clock.advance(3_600_000);
      const { id, state } = await ending;
      assert.equal(state.kind, first === 'refuses' ? 'failed' : 'unconfirmed');
      const now = desk.clock.now();
      const again = desk.writes.retry(id) ?? assert.fail('it is gone');
      assert.deepEqual(textsOf(desk), [`at ${now}`], 'the row shows what is sent');
      await desk.clock.advance(2_000);
      assert.equal((await again).state.kind, 'applied');
      assert.deepEqual(desk.service.applied.get('a'), [`at ${now}`]);
    }
  });

  it('is not tried again when its time has passed, and can still be taken back', async () => {
    const desk = open({}, 'refuses');
    const kind = { ...desk.kinds.add, again: () => undefined };
    const { id } = await desk.writes.run(kind, 'a', 'hello');
    assert.equal(desk.writes.isOutdated(id), true);
    assert.equal(desk.writes.retry(id), undefined);
    await desk.clock.advance(2_000);
    assert.deepEqual(desk.service.arrivals.size, 0, 'nothing was sent');
    assert.equal(desk.writes.list()[0]?.typed, 'hello');
    desk.writes.discard(id);
    assert.deepEqual(desk.writes.list(), []);
  });

  it('is not sent again by itself when no answer came, and is read back', async () => {
    const desk = open({}, 'lostAfter', 'lostBefore', 'lostBefore');
    const found = desk.writes.run(desk.kinds.note, 'a', 'one');
    const gone = desk.writes.run(desk.kinds.note, 'b', 'two');
    await desk.clock.advance(30_000);
    assert.equal((await found).state.kind, 'applied');
    assert.deepEqual((await gone).state, { kind: 'unconfirmed', failure: 'lost' });
    const again = desk.writes.retry((await gone).id);
    await desk.clock.advance(30_000);
    assert.equal((await again)?.state.kind, 'unconfirmed', 'a person tried again, and still nobody knows');
    assert.equal(desk.service.script.length, 1, 'it was not sent a second time');
  });

  it('whose end is unknown is sent again only by a person, and only if sending twice does no harm', async () => {
    const desk = open({}, 'lostBefore');
    const first = desk.writes.run(desk.kinds.mark, 'a', 'x');
    await desk.clock.advance(30_000);
    const again = desk.writes.retry((await first).id);
    await desk.clock.advance(30_000);
    assert.equal((await again)?.state.kind, 'applied');
  });

  it('waits as long as the service asks, with all others to it, and gives up after some tries', async () => {
    const desk = open({}, 'busy');
    const first = desk.writes.run(desk.kinds.add, 'a', 'one');
    await settle();
    const second = desk.writes.run(desk.kinds.add, 'b', 'two');
    await desk.clock.advance(2_900);
    assert.equal(stateOf(desk), 'waiting waiting');
    const { state } = desk.writes.list()[0] as EndedWrite<string>;
    assert.deepEqual(state, { kind: 'waiting', until: desk.clock.now() + 100 });
    await desk.clock.advance(2_000);
    assert.deepEqual([(await first).state.kind, (await second).state.kind], ['applied', 'applied']);
    desk.service.script.push(...Array<Behaviour>(10).fill('busy'));
    const third = desk.writes.run(desk.kinds.add, 'a', 'three');
    await desk.clock.advance(600_000);
    assert.deepEqual((await third).state, { kind: 'failed', failure: 'busy' });
  });

  it('is not sent when one before it to its record did not go through, unless it stands for itself', async () => {
    const desk = open({}, 'refuses', 'atOnce');
    const ends = [
      desk.writes.run(desk.kinds.add, 'a', 'one'),
      desk.writes.run(desk.kinds.add, 'a', 'two'),
      desk.writes.run(desk.kinds.note, 'a', 'three'),
    ];
    await desk.clock.advance(5_000);
    const states = (await Promise.all(ends)).map(({ state }) => state);
    assert.deepEqual(states[1], { kind: 'notSent', because: 'earlierFailed' });
    assert.equal(states[2]?.kind, 'applied');
    assert.deepEqual(desk.service.applied.get('a'), ['three']);
  });

  it('can be cancelled while it waits, and no longer', async () => {
    const desk = open();
    const abort = new AbortController();
    const first = desk.writes.run(desk.kinds.add, 'a', 'one', abort.signal);
    const second = desk.writes.run(desk.kinds.add, 'a', 'two', abort.signal);
    await settle();
    abort.abort();
    await desk.clock.advance(5_000);
    assert.equal((await first).state.kind, 'applied');
    assert.deepEqual((await second).state, { kind: 'notSent', because: 'cancelled' });
  });

  it('can be cancelled while its service answers that it is busy, and is not sent again then', async () => {
    const desk = open();
    const answers: ((sent: Sent<string>) => void)[] = [];
    const slow = { ...desk.kinds.add, send: () => new Promise<Sent<string>>((resolve) => answers.push(resolve)) };
    const abort = new AbortController();
    const end = desk.writes.run(slow, 'a', 'one', abort.signal);
    await settle();
    abort.abort();
    answers.shift()?.({ kind: 'busy', failure: 'busy', retryAfterMs: 30_000 });
    await settle();
    assert.deepEqual((await end).state, { kind: 'notSent', because: 'cancelled' });
    await desk.clock.advance(60_000);
    assert.equal(answers.length, 0, 'it was sent again');
    const again = desk.writes.retry((await end).id);
    await settle();
    answers.shift()?.({ kind: 'busy', failure: 'busy', retryAfterMs: 30_000 });
    await desk.clock.advance(30_000);
    answers.shift()?.({ kind: 'applied' });
    assert.equal((await again)?.state.kind, 'applied', 'a person wants it after all');
  });

  it('can be cancelled until the moment in which it is sent', async () => {
    const desk = open();
    const abort = new AbortController();
    const rename = desk.disk.rename.bind(desk.disk);
    desk.disk.rename = (from, to) => {
      abort.abort();
      return rename(from, to);
    };
    const end = desk.writes.run(desk.kinds.add, 'a', 'one', abort.signal);
    await desk.clock.advance(5_000);
    assert.deepEqual((await end).state, { kind: 'notSent', because: 'cancelled' });
    assert.equal(desk.service.arrivals.size, 0);
  });

  it('can be undone for a while where its kind knows how', async () => {
    const desk = open();
    const end = desk.writes.run(desk.kinds.mark, 'a', 'x');
    await desk.clock.advance(2_000);
    const { id, undoUntil } = await end;
    assert.ok(undoUntil !== undefined && undoUntil > desk.clock.now());
    const undone = desk.writes.undo(id);
    await desk.clock.advance(2_000);
    assert.equal((await undone)?.state.kind, 'applied');
    assert.deepEqual(desk.service.applied.get('a'), ['x', 'not x']);
    const later = desk.writes.run(desk.kinds.mark, 'a', 'y');
    await desk.clock.advance(10 * 60_000);
    assert.equal(desk.writes.undo((await later).id), undefined);
  });

  it('keeps a few under way at once, and no more', async () => {
    const desk = open();
    for (let each = 0; each < 40; each++) void desk.writes.run(desk.kinds.add, `record ${each}`, `text ${each}`);
    await settle();
    assert.equal(desk.service.arrivals.size, 4);
    await desk.clock.advance(60_000);
    assert.equal(desk.ends.length, 40);
  });

  it('is sent also when the disk is full, and the log says what that means', async () => {
    const desk = open();
    desk.disk.refusal = new Error('disk full');
    const end = desk.writes.run(desk.kinds.add, 'a', 'one');
    await desk.clock.advance(2_000);
    assert.equal((await end).state.kind, 'applied');
    assert.equal(desk.log.lines.filter((line) => line.startsWith('error')).length, 1);
  });
});

describe('what a window leaves behind', () => {
  it('is read back by the next one, and never sent', async () => {
    const desk = open({}, 'later', 'never');
    void desk.writes.run(desk.kinds.add, 'a', 'sent');
    void desk.writes.run(desk.kinds.add, 'a', 'queued');
    await settle();
    desk.writes.dispose();
    await desk.clock.advance(2_000);
    const next = open(desk);
    await next.writes.recover();
    await desk.clock.advance(30_000);
    assert.deepEqual(
      next.ends.map(({ typed, recovered, state: { kind } }) => ({ typed, recovered, kind })),
      [
        { typed: 'queued', recovered: true, kind: 'notSent' },
        { typed: 'sent', recovered: true, kind: 'applied' },
      ],
    );
    assert.equal(desk.service.arrivals.size, 1);
    assert.equal(next.writes.list().find(({ typed }) => typed === 'queued')?.retryable, true);
  });

  it('stays with a window that is open, and is taken over by one window only', async () => {
    const desk = open({}, 'never');
    void desk.writes.run(desk.kinds.add, 'a', 'mine');
    await settle();
    const other = open(desk);
    const claim = other.writes.recover();
    await desk.clock.advance(10_000);
    assert.deepEqual([filesOf(desk).length, stateOf(other)], [1, 'sending'], 'shown while it is under way');
    await desk.clock.advance(16_000);
    await claim;
    assert.deepEqual([stateOf(desk), stateOf(other), other.ends], ['unconfirmed', '', []], 'and not taken over');
    desk.writes.dispose();
    const third = open(desk);
    await Promise.all([other.writes.recover(), third.writes.recover()]);
    const taken = [...other.writes.list(), ...third.writes.list()].filter(({ typed }) => typed !== undefined);
    assert.equal(taken.length, 1);
  });

  it('still has what was typed when the disk refuses to record how it ended, and is read back first', async () => {
    const desk = open({}, 'refusesLater', 'never');
    const ends = ['no', 'perhaps'].map((text) => desk.writes.run(desk.kinds.add, text, `a long story: ${text}`));
    await settle();
    desk.disk.refusal = new Error('no renames');
    desk.disk.onlyRenames = true;
    await desk.clock.advance(20 * 60_000);
    const kinds = (await Promise.all(ends)).map(({ state }) => state.kind);
    assert.deepEqual(kinds, ['failed', 'unconfirmed']);
    desk.writes.dispose();
    desk.disk.refusal = undefined;
    const next = open(desk);
    await next.writes.recover();
    await desk.clock.advance(20 * 60_000);
    assert.deepEqual(
      next.writes.list().map(({ typed, state }) => [typed, state.kind]),
      [
        ['a long story: no', 'failed'],
        ['a long story: perhaps', 'unconfirmed'],
      ],
    );
    assert.deepEqual([...next.service.arrivals.values()], [1, 1], 'nothing was sent again');
  });

  it('is not sent when the disk refuses to record that: the next window must not take it for unsent', async () => {
    const desk = open();
    desk.disk.refusal = new Error('no renames');
    desk.disk.onlyRenames = true;
    const end = desk.writes.run(desk.kinds.note, 'a', 'one');
    await settle();
    assert.equal(desk.service.arrivals.get('one'), 1);
    assert.deepEqual(filesOf(desk), []);
    await desk.clock.advance(30_000);
    assert.equal((await end).state.kind, 'applied');
  });

  it('is set aside when it cannot be read, and kept for a person when its kind is not known', async () => {
    const desk = open();
    desk.disk.files.set('one.gone.sent.json', 'not json');
    const saved = { version: 1, id: 'two', kind: 'items.unheard', feed: 'items', record: 'a', subject: 'item a' };
    const more = { title: 'sing', payload: { text: 'la' }, at: desk.clock.now(), scope: 'site' };
    desk.disk.files.set('two.gone.sent.json', JSON.stringify({ ...saved, ...more }));
    const claim = desk.writes.recover();
    await desk.clock.advance(10 * 60_000);
    await claim;
    assert.equal([...desk.disk.files.keys()].filter((name) => name.endsWith('.bad')).length, 1);
    const [left] = desk.writes.list();
    assert.deepEqual([left?.state.kind, left?.typed, left?.retryable], ['unconfirmed', '{"text":"la"}', false]);
    desk.writes.discard('two');
    await settle();
    assert.deepEqual(filesOf(desk), []);
  });

  it('is what was typed for a failed write, until it is taken back', async () => {
    const desk = open({}, 'refuses');
    await desk.writes.run(desk.kinds.note, 'a', 'a long story');
    await settle();
    desk.writes.dispose();
    const next = open(desk);
    await next.writes.recover();
    const [left] = next.writes.list();
    assert.deepEqual([left?.state.kind, left?.typed], ['failed', 'a long story']);
    assert.deepEqual(next.ends, [], 'it was reported when it happened');
    next.writes.discard(left?.id ?? '');
    await settle();
    assert.deepEqual(filesOf(desk), []);
  });

  it('is what did not go through, with its reason, for a day when nothing was typed', async () => {
    const desk = open({}, 'refuses');
    const { state } = await desk.writes.run(desk.kinds.mark, 'a', 'one');
    assert.equal(state.kind, 'failed');
    await settle();
    desk.writes.dispose();
    const next = open(desk);
    await next.writes.recover();
    assert.deepEqual(
      next.writes.list().map((each) => [each.state, each.typed, each.retryable]),
      [[state, undefined, true]],
    );
    next.writes.dispose();
    await desk.clock.advance(25 * 60 * 60_000);
    const later = open(desk);
    const claim = later.writes.recover();
    await desk.clock.advance(60_000);
    await claim;
    assert.deepEqual(later.writes.list(), []);
    assert.deepEqual(filesOf(desk), []);
  });
});
