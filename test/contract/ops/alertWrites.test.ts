import assert from 'node:assert/strict';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import type { WriteKind } from '../../../src/engine/writes/kind.ts';
import { alertWrites } from '../../../src/feeds/alerts/writes.ts';
import { createAtlassian } from '../../../src/sources/atlassian/connection.ts';
import { createOps, type Ops } from '../../../src/sources/atlassian/ops/client.ts';
import { createHttp } from '../../../src/sources/http.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { people, teamId, tokens } from '../../simulator/world.ts';
import { waitFor } from '../../support/base/waitFor.ts';

describe('writes to alerts and the service', () => {
  let simulator: Simulator;
  before(async () => (simulator = await startSimulator({ services: ['atlassian'] })));
  afterEach(() => {
    simulator.clearFaults();
    simulator.reset();
  });
  after(() => simulator.stop());

  function client(): Ops {
    const connection = createAtlassian({
      http: createHttp({ fetch, now: Date.now }),
      site: new URL(simulator.addresses.atlassianSite),
      apiUrl: new URL(simulator.addresses.atlassianApi),
      credentials: () => Promise.resolve({ email: people[0].email, token: tokens.atlassian.classic }),
      log: () => undefined,
    });
    return createOps(connection, Date.now);
  }

  const kinds = alertWrites({
    ops: () => Promise.resolve(client()),
    around: () => ({ account: undefined, people: [] }),
    readAgain: () => undefined,
    noted: () => undefined,
  });
  const { acknowledge } = kinds;

  async function openAlert(): Promise<string> {
    const read = await client().listAlerts({ query: 'status: open' });
    const found = read.ok ? read.value.alerts.find((alert) => alert.status === 'open') : undefined;
    assert.ok(found !== undefined);
    return found.id;
  }

  async function alertOf(id: string): Promise<Alert> {
    const read = await client().getAlert(id);
    assert.ok(read.ok);
    return read.value;
  }

  it('are accepted, then confirmed by their receipt and by reading back', async () => {
    const requested = { record: await openAlert(), payload: null, at: Date.now() };
    assert.deepEqual(await acknowledge.readBack?.(requested), { kind: 'absent' });
    const sent = await acknowledge.send(requested);
    assert.ok(sent.kind === 'accepted' && sent.receipt !== undefined);
    const { receipt } = sent;
    await waitFor(
      'the confirmation',
      async () => (await acknowledge.confirm?.(receipt, requested))?.kind === 'applied',
    );
    await waitFor('the list', async () => (await acknowledge.readBack?.(requested))?.kind === 'applied');
  });

  it('distinguish what was not taken from what may have been', async () => {
    const requested = { record: await openAlert(), payload: null, at: Date.now() };
    const ends: string[] = [];
    for (const kind of ['forbidden', 'rateLimited', 'server', 'garbage'] as const) {
      simulator.fault('atlassianApi', { kind, match: 'POST .*/acknowledge', times: 1 });
      ends.push((await acknowledge.send(requested)).kind);
    }
    assert.deepEqual(ends, ['refused', 'busy', 'unknown', 'unknown']);
  });

  it('are not called applied when the service took them for an alert that it does not know', async () => {
    const requested = { record: '00000000-0000-0000-0000-000000000000', payload: null, at: Date.now() };
    const sent = await acknowledge.send(requested);
    assert.ok(sent.kind === 'accepted' && sent.receipt !== undefined);
    const { receipt } = sent;
    await waitFor('the refusal', async () => (await acknowledge.confirm?.(receipt, requested))?.kind === 'refused');
  });

  /** Sends one and waits for its receipt; returns the alert as the service then has it. */
  async function perform<P>(kind: WriteKind<Alert, P, Failure>, record: string, payload: P): Promise<Alert> {
    const before = await alertOf(record);
    const requested = {
      record,
      payload: kind.readPayload(JSON.parse(JSON.stringify(payload))) ?? payload,
      at: Date.now(),
    };
    assert.notEqual(kind.readPayload(payload), undefined, 'what is sent can be read from the disk');
    const sent = await kind.send(requested);
    assert.ok(sent.kind === 'accepted' && sent.receipt !== undefined, kind.name);
    const { receipt } = sent;
    await waitFor(kind.name, async () => (await kind.confirm?.(receipt, requested))?.kind === 'applied');
    const after = await alertOf(record);
    assert.ok(kind.shown(after, payload), `${kind.name} is shown by the service`);
    assert.ok(kind.shown(kind.apply(before, payload, Date.now()), payload), `${kind.name} looks as it is shown`);
    if (kind.readBack !== undefined) assert.equal((await kind.readBack(requested)).kind, 'applied', kind.name);
    return after;
  }

  it('of every kind have their effect, show it at once, and can be read back', async () => {
    const id = await openAlert();
    const now = simulator.world().now();
    assert.equal((await perform(kinds.acknowledge, id, null)).status, 'acknowledged');
    assert.equal((await perform(kinds.unacknowledge, id, null)).status, 'open');
    const until = Math.max(now, Date.now()) + 3_600_000;
    assert.equal((await perform(kinds.snooze, id, { until })).snoozedUntil, until);
    const [, { accountId, name } = people[0]] = people;
    assert.equal((await perform(kinds.assign, id, { accountId, name })).owner, name);
    const before = (await alertOf(id)).tags;
    assert.deepEqual((await perform(kinds.addTags, id, { tags: ['one', 'two'] })).tags, [...before, 'one', 'two']);
    assert.deepEqual((await perform(kinds.removeTags, id, { tags: ['one'] })).tags, [...before, 'two']);
    assert.equal((await perform(kinds.setPriority, id, { priority: 'P5' })).priority, 'P5');
    const escalations = await client().listEscalations(teamId);
    const escalation = escalations.ok ? escalations.value.records[0] : undefined;
    assert.ok(escalation !== undefined);
    await perform(kinds.escalate, id, { escalationId: escalation.id, name: escalation.name });
    assert.equal((await perform(kinds.close, id, null)).status, 'closed');
  });

  it('of notes are done at once, and are found again when no answer came', async () => {
    const wanted = { record: await openAlert(), payload: { text: 'Looking.' }, at: simulator.world().now() };
    const requested = { ...wanted, seenBefore: await kinds.addNote.readBefore?.(wanted) };
    assert.deepEqual(await kinds.addNote.readBack?.(requested), { kind: 'absent' });
    simulator.switch('atlassian', 'dropAfterWrite', 1);
    assert.equal((await kinds.addNote.send(requested)).kind, 'unknown');
    assert.deepEqual(await kinds.addNote.readBack?.(requested), { kind: 'applied' });
    assert.deepEqual(await kinds.addNote.send(requested), { kind: 'applied' });
  });

  it('of notes are not taken for applied because the same text was there before', async () => {
    const wanted = { record: await openAlert(), payload: { text: 'Looking.' }, at: simulator.world().now() };
    assert.ok((await client().addNote(wanted.record, 'Looking.')).ok);
    assert.deepEqual(await kinds.addNote.readBack?.(wanted), { kind: 'pending' }, 'nothing was read before');
    const requested = { ...wanted, seenBefore: await kinds.addNote.readBefore?.(wanted) };
    assert.deepEqual(await kinds.addNote.readBack?.(requested), { kind: 'absent' });
    simulator.switch('atlassian', 'dropAfterWrite', 1);
    assert.equal((await kinds.addNote.send(requested)).kind, 'unknown');
    assert.deepEqual(await kinds.addNote.readBack?.(requested), { kind: 'applied' });
  });

  it('are not called applied where the alert was closed by somebody else meanwhile', async () => {
    const record = await openAlert();
    assert.ok((await client().close(record)).ok);
    await waitFor('the alert to be closed', async () => (await alertOf(record)).status === 'closed');
    const closed = { kind: 'overtaken', by: 'closed meanwhile' };
    const at = Date.now();
    const until = at + 3_600_000;
    const { accountId, name } = people[1] ?? people[0];
    const answers = [
      await kinds.acknowledge.readBack?.({ record, payload: null, at }),
      await kinds.unacknowledge.readBack?.({ record, payload: null, at }),
      await kinds.snooze.readBack?.({ record, payload: { until }, at }),
      await kinds.assign.readBack?.({ record, payload: { accountId, name }, at }),
      await kinds.addTags.readBack?.({ record, payload: { tags: ['new'] }, at }),
      await kinds.setPriority.readBack?.({ record, payload: { priority: 'P5' }, at }),
    ];
    assert.deepEqual(answers, Array(answers.length).fill(closed));
    assert.deepEqual(await kinds.close.readBack?.({ record, payload: null, at }), { kind: 'applied' });
  });

  it('say who acknowledged, where somebody else was first', async () => {
    const record = await openAlert();
    assert.ok((await client().acknowledge(record)).ok);
    await waitFor('the alert to be acknowledged', async () => (await alertOf(record)).status === 'acknowledged');
    const read = await acknowledge.readBack?.({ record, payload: null, at: Date.now() });
    assert.deepEqual(read, { kind: 'applied', by: (await alertOf(record)).owner });
  });

  it('refuse a snooze that ends in the past, before anything is sent', async () => {
    const record = await openAlert();
    simulator.resetRequests();
    const sent = await kinds.snooze.send({ record, payload: { until: Date.now() - 1 }, at: Date.now() });
    assert.equal(sent.kind, 'refused');
    assert.deepEqual(simulator.requests(), []);
  });
});
