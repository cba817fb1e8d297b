import assert from 'node:assert/strict';
import { alertWrites } from '../../src/feeds/alertWrites.ts';
import { createAtlassian } from '../../src/sources/atlassian/connection.ts';
import { createOps, type Ops } from '../../src/sources/atlassian/ops/client.ts';
import { createHttp } from '../../src/sources/http.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { people, tokens } from '../simulator/world.ts';
import { waitFor } from '../support/waitFor.ts';

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
    return createOps(connection);
  }

  const { acknowledge } = alertWrites({
    ops: () => Promise.resolve(client()),
    account: () => undefined,
    readAgain: () => undefined,
  });

  async function openAlert(): Promise<string> {
    const read = await client().listAlerts({ query: 'status: open' });
    const found = read.ok ? read.value.alerts.find((alert) => alert.status === 'open') : undefined;
    assert.ok(found !== undefined);
    return found.id;
  }

  it('are accepted, then confirmed by their receipt and by reading back', async () => {
    const wish = { record: await openAlert(), payload: null, at: Date.now() };
    assert.deepEqual(await acknowledge.readBack?.(wish), { kind: 'pending' });
    const sent = await acknowledge.send(wish);
    assert.ok(sent.kind === 'accepted' && sent.receipt !== undefined);
    const { receipt } = sent;
    await waitFor('the confirmation', async () => (await acknowledge.confirm?.(receipt, wish))?.kind === 'applied');
    await waitFor('the list', async () => (await acknowledge.readBack?.(wish))?.kind === 'applied');
  });

  it('tell what was not taken from what may have been', async () => {
    const wish = { record: await openAlert(), payload: null, at: Date.now() };
    const kinds: string[] = [];
    for (const kind of ['forbidden', 'rateLimited', 'server', 'garbage'] as const) {
      simulator.fault('atlassianApi', { kind, match: 'POST .*/acknowledge', times: 1 });
      kinds.push((await acknowledge.send(wish)).kind);
    }
    assert.deepEqual(kinds, ['refused', 'busy', 'unknown', 'unknown']);
  });

  it('are not called applied when the service took them for an alert that it does not know', async () => {
    const wish = { record: '00000000-0000-0000-0000-000000000000', payload: null, at: Date.now() };
    const sent = await acknowledge.send(wish);
    assert.ok(sent.kind === 'accepted' && sent.receipt !== undefined);
    const { receipt } = sent;
    await waitFor('the refusal', async () => (await acknowledge.confirm?.(receipt, wish))?.kind === 'refused');
  });
});
