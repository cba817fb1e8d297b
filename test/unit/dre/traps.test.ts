import assert from 'node:assert/strict';
import { allCommands, leftOut } from '../../../src/dre/allCommands.ts';
import { dryForm, realForm } from '../../../src/dre/commandLine.ts';
import { dotenvNames, dotenvPaths, runEnvironment } from '../../../src/dre/environment.ts';
import { check } from '../../../src/dre/grammar/check.ts';
import type { Operation } from '../../../src/dre/operations.ts';
import { lacksNeuron, WarningReader } from '../../../src/dre/warnings.ts';

// What dre.md 0 warns of: each is handled, or refused with the reason.

const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
const node = 'aaaaa-aa';

function command(id: string): Operation {
  const found = allCommands.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
}

function argsOf(id: string, values: Readonly<Record<string, string>>, mode: 'dryRun' | 'real' = 'real'): string {
  const built = command(id).build({ program: 'dre', values, mode });
  assert.ok(built.ok, JSON.stringify(built));
  return built.value.args.join(' ');
}

function faultOf(...words: readonly string[]): string | undefined {
  const verdict = check(words);
  return verdict.outcome === 'refused' ? verdict.fault.sentence : undefined;
}

describe('the traps of dre', () => {
  it('puts options that only the top level takes before the subcommand, and says so of others', () => {
    assert.equal(
      argsOf('dre proposals pending', { network: 'staging', offline: 'true', verbose: 'true' }),
      '--network staging --offline proposals pending --verbose',
    );
    assert.equal(
      faultOf('network', '--heal', '--network', 'mainnet'),
      '--network goes before the subcommand: dre does not take it after.',
    );
    assert.equal(
      faultOf('--dry-run', 'network', '--heal'),
      '--dry-run goes after a command that submits: dre does not take it here.',
    );
  });

  it('keeps the question for a forum post, as there is a terminal, and refuses none for an election', () => {
    assert.equal(argsOf('dre update-unassigned-nodes', {}), 'update-unassigned-nodes');
    const election = command('dre version revise-elected-versions guest-os');
    assert.deepEqual(election.problems({ version: 'v', forumPostLink: 'omit' }), [
      {
        parameter: 'forumPostLink',
        sentence: '--forum-post-link must not be omit here: an election needs a forum post.',
      },
    ]);
  });

  it('never offers --yes, which skips the simulation, nor what does not belong into a command', () => {
    const offered = new Set(allCommands.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
    for (const name of ['yes', 'hsmKeyId', 'hsmPin', 'discourseApiKey']) {
      assert.equal(offered.has(name), false, name);
      assert.ok(leftOut[name], name);
    }
  });

  it('leaves --hsm-key-id out with the reason that dre crashes, and takes its variable away', () => {
    assert.equal(leftOut['hsmKeyId'], 'dre crashes when it is given.');
    assert.deepEqual(runEnvironment({ HSM_KEY_ID: '16', HSM_SLOT: '0' }).variables, { HSM_SLOT: '0' });
  });

  it('refuses a scope without an ID, with which dre crashes', () => {
    assert.deepEqual(command('dre firewall').problems({ summary: 's', rulesScope: 'subnet' }), [
      { parameter: 'rulesScope', sentence: 'dre crashes without an ID: write subnet(ID).' },
    ]);
  });

  it('takes away boolean variables, which fail every command or forbid a dry run', () => {
    const { variables, stripped } = runEnvironment({ VERBOSE: '1', YES: 'false', DRY_RUN: 'false', PATH: '/bin' });
    assert.deepEqual(variables, { PATH: '/bin' });
    assert.deepEqual(stripped.map(({ name }) => name).sort(), ['DRY_RUN', 'VERBOSE', 'YES']);
  });

  it('looks for .env files in the folder and above it, and names what they set', () => {
    assert.deepEqual(dotenvPaths('/a/b'), ['/a/b/.env', '/a/.env', '/.env']);
    assert.deepEqual(dotenvNames('export YES=true\nOTHER=1\nNEURON_ID=5\n'), ['YES', 'NEURON_ID']);
  });

  it('says that dre found no neuron, though it goes on with a made-up one', () => {
    const reader = new WarningReader();
    reader.add(
      " 2026-08-26T13:50:11.000Z WARN  dre::ctx > Couldn't detect neuron due to: no key. Will fall back to anonymous\r\n",
    );
    assert.equal(lacksNeuron(reader.found), true);
  });

  it('puts positionals before options that take all that follows', () => {
    assert.equal(
      argsOf('dre subnet whatif-decentralization', { subnetId: subnet, addNodes: node }),
      `subnet whatif-decentralization ${subnet} --add-nodes ${node}`,
    );
    assert.equal(
      argsOf('dre network', { heal: 'true', overrideHealth: 'sg2:healthy', omitNodes: 'a b' }, 'dryRun'),
      'network --heal --omit-nodes a b --override-health sg2:healthy --dry-run',
    );
  });

  it('puts its own options before what goes to ic-admin, and refuses them among that', () => {
    const values = { args: 'update-subnet\n--subnet\nx', neuronId: '5', forumPostLink: 'omit' };
    const built = command('dre propose').build({ program: 'dre', values });
    assert.ok(built.ok);
    assert.equal(
      built.value.args.join(' '),
      'propose --forum-post-link omit --neuron-id 5 --dry-run update-subnet --subnet x',
    );
    assert.deepEqual(dryForm(realForm(built.value)), built.value);
    for (const [args, sentence] of [
      ['update-subnet\n--yes', '--yes belongs right after "propose", before the command of ic-admin.'],
      ['--verbose\nupdate-subnet', 'dre would read this as an option of its own.'],
    ] as const) {
      assert.deepEqual(command('dre propose').problems({ args }), [{ parameter: 'args', sentence }]);
    }
  });

  it('gives a negative number together with its option', () => {
    assert.equal(
      argsOf('dre update-default-subnets', { openVerifiedSubnets: '-1' }),
      'update-default-subnets --open-verified-subnets=-1',
    );
  });

  it('needs a motivation where dre does, whatever its documentation shows', () => {
    assert.deepEqual(
      command('dre subnet replace')
        .problems({ removeNodes: node })
        .map(({ parameter }) => parameter),
      ['motivation'],
    );
    assert.equal(faultOf('node-rewards', 'ongoing', '--provider-id', 'x'), 'dre does not accept --provider-id here.');
  });
});
