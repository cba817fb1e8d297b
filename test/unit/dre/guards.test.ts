import assert from 'node:assert/strict';
import type { CommandLine, Run, RunEnd } from '../../../src/domain/operations/run.ts';
import type { Proposal } from '../../../src/domain/proposals/proposal.ts';
import type { Rollout } from '../../../src/domain/releases/rollout.ts';
import { guardsOf, type GuardFacts } from '../../../src/dre/guards.ts';
import { weekRollout } from '../../support/feeds/linkRecords.ts';
import { dreRun, runEnd } from '../../support/operations/runBuilder.ts';

const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
const wednesday = Date.UTC(2026, 7, 26, 12);
const node = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
const nothing: GuardFacts = {
  now: wednesday,
  runs: [],
  proposals: [],
  rollouts: [],
  registry: new Map(),
  simulated: undefined,
};
/** A registry in which the node is in the subnet. */
const registry: GuardFacts['registry'] = new Map([
  [node, { id: node, subnet, dataCenter: undefined, provider: undefined, operator: undefined, health: undefined }],
]);
/** What a dry run says that changes nodes of the subnet. */
const simulated = `Decentralization Nakamoto coefficient changes for subnet \`${subnet}\`:\n`;

/** An open proposal that replaces a node of the subnet. */
const proposal: Proposal = {
  id: 9n,
  title: 'Replace a node in subnet tdb26',
  summary: '',
  url: '',
  topic: 7,
  status: 'open',
  proposer: 40n,
  createdAt: 0,
  deadline: undefined,
  tally: undefined,
  action: undefined,
  nnsFunction: 31,
};

function submitting(...args: readonly string[]): CommandLine {
  return { program: '/bin/dre', args, title: 'It', effect: 'submits', dryRun: false };
}

const replace = submitting('subnet', 'replace', '--subnet-id', subnet);

function ran(line: CommandLine, end: Partial<RunEnd>, hoursAgo: number): Run {
  const endedAt = wednesday - hoursAgo * 3_600_000;
  return dreRun('r', endedAt, { ...line, end: runEnd(endedAt, { ending: 'submitted', proposals: ['7'], ...end }) });
}

describe('the reasons against a submission', () => {
  it('is the same one within a day, also after a dry run or one whose end is not known', () => {
    const guards = (run: Run, line = replace): number => guardsOf(line, { ...nothing, runs: [run] }).length;
    assert.equal(guards(ran(replace, {}, 1)), 1);
    assert.equal(guards(ran(replace, {}, 25)), 0);
    assert.equal(guards(ran(replace, { proposals: [], ending: 'notSubmitted' }, 1)), 0);
    assert.equal(guards(ran(replace, { proposals: [], ending: 'lost' }, 1)), 1);
    assert.equal(guards(ran(submitting('subnet', 'replace'), {}, 1)), 0);
    assert.equal(guards(ran({ ...replace, dryRun: true, args: [...replace.args, '--dry-run'] }, {}, 1)), 0);
    assert.equal(guards(ran(replace, {}, 1), { ...replace, dryRun: true, args: [...replace.args, '--dry-run'] }), 1);
  });

  it('is one of which it is not known whether it was submitted, and says so', () => {
    const words = (end: Partial<RunEnd>): readonly string[] =>
      guardsOf(replace, { ...nothing, runs: [ran(replace, { proposals: [], ...end }, 1)] });
    const cutShort: readonly Partial<RunEnd>[] = [
      { ending: 'interrupted', exitCode: 130 },
      { ending: 'killed', exitCode: null, signal: 'SIGHUP' },
      { ending: 'lost', exitCode: null },
      { ending: 'failed', exitCode: 1 },
      { ending: 'panicked', exitCode: 101 },
    ];
    for (const end of cutShort) {
      assert.match(words(end).join(), /within the last day, and may have submitted a proposal/, end.ending);
      assert.match(
        words({ ...end, proposals: ['7'] }).join(),
        /submitted 7, and may have submitted more\.$/,
        end.ending,
      );
    }
    const none: readonly Partial<RunEnd>[] = [
      { ending: 'notSubmitted' },
      { ending: 'usageError', exitCode: 2 },
      { ending: 'notStarted', exitCode: 127 },
      { ending: 'failed', exitCode: 1, warnings: ["Couldn't detect neuron due to: No HSM detected."] },
    ];
    for (const end of none) assert.deepEqual(words(end), [], end.ending);
    assert.match(words({ proposals: ['7'] }).join(), /within the last day, and submitted 7\.$/);
  });

  it('is an election before Friday that is no security fix', () => {
    const elect = submitting('version', 'revise-elected-versions', 'guest-os', '--version', 'x');
    const on = (day: number, line = elect): number =>
      guardsOf(line, { ...nothing, now: Date.UTC(2026, 7, day, 23, 59) }).length;
    assert.deepEqual(
      [23, 24, 25, 26, 27, 28, 29].map((day) => on(day)),
      [0, 1, 1, 1, 1, 0, 0],
    );
    assert.equal(on(26, submitting(...elect.args, '--security-fix')), 0);
    assert.equal(on(26, submitting('propose', 'revise-elected-guestos-versions')), 1);
  });

  it('is an open proposal that already changes the nodes of the subnet', () => {
    const guards = (changes: Partial<Proposal>, line = replace, facts = nothing): readonly string[] =>
      guardsOf(line, { ...facts, proposals: [{ ...proposal, ...changes }] });
    assert.deepEqual(guards({}), ['Proposal 9 is open and already changes the nodes of tdb26.']);
    assert.equal(guards({ title: '', summary: `for ${subnet}` }).length, 1);
    assert.equal(guards({ status: 'executed' }).length, 0);
    assert.equal(guards({ nnsFunction: 11 }).length, 0);
    assert.equal(guards({}, submitting('network', '--heal')).length, 0, 'network leaves such a subnet out itself');
    assert.equal(guards({}, submitting('subnet', 'deploy', '--id', subnet, '--version', 'x')).length, 0);
    const propose = submitting('propose', 'change-subnet-membership', '--subnet-id', subnet);
    assert.equal(guards({}, propose).length, 1);
    const payload = { kind: 'decoded', value: { subnet_id: subnet, node_ids_add: [], node_ids_remove: [] } } as const;
    assert.equal(guards({ title: 'A change', payload }).length, 1);
  });

  it('is about the subnet of the nodes that are named, as far as the registry or the dry run says so', () => {
    const line = submitting('subnet', 'replace', '--remove-nodes', node, '--motivation', 'm');
    const facts = { ...nothing, proposals: [proposal] };
    assert.deepEqual(guardsOf(line, facts), []);
    assert.equal(guardsOf(line, { ...facts, registry }).length, 1);
    assert.equal(guardsOf(line, { ...facts, simulated }).length, 1);
  });

  it('is a subnet in the middle of its batch', () => {
    const week = weekRollout();
    const [batch = assert.fail('no batch')] = week.batches;
    const [target = assert.fail('no target')] = batch.targets;
    const guards = (state: typeof target.state, line = replace, facts = nothing): readonly string[] => {
      const rollout: Rollout = { ...week, batches: [{ ...batch, targets: [{ ...target, id: subnet, state }] }] };
      return guardsOf(line, { ...facts, rollouts: [rollout] });
    };
    assert.match(guards('waiting_for_adoption')[0] ?? '', /subnet tdb26 is in the middle of batch \d+/);
    for (const state of ['complete', 'pending', 'skipped'] as const) assert.deepEqual(guards(state), []);
    const within = (line: CommandLine, facts?: GuardFacts): number =>
      guards('waiting_for_adoption', line, facts).length;
    const heal = submitting('network', '--heal');
    assert.equal(within(heal), 0, 'only its dry run says which subnets it changes');
    assert.equal(within(heal, { ...nothing, simulated }), 1);
    assert.equal(within(submitting('network', '--heal', '--omit-subnets', subnet)), 0, 'what is left out is untouched');
    const firewall = submitting('firewall', '--rules-scope', `subnet(${subnet})`, '--summary', 's');
    assert.equal(within(firewall), 1);
    const nodes = submitting('host-os', 'rollout', '--version', 'x', '--nodes', node);
    assert.equal(within(nodes), 0);
    assert.equal(within(nodes, { ...nothing, registry }), 1);
  });

  it('is nothing where nothing is submitted', () => {
    const facts = { ...nothing, runs: [ran(replace, {}, 1)] };
    assert.deepEqual(guardsOf({ ...replace, effect: 'read' }, facts), []);
  });
});
