import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok } from '../../../../src/domain/base/result.ts';
import { AlertDetailsReader } from '../../../../src/feeds/alerts/details.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';

const id = '9b251e07-73c9-4907-9996-8cb53a6a20d0-1767571200123';
const minute = 60_000;

/** A service whose answers a test decides, and a clock that it moves. */
function setUp() {
  const service = {
    now: 1_000_000,
    asked: 0,
    notified: 0,
    alert: alert(id, { updatedAt: 1, responders: [{ id: 't', type: 'team' as const }] }),
    failure: undefined as Failure | undefined,
    notes: ['Looking'],
    gate: Promise.resolve(),
  };
  const answer = async <T>(value: T) => {
    await service.gate;
    return service.failure === undefined ? ok(value) : fail(service.failure);
  };
  const listing = <T>(records: readonly T[]) => ({ records, skipped: 0, completeness: { kind: 'complete' as const } });
  const ops = {
    getAlert: () => {
      service.asked++;
      return answer(service.alert);
    },
    listNotes: () =>
      answer(listing(service.notes.map((text) => ({ id: '1', text, createdAt: 1, updatedAt: 1, author: 'dana' })))),
    listLog: () => answer(listing([{ at: 1, type: 'system', text: 'Alert created', author: 'system' }])),
    responderNames: () => Promise.resolve(new Map([['t', 'DRE']])),
  };
  const reader = new AlertDetailsReader(
    () => Promise.resolve(ops as never),
    () => service.now,
    () => service.notified++,
  );
  return { service, reader };
}

describe('reading an alert in full', () => {
  it('returns the alert, its notes, its log and who is asked to respond', async () => {
    const { service, reader } = setUp();
    const reading = reader.read(id);
    assert.equal(reader.state(id).reading, true);
    await reading;
    const { alert: read, notes, log, names, reading: isReading } = reader.state(id);
    assert.deepEqual(
      [read.value, notes.value?.records[0]?.text, log.value?.records.length, names.get('t'), isReading],
      [service.alert, 'Looking', 1, 'DRE', false],
    );
    assert.equal(service.notified, 2, 'when it began and when it ended');
  });

  it('asks once, however many want to know', async () => {
    const { service, reader } = setUp();
    await Promise.all([reader.read(id), reader.read(id)]);
    reader.follow(id, undefined);
    assert.equal(service.asked, 1);
  });

  it('asks nothing for what is not an id', async () => {
    const { service, reader } = setUp();
    await reader.read('../teams');
    assert.equal(service.asked, 0);
  });

  it('keeps what was good beside a failure', async () => {
    const { service, reader } = setUp();
    await reader.read(id);
    service.failure = { kind: 'server', service: 'ops', operation: 'read alert' };
    await reader.read(id);
    const { alert: read, notes, log } = reader.state(id);
    assert.deepEqual(
      [read, notes, log].map(({ failure }) => failure?.kind),
      ['server', 'server', 'server'],
    );
    assert.deepEqual([read.value?.id, notes.value?.records.length, log.value?.records.length], [id, 1, 1]);
  });

  it('reads again when somebody does something to it, and when it leaves the list', async () => {
    const { service, reader } = setUp();
    const listed = (more: Partial<Alert>): Alert => ({ ...service.alert, ...more });
    const asked = async (seen: Alert | undefined): Promise<number> => {
      reader.follow(id, seen);
      await new Promise(setImmediate);
      return service.asked;
    };
    assert.equal(await asked(listed({})), 1, 'not known yet');
    assert.equal(await asked(listed({})), 1, 'nothing new');
    assert.equal(await asked(listed({ updatedAt: 2 })), 2, 'a note, for example');
    assert.equal(await asked(undefined), 3, 'closed');
    assert.equal(await asked(undefined), 3, 'still closed');
  });

  it('reads at most every five minutes when it only occurs again', async () => {
    const { service, reader } = setUp();
    await reader.read(id, { ...service.alert, count: 1 });
    for (let count = 2; count < 12; count++) {
      service.now += minute;
      reader.follow(id, { ...service.alert, updatedAt: count, count });
      await new Promise(setImmediate);
    }
    assert.equal(service.asked, 3);
  });

  it('does not read without end when it cannot be read', async () => {
    const { service, reader } = setUp();
    service.failure = { kind: 'notFound', service: 'ops', operation: 'read alert' };
    for (let time = 0; time < 5; time++) {
      reader.follow(id, undefined);
      await new Promise(setImmediate);
    }
    assert.equal(service.asked, 1);
  });

  it('keeps the fifty that were opened last', async () => {
    const { service, reader } = setUp();
    const ids = Array.from({ length: 60 }, (_, index) => id.replace(/^9b/, String(10 + index)));
    for (const each of ids) await reader.read(each);
    assert.equal(service.asked, 60);
    const known = ids.filter((each) => reader.state(each).alert.value !== undefined);
    assert.deepEqual(known, ids.slice(10));
  });

  it('drops all, and takes no answer of before', async () => {
    const { service, reader } = setUp();
    let open = (): void => undefined;
    service.gate = new Promise((resolve) => (open = resolve));
    const reading = reader.read(id);
    reader.reset();
    open();
    await reading;
    assert.equal(reader.state(id).alert.value, undefined);
    assert.equal(reader.state(id).reading, false);
  });

  it('ends when our own code fails', async () => {
    const reader = new AlertDetailsReader(
      () => Promise.reject(new Error('could not be loaded')),
      () => 0,
      () => undefined,
    );
    await reader.read(id);
    assert.equal(reader.state(id).alert.failure?.kind, 'malformed');
    assert.equal(reader.state(id).reading, false);
  });
});
