import assert from 'node:assert/strict';
import { allCommands, leftOut } from '../../../src/dre/allCommands.ts';
import { operations } from '../../../src/dre/catalogue.ts';
import type { BuildRequest, Operation } from '../../../src/dre/operations.ts';

const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
const node = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
const commit = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';

function named(id: string): Operation {
  const found = operations.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
}

function argsOf(id: string, values: BuildRequest['values'], mode?: BuildRequest['mode']): string {
  const built = named(id).build({ program: 'dre', values, mode });
  assert.ok(built.ok, JSON.stringify(built));
  return built.value.args.join(' ');
}

/** Something for every parameter that is needed. */
const examples = {
  subnetId: subnet,
  id: subnet,
  nodes: node,
  removeNodes: node,
  addNodes: node,
  open: subnet,
  motivation: 'm',
  proposalId: '1',
  version: commit,
  output: 'x',
  args: 'subnet-list',
  filters: 'dc_id eq bo1',
  summaryFile: 'x.md',
  nodesInGroup: '10%',
  rulesScope: 'global',
  summary: 's',
  startAtTimestamp: '0',
  month: '2026-10',
};

function problemOf(id: string, values: BuildRequest['values']): string {
  const built = named(id).build({ program: 'dre', values });
  assert.ok(!built.ok);
  return built.failure.parameter;
}

describe('the catalogue of operations', () => {
  it('has ids of its own for each, and labels for each parameter', () => {
    assert.equal(new Set(operations.map((each) => each.id)).size, operations.length);
    assert.ok(operations.every((each) => each.parameters.every((parameter) => parameter.label !== '')));
  });

  it('builds the invocations of the week', () => {
    assert.equal(argsOf('vote.once', {}), 'vote --sleep-time 0s --dry-run');
    assert.equal(argsOf('vote.once', {}, 'real'), 'vote --sleep-time 0s');
    assert.equal(argsOf('network.heal', { omitNodes: 'abc' }), 'network --heal --omit-nodes abc --dry-run');
    assert.equal(
      argsOf('network.weekly', {}, 'real'),
      'network --heal --optimize-decentralization --ensure-operator-nodes-unassigned ' +
        '--ensure-operator-nodes-assigned --remove-cordoned-nodes',
    );
    assert.equal(argsOf('subnet.replace', { subnetId: subnet }), `subnet replace --subnet-id ${subnet} --dry-run`);
    assert.equal(argsOf('proposals.analyze', { proposalId: '143574' }), 'proposals analyze 143574');
    assert.equal(argsOf('registry.save', { output: '/data/r.json' }), 'registry --output /data/r.json');
    assert.equal(
      argsOf('version.reviseGuestOs', { version: commit, securityFix: 'true' }, 'real'),
      `version revise-elected-versions guest-os --version ${commit} --security-fix`,
    );
  });

  it('puts the subnet before the lists of nodes, which would take it', () => {
    assert.equal(
      argsOf('subnet.whatif', { subnetId: subnet, addNodes: `${node} aaaaa-aa` }),
      `subnet whatif-decentralization ${subnet} --add-nodes ${node} aaaaa-aa`,
    );
  });

  it('keeps a motivation that looks like an option a motivation', () => {
    const values = { removeNodes: node, motivation: '--yes' };
    assert.equal(
      argsOf('subnet.replaceNodes', values, 'real'),
      `subnet replace --remove-nodes ${node} --motivation=--yes`,
    );
  });

  it('never skips the simulation and never sets what the person did not', () => {
    for (const operation of operations) {
      for (const mode of ['dryRun', 'real'] as const) {
        const built = operation.build({ program: 'dre', values: examples, mode });
        assert.ok(built.ok, operation.id);
        const forbidden = ['--yes', '-y', '--network', '--nns-urls', '--offline', '--hsm-key-id', '--neuron-id'];
        assert.deepEqual(
          built.value.args.filter((arg) => forbidden.includes(arg)),
          [],
        );
      }
    }
  });

  it('names the parameter to mend', () => {
    assert.equal(problemOf('subnet.replaceNodes', { removeNodes: node }), 'motivation');
    assert.equal(problemOf('subnet.replaceNodes', { motivation: 'm' }), 'removeNodes');
    assert.equal(problemOf('subnet.whatif', { subnetId: subnet }), 'addNodes');
    assert.equal(problemOf('nodes.remove', { extraNodesFilter: 'aw1' }), 'motivation');
    assert.equal(problemOf('proposals.get', { proposalId: '12; id' }), 'proposalId');
    assert.equal(problemOf('version.reviseHostOs', { version: commit, forumPostLink: 'omit' }), 'forumPostLink');
    assert.equal(problemOf('vote.once', { acceptedTopics: '12 1300' }), 'acceptedTopics');
  });

  it('names everything that is wrong, the first fault of each parameter', () => {
    const problems = named('subnet.resize').problems({ id: 'x', addCount: 'many', motivation: 'm' });
    assert.deepEqual(
      problems.map(({ parameter }) => parameter),
      ['id', 'addCount'],
    );
  });

  it('reads the values back from the arguments of a run, of either form', () => {
    const values = { id: subnet, addCount: '1', removeCount: '', addNodes: '', exclude: 'bo1 sg2', motivation: 'm' };
    const operation = named('subnet.resize');
    for (const mode of ['dryRun', 'real'] as const) {
      const built = operation.build({ program: 'dre', values, mode });
      assert.ok(built.ok);
      assert.deepEqual(operation.valuesOf(built.value.args), { ...values, forumPostLink: '' });
    }
    assert.equal(operation.valuesOf(['subnet', 'resize', '--size', '3']), undefined);
    assert.equal(named('network.heal').valuesOf(['network', '--optimize-decentralization']), undefined);
  });
});

describe('every command of dre as a form', () => {
  const values = {
    ...examples,
    path: '/x.der',
    otherArgs: '',
    acceptedTopics: '12',
    keepNodes: 'bo1',
    subnetId: subnet,
  };
  const more = { deploymentName: 'd', prometheusEndpoint: 'p', heal: 'true' };

  it('has all 41, each of which can be filled in', () => {
    assert.equal(allCommands.length, 41);
    for (const command of allCommands) {
      const { parameters } = command;
      const given = Object.fromEntries(
        Object.entries({ ...values, ...more }).filter(([name]) =>
          parameters.some((each) => each.name === name && name !== 'output'),
        ),
      );
      assert.deepEqual(command.problems(given), [], command.id);
    }
  });

  it('offers everything but what must not be given', () => {
    const replace = allCommands.find(({ id }) => id === 'dre subnet replace');
    const offered = new Set(replace?.parameters.map(({ name }) => name));
    assert.ok(['subnetId', 'network', 'offline', 'neuronId', 'forumPostLink'].every((name) => offered.has(name)));
    assert.deepEqual(
      Object.keys(leftOut).filter((name) => offered.has(name)),
      [],
    );
  });

  it('shows the fault of a rule at its field', () => {
    const replace = allCommands.find(({ id }) => id === 'dre subnet replace');
    assert.deepEqual(replace?.problems({ removeNodes: node }), [
      { parameter: 'motivation', sentence: '--motivation is needed together with --remove-nodes.' },
    ]);
  });
});
