import assert from 'node:assert/strict';
import type { Link, LinkRecords, Links } from '../../../../src/domain/links/join.ts';
import { knowledgeOf } from '../../../../src/domain/links/knowledge.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import { Subjects } from '../../../../src/domain/links/subjects.ts';
import { minute } from '../../../../src/domain/base/time.ts';
import { joinLinks } from '../../../support/feeds/joinLinks.ts';
import { alert, proposal, subnets, ticket, troubledSubnet, weekRollout } from '../../../support/feeds/linkRecords.ts';
import { at, revision, wednesday } from '../../../support/feeds/rolloutBuilder.ts';

const waiting = subnets[27] ?? '';
const waited = subnets[28] ?? '';
const coming = subnets[31] ?? '';

function join(records: Partial<LinkRecords>): Links {
  const all = { alerts: [], rollouts: [weekRollout()], proposals: [], tickets: [], pullRequests: [], ...records };
  return joinLinks(all, new Subjects(knowledgeOf({ ...all, epic: 'DRE-350', repository: 'dfinity/dre' })));
}

/** Links as "other end: reason". */
function described(links: readonly Link[]): string[] {
  return links.map(({ to, reason }) => {
    const end =
      to.kind === 'rollout'
        ? `rollout ${to.rollout.name}`
        : to.kind === 'subject'
          ? `page ${to.subject.id}`
          : `${to.kind} ${to.id}`;
    return `${end}: ${reason.kind}`;
  });
}

describe('the proposals that tickets name', () => {
  const named = ticket('DRE-1', { summary: 'Submit proposal 138123 and proposal 9007199254740993', labels: [] });
  const alerting = alert('a', { message: 'proposal 138999 failed' });

  it('are listed when they are not known, newest first, whatever else names proposals', () => {
    const all = { tickets: [named], alerts: [alerting] };
    assert.deepEqual(join(all).unknownProposals, ['9007199254740993', '138123']);
    assert.deepEqual(join({ ...all, proposals: [proposal(138_123n)] }).unknownProposals, ['9007199254740993']);
  });

  it('are linked also when they have ended, though not for a subject that they share', () => {
    const summary = `Update subnet ${subnets[27] ?? ''}`;
    const ended = proposal(138_123n, { status: 'executed', title: summary });
    const other = ticket('DRE-2', { summary });
    const links = join({ tickets: [named, other], proposals: [ended] });
    assert.ok(described(links.ofTicket(named)).includes('proposal 138123: names'));
    assert.ok(!described(links.ofTicket(other)).some((each) => each.startsWith('proposal')));
  });
});

describe('an alert and the rollout', () => {
  it('says how long before the alert the batch reached its subnet', () => {
    const one = alert('a', { message: 'o3ow2 stalled', createdAt: at(2, 13, 6) });
    const fact = join({ alerts: [one] }).batchOf(one, wednesday);
    assert.equal(fact?.batch, 12);
    assert.equal(fact.afterMs, 6 * minute);
    assert.equal(fact.subject.id, troubledSubnet);
    assert.equal(fact.holdsUp, false, 'the subnet is in error: it does not wait for alerts');
  });

  it('holds the rollout up while its subnet waits for alerts to go', () => {
    const on = (id: string, more = {}) => alert(id, { entity: waiting, createdAt: at(2, 13, 20), ...more });
    const holds = (one: ReturnType<typeof alert>, rollout = weekRollout()) =>
      join({ alerts: [one], rollouts: [rollout] }).batchOf(one, wednesday)?.holdsUp;
    assert.equal(holds(on('a')), true);
    assert.equal(holds(on('a', { properties: { severity: 'page' } })), true);
    assert.equal(holds(on('a', { createdAt: at(0, 0) })), true, 'however old it is');
    assert.equal(holds(on('a', { status: 'acknowledged' })), true, 'it still fires');
    assert.equal(holds(on('a', { properties: { severity: 'notify' } })), false, 'the rollout only counts pages');
    assert.equal(holds(on('a', { status: 'closed' })), false);
    assert.equal(holds(on('a'), weekRollout({ state: 'failed' })), false);
    assert.equal(holds(on('a'), weekRollout({ simulated: true })), undefined);
    assert.equal(holds(alert('a', { entity: waited, createdAt: at(2, 13, 20) })), false, 'its own wait is over');
  });

  it('names a batch that is still to come, and none that ended long ago', () => {
    const soon = alert('a', { entity: coming });
    assert.deepEqual(
      [join({ alerts: [soon] }).batchOf(soon, wednesday)].map((fact) => [
        fact?.batch,
        fact?.afterMs,
        fact?.plannedStart,
      ]),
      [[13, undefined, at(2, 15)]],
    );
    const late = alert('a', { entity: subnets[3] ?? '' });
    assert.equal(join({ alerts: [late] }).batchOf(late, wednesday), undefined, 'batch 1 was two days before');
  });

  it('names a batch that is still to come by the time until then, however long the alert is open', () => {
    const old = alert('a', { entity: coming, createdAt: at(0, 8) });
    const links = join({ alerts: [old] });
    assert.equal(links.batchOf(old, at(2, 14, 50))?.batch, 13, 'ten minutes before');
    assert.equal(links.batchOf(old, at(1, 14)), undefined, 'more than a day before');
    assert.deepEqual(described(links.ofAlert(old, at(2, 14, 50))).slice(0, 1), [
      `rollout ${weekRollout().name}: batch`,
    ]);
  });
});

describe('related records', () => {
  const stuck = alert('a1', {
    message: 'o3ow2 is stuck',
    createdAt: at(2, 13, 31),
    properties: { proposal: '138123' },
    description: 'See DRE-357.',
  });
  const behind = alert('a2', { message: 'nodes of o3ow2 are behind' });
  const gone = alert('a3', { message: 'o3ow2 was slow', status: 'closed' });
  const queue = ticket('DRE-351', { summary: 'Subnet o3ow2 is stuck, see proposal 138123 and PR 2038' });
  const done = ticket('DRE-352', {
    summary: 'Subnet o3ow2 was slow',
    status: { id: '3', name: 'Done', category: 'done' },
  });
  const deploy = proposal(138123n, { title: 'Update subnet o3ow2 to replica version 79c0105' });
  const elect = proposal(138000n, {
    title: 'Elect new IC/GuestOS revision (commit 79c0105)',
    nnsFunction: 38,
    topic: 13,
  });
  const pull = { number: 2038, title: 'Update dependencies' };
  const links = join({
    alerts: [stuck, behind, gone],
    tickets: [queue, done],
    proposals: [deploy, elect],
    pullRequests: [pull],
  });

  it('joins an alert with its rollout, what it names, and what is about the same', () => {
    assert.deepEqual(described(links.ofAlert(stuck, wednesday)), [
      'rollout rc--2026-08-20_03-30: batch',
      'proposal 138123: names',
      'ticket DRE-357: names',
      'alert a2: same',
      'ticket DRE-351: same',
      `page ${troubledSubnet}: names`,
    ]);
  });

  it('joins a ticket with what it names', () => {
    assert.deepEqual(described(links.ofTicket(queue)), [
      'proposal 138123: names',
      'pullRequest dfinity/dre#2038: names',
      'alert a1: same',
      'alert a2: same',
      `page ${troubledSubnet}: names`,
    ]);
  });

  it('joins a proposal with the rollouts of its version, and with who names it', () => {
    assert.deepEqual(described(links.ofProposal(deploy)), [
      'rollout rc--2026-08-20_03-30: deploys',
      'alert a1: namedBy',
      'ticket DRE-351: namedBy',
      'alert a2: same',
      'proposal 138000: same',
      `page ${troubledSubnet}: names`,
      `page ${revision}: names`,
    ]);
    assert.equal(described(links.ofProposal(elect))[0], 'rollout rc--2026-08-20_03-30: elects');
  });

  it('joins a pull request with who names it, and with the release that it is about', () => {
    assert.deepEqual(described(links.ofPullRequest(pull)), ['ticket DRE-351: namedBy']);
    const notes = { number: 7, title: 'chore(release): release rc--2026-08-20_03-30' };
    assert.deepEqual(described(join({ pullRequests: [notes] }).ofPullRequest(notes)), [
      'rollout rc--2026-08-20_03-30: names',
    ]);
  });

  it('does not say that a proposal elects what it retires', () => {
    const other = 'b1'.repeat(20);
    const retiring = proposal(1n, { nnsFunction: 38, summary: `Elect version ${other}, retire version ${revision}` });
    assert.ok(
      !described(join({ proposals: [retiring] }).ofProposal(retiring)).some((each) => each.startsWith('rollout')),
    );
  });

  it('goes by the payload of an election, not by its text', () => {
    const electing = (version: string): Proposal => {
      const value = { replica_version_to_elect: [version] };
      return proposal(1n, { nnsFunction: 38, summary: `Elect ${revision}`, payload: { kind: 'decoded', value } });
    };
    const linksOf = (each: Proposal): readonly string[] => described(join({ proposals: [each] }).ofProposal(each));
    assert.equal(linksOf(electing(revision))[0], 'rollout rc--2026-08-20_03-30: elects');
    assert.ok(!linksOf(electing('b1'.repeat(20))).some((each) => each.endsWith(': elects')));
  });

  it('counts the alerts of a place that are not closed', () => {
    const ids = links.alertsAt({ kind: 'subnet', id: troubledSubnet }).map(({ id }) => id);
    assert.deepEqual(ids, ['a1', 'a2']);
  });

  it('searches the description of a ticket once it is known', () => {
    const text = {
      type: 'text',
      text: 'here',
      marks: [{ type: 'link', attrs: { href: 'https://github.com/dfinity/ic/pull/9' } }],
    };
    const description = {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'on o3ow2 ' }, text] }],
    };
    const full = {
      ...ticket('DRE-360'),
      description,
      reporter: undefined,
      comments: [],
      commentCount: 0,
      attachments: [],
    };
    assert.deepEqual(
      described(links.ofTicket(full)).filter((each) => !each.includes('same')),
      ['pullRequest dfinity/ic#9: names', `page ${troubledSubnet}: names`],
    );
  });
});
