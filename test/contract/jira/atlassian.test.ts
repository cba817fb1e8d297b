import assert from 'node:assert/strict';
import { createAtlassian, type Atlassian } from '../../../src/sources/atlassian/connection.ts';
import { createJira } from '../../../src/sources/atlassian/jira/client.ts';
import { createOps } from '../../../src/sources/atlassian/ops/client.ts';
import { createHttp } from '../../../src/sources/http.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { epicKey, people, tokens } from '../../simulator/world.ts';
import { httpFaults } from '../../support/sources/httpFaults.ts';
import { waitFor } from '../../support/base/waitFor.ts';

describe('the Atlassian client and the services', () => {
  let simulator: Simulator;
  const logged: string[] = [];
  before(async () => (simulator = await startSimulator({ services: ['atlassian'] })));
  afterEach(() => {
    simulator.clearFaults();
    simulator.reset();
  });
  after(() => simulator.stop());

  function connect(token: string = tokens.atlassian.classic): Atlassian {
    const http = createHttp({ fetch, now: Date.now });
    return createAtlassian({
      http,
      site: new URL(simulator.addresses.atlassianSite),
      apiUrl: new URL(simulator.addresses.atlassianApi),
      credentials: () => Promise.resolve({ email: people[0].email, token }),
      log: (line) => logged.push(line),
    });
  }
  const ops = (): ReturnType<typeof createOps> => createOps(connect(), Date.now);

  it('signs in: who it is, and that alerts can be seen', async () => {
    const report = await connect().checkSignIn();
    assert.equal(report.jira.ok && report.jira.value.name, people[0].name);
    assert.ok(report.ops.ok);
  });

  it('uses the gateway for a token with scopes', async () => {
    const account = await connect(tokens.atlassian.scoped).account();
    assert.ok(account.ok, JSON.stringify(account));
  });

  it('calls an expired token refused, not empty', async () => {
    const read = await createOps(connect(tokens.atlassian.expired), Date.now).listAlerts({ query: 'status: open' });
    assert.equal(!read.ok && read.failure.kind, 'unauthorized');
  });

  it('distinguishes an empty list from no access', async () => {
    const read = await createOps(connect(tokens.atlassian.noOps), Date.now).listAlerts({ query: 'status: open' });
    assert.ok(read.ok);
    assert.deepEqual([read.value.alerts.length, read.value.access], [0, 'noTeams']);
  });

  it('reads every open alert once', async () => {
    const read = await ops().listAlerts({ query: 'status: open' });
    assert.ok(read.ok);
    assert.ok(read.value.alerts.length >= 25, `${read.value.alerts.length}`);
    assert.equal(new Set(read.value.alerts.map((alert) => alert.id)).size, read.value.alerts.length);
    assert.ok(read.value.alerts.some((alert) => alert.priority === 'P1' && alert.status === 'open'));
    assert.ok(read.value.alerts.some((alert) => alert.status === 'snoozed'));
    assert.equal(read.value.skipped, 0);
  });

  it('reads 2,000 alerts over many pages', async () => {
    simulator.reset({ size: 2_000 });
    const read = await ops().listAlerts({ query: 'createdAt > 0' });
    assert.ok(read.ok);
    assert.ok(read.value.alerts.length >= 1_900, `${read.value.alerts.length}`);
  });

  it('acknowledges: accepted first, applied later', async () => {
    const client = ops();
    const before = await client.listAlerts({ query: 'status: open' });
    assert.ok(before.ok);
    const alert = before.value.alerts.find((each) => each.status === 'open');
    assert.ok(alert !== undefined);
    const sent = await client.acknowledge(alert.id);
    assert.ok(sent.ok);
    await waitFor('the confirmation', async () => {
      const status = await client.requestStatus(sent.value.requestId);
      return status.ok && status.value !== 'pending' && status.value.applied;
    });
    const after = await client.listAlerts({ query: 'status: open' });
    assert.ok(after.ok);
    const now = after.value.alerts.find((each) => each.id === alert.id);
    assert.deepEqual([now?.status, now?.owner], ['acknowledged', people[0].name]);
  });

  it('refuses what is no id of an alert before it gets into a path', async () => {
    const sent = await ops().acknowledge('../../teams');
    assert.equal(!sent.ok && sent.failure.kind, 'rejected');
  });

  it('says who is on call, until when and who is next', async () => {
    const read = await ops().rotation('DRE Ops Rotation', 'ops');
    assert.ok(read.ok, JSON.stringify(read));
    assert.deepEqual(
      read.value.current.map((person) => person.name),
      [people[0].name],
    );
    assert.ok(read.value.until !== undefined && read.value.until > Date.now());
    assert.notEqual(read.value.next?.people[0]?.name, undefined);
  });

  it('says that a schedule is not there', async () => {
    const read = await ops().rotation('No Such Rotation', 'ops');
    assert.equal(!read.ok && read.failure.kind, 'notFound');
  });

  it('reads the queue with flags and blockers, and a ticket with its comments', async () => {
    const jira = createJira(connect());
    const read = await jira.searchChildren(epicKey);
    assert.ok(read.ok, JSON.stringify(read));
    const { tickets } = read.value;
    assert.ok(tickets.length >= 20, `${tickets.length}`);
    assert.ok(tickets.some((ticket) => ticket.flagged));
    assert.ok(tickets.some((ticket) => ticket.blockedBy.length > 0));
    assert.equal(read.value.skipped, 0);
    const details = await Promise.all(tickets.slice(0, 12).map((ticket) => jira.getIssue(ticket.key)));
    const comments = details.map((each) => (each.ok ? each.value.comments.length : assert.fail(each.failure.kind)));
    assert.ok(comments.some((count) => count > 0));
  });

  it('does not take a missing epic for an empty queue', async () => {
    const read = await createJira(connect()).searchChildren('DRE-99999');
    assert.ok(!read.ok);
  });

  it('sends the token to its own two origins, and to no other', async () => {
    await ops().listAlerts({ query: 'status: open' });
    for (const request of simulator.requests()) assert.ok(['atlassianSite', 'atlassianApi'].includes(request.service));
    const discovery = simulator.requests().find(({ path }) => path.startsWith('/_edge/'));
    assert.equal(discovery?.authorization, false);
  });

  for (const [kind, expected] of httpFaults) {
    it(`gives ${expected} for ${kind}, for alerts and for tickets`, async () => {
      const client = ops();
      const jira = createJira(connect());
      simulator.fault('atlassianApi', { kind });
      simulator.fault('atlassianSite', { kind, match: 'search' });
      const [alerts, tickets] = [
        await client.listAlerts({ query: 'status: open' }),
        await jira.searchChildren(epicKey),
      ];
      assert.equal(!alerts.ok && alerts.failure.kind, expected);
      assert.equal(!tickets.ok && tickets.failure.kind, expected);
    });
  }

  it('logs no token', () => {
    for (const token of Object.values(tokens.atlassian)) assert.ok(!logged.join('\n').includes(token));
  });
});
