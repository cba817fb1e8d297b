import assert from 'node:assert/strict';
import { people, tokens } from '../../simulator/world.ts';
import { kindOf, opsFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

const unknown = '9b251e07-73c9-4907-9996-8cb53a6a20d0-1767571200123';

describe('notes and the activity log of an alert', () => {
  const fixture = opsFixture();
  const turn = (name: string, value: unknown): void => fixture.simulator.switch('atlassian', name, value);
  const target = async (): Promise<string> => {
    const [alert] = valueOf(await fixture.ops().listAlerts({ query: 'action: RestartReplica' })).alerts;
    return alert?.id ?? assert.fail('there is none');
  };

  it('a note is there when the service answers, once, with its author', async () => {
    const id = await target();
    const text = 'Looking.\n"Quotes", ünïcode and $(rm)';
    const note = valueOf(await fixture.ops().addNote(id, text));
    assert.deepEqual([note.text, note.author], [text, people[0].email]);
    // More digits than a number holds.
    assert.match(note.id, /^\d{19}$/);
    const { records, completeness } = valueOf(await fixture.ops().listNotes(id));
    assert.deepEqual([records, completeness], [[note], { kind: 'complete' }]);
    const log = valueOf(await fixture.ops().listLog(id)).records;
    assert.equal(log.at(-1)?.text, 'Note added');
  });

  it('keeps whatever the service says of the author', async () => {
    turn('noteOwnerForm', 'displayName');
    const note = valueOf(await fixture.ops().addNote(await target(), 'Looking'));
    assert.equal(note.author, people[0].name);
  });

  for (const order of ['newestFirst', 'oldestFirst']) {
    it(`reads every page, oldest first, whatever the order of the service (${order})`, async () => {
      turn('notesOrder', order);
      turn('logsOrder', order);
      const id = await target();
      const written = Array.from({ length: 230 }, (_, index) => `note ${index}`);
      for (const text of written) {
        valueOf(await fixture.ops().addNote(id, text));
        fixture.simulator.advance(10);
      }
      const notes = valueOf(await fixture.ops().listNotes(id));
      assert.deepEqual(
        notes.records.map(({ text }) => text),
        written,
      );
      const log = valueOf(await fixture.ops().listLog(id));
      assert.deepEqual([log.records.length, log.completeness.kind], [231, 'complete']);
      assert.match(log.records[0]?.text ?? '', /^Alert created/);
    });
  }

  it('says so when there are more than it reads', async () => {
    const logTime = '2026-08-26T13:00:00Z';
    const page = (number: number) =>
      Array.from({ length: 100 }, (_, index) => ({ logTime, log: `${number}, ${index}` }));
    let pages = 0;
    fixture.wire.tamper = (path) =>
      path.endsWith('/logs') ? { values: page(++pages), links: { next: `/v1/x?after=1_${pages}` } } : undefined;
    const { records, completeness } = valueOf(await fixture.ops().listLog(await target()));
    assert.deepEqual([records.length, pages], [1_000, 10]);
    assert.equal(completeness.kind === 'partial' && completeness.reason, 'only the first 1,000 were read');
  });

  it('stops when pages repeat', async () => {
    const id = await target();
    fixture.wire.tamper = (path) =>
      path.endsWith('/logs')
        ? { values: [{ logTime: '2026-08-26T13:00:00Z', log: 'a' }], links: { next: '/v1/x?after=1_1' } }
        : undefined;
    const read = valueOf(await fixture.ops().listLog(id));
    assert.equal(read.completeness.kind, 'partial');
    assert.equal(fixture.wire.calls.filter((call) => call.endsWith('/logs')).length, 2);
  });

  it('ends after a few pages without new records, however new their links, and gives each record once', async () => {
    const id = await target();
    let pages = 0;
    const values = [{ logTime: '2026-08-26T13:00:00Z', log: 'a' }];
    fixture.wire.tamper = (path) =>
      path.endsWith('/logs') ? { values, links: { next: `/v1/x?after=1_${++pages}` } } : undefined;
    const read = valueOf(await fixture.ops().listLog(id));
    assert.deepEqual([read.records.length, pages], [1, 3]);
    assert.match(read.completeness.kind === 'partial' ? read.completeness.reason : '', /gives only 1$/);
  });

  it('skips and counts what cannot be read', async () => {
    const id = await target();
    fixture.wire.tamper = (path, body) => {
      const { values } = body as { values: unknown[] };
      return path.endsWith('/logs') ? { values: [...values, { logTime: 'yesterday' }, null] } : undefined;
    };
    assert.equal(valueOf(await fixture.ops().listLog(id)).skipped, 2);
  });

  it('does not send an empty note, one that is too long, or one to what is no alert', async () => {
    const id = await target();
    const ops = fixture.ops();
    assert.equal(kindOf(await ops.addNote(id, ' \n')), 'rejected');
    assert.equal(kindOf(await ops.addNote(id, 'x'.repeat(25_001))), 'rejected');
    assert.equal(kindOf(await ops.addNote('../teams', 'hello')), 'rejected');
    assert.ok(!fixture.wire.calls.some((call) => call.startsWith('POST')));
    valueOf(await ops.addNote(id, 'x'.repeat(25_000)));
  });

  it('distinguishes a missing alert, one that may not be seen, and a missing scope', async () => {
    const id = await target();
    assert.equal(kindOf(await fixture.ops().addNote(unknown, 'hello')), 'notFound');
    assert.equal(kindOf(await fixture.ops().listNotes(unknown)), 'notFound');
    assert.equal(kindOf(await fixture.ops(tokens.atlassian.noOps).listLog(id)), 'forbidden');
    turn('scopes', ['read:ops-alert:jira-service-management']);
    assert.equal(kindOf(await fixture.ops(tokens.atlassian.scoped).addNote(id, 'hello')), 'unauthorized');
  });

  it('distinguishes a note whose answer was lost from one that was refused', async () => {
    const id = await target();
    turn('dropAfterWrite', 1);
    assert.equal(kindOf(await fixture.ops().addNote(id, 'kept')), 'unreachable');
    assert.deepEqual(
      valueOf(await fixture.ops().listNotes(id)).records.map(({ text }) => text),
      ['kept'],
    );
  });
});
