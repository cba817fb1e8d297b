import assert from 'node:assert/strict';
import { adfBlocks } from '../../../src/domain/documents/adf/blocks.ts';
import { serialise } from '../../../src/domain/documents/serialise.ts';
import { documentOf } from '../../../src/domain/documents/tree.ts';
import { nodeChangeOf } from '../../../src/domain/proposals/payload.ts';
import { readRegistryNode, registryNodesIn } from '../../../src/dre/registry.ts';
import { decodePayload } from '../../../src/sources/governance/payloads.ts';
import { makeAlerts } from '../../simulator/atlassian/alertWorld.ts';
import { makeIssues } from '../../simulator/atlassian/jiraWorld.ts';
import { finalPeriods } from '../../simulator/atlassian/onCall.ts';
import { makeForwardings, makeHeartbeats, makeSchedules } from '../../simulator/atlassian/opsWorld.ts';
import { makePulls } from '../../simulator/github/pulls.ts';
import { makeProposals } from '../../simulator/governance/proposals.ts';
import { guestRollout } from '../../simulator/rollouts/guestOs.ts';
import { boundaryBatches } from '../../simulator/rollouts/nodes.ts';
import { epicKey, people, subnets, World, writtenFor } from '../../simulator/world.ts';
import { runStandIn } from '../../support/dre/standIn.ts';

interface Cell {
  readonly subnet_id: string;
}
interface Batch {
  readonly planned_start_time: string;
  readonly subnets: readonly Cell[];
}

// What `npm start` shows must not contradict itself: records are read side by side there.
describe('the simulated world', () => {
  const world = new World({ startAt: writtenFor, speed: 0 });
  const now = world.now();
  const alerts = makeAlerts(world);
  const issues = [...makeIssues(world).issues.values()];
  const proposals = makeProposals(world);
  const pulls = makePulls(world);
  const batches = Object.entries(guestRollout(world, new Map()).batches ?? {}) as [string, Batch][];
  const boundary = Object.values(boundaryBatches(world)) as { readonly api_boundary_nodes: { node_id: string }[] }[];

  /** What people and services wrote, by where it stands. */
  const texts: readonly { readonly where: string; readonly text: string; readonly at: number }[] = [
    ...alerts.flatMap(({ tinyId, message, description, tags, extraProperties, notes, updatedAt }) => [
      { where: `alert ${tinyId}`, text: JSON.stringify([message, description, tags, extraProperties]), at: updatedAt },
      ...notes.map(({ note, createdAt }) => ({ where: `note of alert ${tinyId}`, text: note, at: createdAt })),
    ]),
    ...issues.flatMap(({ key, summary, description, comments, updated }) => [
      { where: key, text: JSON.stringify([summary, description]), at: updated },
      ...comments.map(({ body, created }) => ({
        where: `comment of ${key}`,
        text: JSON.stringify(body),
        at: created,
      })),
    ]),
    ...proposals.map(({ id, title, summary, createdAt }) => ({
      where: `proposal ${id}`,
      text: `${title} ${summary}`,
      at: createdAt,
    })),
  ];

  function mentions(
    pattern: RegExp,
  ): readonly { readonly where: string; readonly word: string; readonly at: number }[] {
    const found = texts.flatMap(({ where, text, at }) =>
      [...text.matchAll(pattern)].map(([, word = '']) => ({ where, word, at })),
    );
    assert.ok(found.length > 0, `nothing mentions ${pattern}`);
    return found;
  }

  it('has an epic that says what the queue asks of a ticket', () => {
    const { description } = issues.find(({ key }) => key === epicKey) ?? assert.fail('there is no epic');
    const text = serialise(documentOf(adfBlocks(description)));
    assert.match(text, /#+ A ticket in the queue/);
    for (const asked of ['Requirements', 'Expected outcome', 'assignee', '`--dry-run`']) {
      assert.ok(text.includes(asked), text);
    }
  });

  it('is a Wednesday at 13:50 UTC, in a week in which Dana is on call in both schedules of the team', () => {
    assert.equal(new Date(now).toUTCString(), 'Wed, 26 Aug 2026 13:50:11 GMT');
    for (const schedule of makeSchedules(world).filter(({ name }) => name.startsWith('DRE'))) {
      const [rotation = assert.fail()] = schedule.rotations;
      const how = { forwardings: makeForwardings(world), beyondHours: false };
      const [current] = finalPeriods(schedule, rotation, now, now + 1, how);
      assert.equal(current?.responder.id, people[0].accountId, schedule.name);
    }
  });

  it('names subnets that there are, and no subnet where a node belongs', () => {
    const short = new Set(subnets.map((id) => id.slice(0, 5)));
    for (const { where, word } of mentions(/\b[Ss]ubnet ([a-z2-7]{5})\b/g)) {
      assert.ok(short.has(word), `${where}: ${word}`);
    }
    const whole = new Set(subnets);
    for (const { where, word } of mentions(/\bsubnet:([a-z2-7-]{63})\b/g)) {
      assert.ok(whole.has(word), `${where}: ${word}`);
    }
    const nodes = boundary.flatMap((batch) => batch.api_boundary_nodes.map(({ node_id: id }) => id));
    assert.equal(new Set(nodes).size, nodes.length, 'a node is in two batches');
    for (const node of nodes) assert.ok(!whole.has(node), `${node} is a subnet`);
    for (const { extraProperties } of alerts) assert.ok(!whole.has(String(extraProperties['node'])));
  });

  it('upgrades each subnet once, by a proposal of its own that is made when its batch begins or just before', () => {
    const cells = batches.flatMap(([, batch]) => batch.subnets.map(({ subnet_id: id }) => id));
    assert.deepEqual([...cells].sort(), [...subnets].sort());
    for (const [number, batch] of batches) {
      const planned = Date.parse(batch.planned_start_time);
      for (const { subnet_id: id } of batch.subnets) {
        const [own, ...more] = proposals.filter(({ title }) => title.startsWith(`Update subnet ${id.slice(0, 5)} `));
        assert.ok(own !== undefined && more.length === 0, `batch ${number}, ${id}`);
        assert.ok(Math.abs(own.createdAt - planned) < 80 * 60_000, `batch ${number}, ${id}`);
      }
    }
    const ofNodes = proposals.filter(({ title }) => /^Update \d+ API boundary node/.test(title));
    assert.deepEqual(
      ofNodes.map(({ title }) => Number(/\d+/.exec(title)?.[0])),
      boundary.map((batch) => batch.api_boundary_nodes.length),
    );
  });

  it('moves nodes that the registry of dre has: healthy ones without a subnet into one, its own members out of it', async () => {
    const { stdout } = await runStandIn(['registry']);
    const read = registryNodesIn(stdout);
    assert.ok(read.ok);
    const listed = read.value.flatMap((each) => readRegistryNode(each) ?? []);
    const registry = new Map(listed.map((node) => [node.id, node]));
    assert.deepEqual(new Set(listed.flatMap(({ subnet }) => subnet ?? [])), new Set(subnets));
    const changes = proposals.flatMap(({ title, action }) => {
      if (!('ExecuteNnsFunction' in action) || action.ExecuteNnsFunction.nns_function !== 31) return [];
      const payload = decodePayload(31, Uint8Array.from(action.ExecuteNnsFunction.payload));
      return [{ title, change: nodeChangeOf(31, payload) ?? assert.fail(title) }];
    });
    assert.ok(changes.length >= 4);
    for (const { title, change } of changes) {
      assert.ok(change.added.length + change.removed.length > 0, title);
      for (const id of change.added) {
        const { subnet, health } = registry.get(id) ?? assert.fail(`${title}: ${id}`);
        assert.deepEqual([subnet, health], [null, 'healthy'], title);
      }
      for (const id of change.removed) {
        const { subnet, dataCenter, provider } = registry.get(id) ?? assert.fail(`${title}: ${id}`);
        assert.equal(subnet, change.subnet, title);
        assert.ok(dataCenter !== undefined && provider !== undefined, title);
      }
    }
  });

  it('mentions tickets, proposals and pull requests that there are by then', () => {
    const keys = new Set(issues.map(({ key }) => key));
    for (const { where, word } of mentions(/\b(DRE-\d+)\b/g)) assert.ok(keys.has(word), `${where}: ${word}`);
    for (const { where, word, at } of mentions(/[Pp]roposal (\d+)\b/g)) {
      const proposal = proposals.find(({ id }) => `${id}` === word);
      assert.ok(proposal !== undefined && proposal.createdAt <= at, `${where}: proposal ${word}`);
    }
    for (const { where, word } of mentions(/[Pp]ull request (\d+)\b/g)) {
      assert.ok(
        pulls.some(({ number }) => `${number}` === word),
        `${where}: pull request ${word}`,
      );
    }
  });

  it('lets everything happen in its order, and nothing after now', () => {
    for (const { tinyId, createdAt, acknowledgedAt, snoozedUntil, closedAt, lastOccurredAt, updatedAt } of alerts) {
      const where = `alert ${tinyId}`;
      for (const later of [acknowledgedAt, snoozedUntil, closedAt, lastOccurredAt, updatedAt]) {
        assert.ok(later === undefined || later >= createdAt, where);
      }
      for (const past of [createdAt, acknowledgedAt, closedAt, updatedAt]) assert.ok((past ?? 0) <= now, where);
      assert.ok(snoozedUntil === undefined || snoozedUntil > now, where);
    }
    for (const { key, created, updated, comments } of issues) {
      assert.ok(created <= updated && updated <= now, key);
      for (const comment of comments) assert.ok(comment.created >= created && comment.created <= now, key);
    }
    for (const { number, createdAt, updatedAt } of pulls) {
      assert.ok(createdAt <= updatedAt && updatedAt <= now, `${number}`);
    }
  });

  it('has an alert for each heartbeat that is expired, raised when its ping was due', () => {
    const unit = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
    const expired = makeHeartbeats(world).filter(
      ({ enabled, alive, lastPing, interval, intervalUnit }) =>
        enabled && !alive && lastPing !== undefined && lastPing + interval * unit[intervalUnit] < now,
    );
    assert.ok(expired.length > 0);
    for (const { name, lastPing = 0, interval, intervalUnit, alertMessage } of expired) {
      const alert = alerts.find(({ message, closedAt }) => message === alertMessage && closedAt === undefined);
      const dueAt = lastPing + interval * unit[intervalUnit];
      assert.ok(alert !== undefined && Math.abs(alert.createdAt - dueAt) < 60_000, name);
    }
    const pinged = new Set(makeHeartbeats(world).flatMap((each) => (each.alive || each.lastPing ? [each.name] : [])));
    for (const { message } of alerts) {
      const [, name] = /^(\S+) is expired$/.exec(message) ?? [];
      assert.ok(name === undefined || pinged.has(name), `${message}, and no ping ever came`);
    }
  });
});
