import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationSeconds, registryFilter } from '../../simulator/dre/values.mjs';
import { runStandIn, standInPath } from '../../support/dre/standIn.ts';

const line = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');
const codeOf = async (text: string, env: Readonly<Record<string, string>> = {}): Promise<number> =>
  (await runStandIn(line(text), env)).code;
const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';

describe('the stand-in dre: command lines', () => {
  it("keeps dre's own rules after parsing", async () => {
    const refused = [
      'network',
      'subnet replace',
      'subnet replace --nodes aaaaa-aa',
      'subnet create --size 13',
      'subnet set-authorization',
      'subnet set-authorization --open aaaaa-aa --close aaaaa-aa',
      `subnet force-replace --subnet-id ${subnet} --from aaaaa-aa --to aaaaa-aa`,
      'nodes remove aw1',
      'node-metrics --trustworthy 0',
      'propose update-subnet --forum=omit',
      'version revise-elected-versions guest-os --version v --forum omit',
      'qualify execute -v a --deployment-name d --prometheus-endpoint p --artifacts /x',
      'update-default-subnets --path /no/such/file',
    ];
    for (const each of refused) assert.equal(await codeOf(each), 2, each);
  });

  it('takes boolean variables as true or false only, and counts them as given', async () => {
    assert.equal(await codeOf('proposals pending', { VERBOSE: '1' }), 2);
    assert.equal(await codeOf('proposals pending', { VERBOSE: 'true' }), 0);
    assert.equal(await codeOf('vote --sleep-time 0s --dry-run', { YES: 'false' }), 2);
    assert.equal(await codeOf('network --heal --yes', { DRY_RUN: 'false' }), 2);
  });

  it('prefers the line to a variable', async () => {
    assert.equal(await codeOf('--network staging proposals pending', { NETWORK: 'nowhere' }), 0);
    assert.equal(await codeOf('proposals pending', { NETWORK: 'nowhere' }), 1);
  });

  it('passes words after the first one of get and propose to ic-admin', async () => {
    assert.equal(await codeOf('get subnet-list --no-such-option -- -x'), 0);
    assert.equal(await codeOf('propose --dry-run x --neuron-id five'), 0);
    assert.equal(await codeOf('propose --neuron-id five x'), 2);
  });

  it('lets a greedy option take a positional, and a double hyphen end it', async () => {
    assert.equal(await codeOf(`subnet whatif --add-nodes aaaaa-aa ${subnet}`), 2);
    assert.equal(await codeOf(`subnet whatif --add-nodes aaaaa-aa -- ${subnet}`), 0);
    assert.equal(await codeOf(`subnet whatif --add-nodes=aaaaa-aa ${subnet}`), 0);
  });

  it('reads clusters of short options and attached values', async () => {
    assert.equal(await codeOf('completions -szsh'), 0);
    assert.equal(await codeOf('completions -s=zsh'), 0);
    assert.equal(await codeOf('completions --shell='), 2);
    assert.equal(await codeOf('registry --output'), 2);
    assert.equal(await codeOf('--verbose=true proposals pending'), 2);
  });

  it('checks ids that are given in full, and short ones when it is set to', async () => {
    assert.equal(await codeOf(`subnet whatif ${subnet.replace('tdb26', 'tdb27')}`), 2);
    assert.equal(await codeOf('subnet whatif tdb26-jop6k'), 0);
    assert.equal(await codeOf('subnet whatif tdb26-jop6k', { DRE_SIM_PRINCIPALS: 'strict' }), 2);
    assert.equal(await codeOf('subnet whatif aaaaa-aa', { DRE_SIM_PRINCIPALS: 'strict' }), 0);
  });

  it('aborts where the real tool does', async () => {
    assert.equal(await codeOf('--hsm-key-id 16 neuron balance'), 101);
    assert.equal(await codeOf('firewall --rules-scope subnet --summary s'), 101);
  });

  it('puts help and version on standard output, mistakes on standard error', async () => {
    const help = await runStandIn(['subnet', 'replace', '-h']);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /^Usage: dre subnet replace/);
    assert.match((await runStandIn(['-V'])).stdout, /^dre 0\.7\.9-[0-9a-f]+\n$/);
    const mistake = await runStandIn(['vote', '--slee']);
    assert.deepEqual([mistake.code, mistake.stdout], [2, '']);
    assert.match(mistake.stderr, /^error: unexpected argument '--slee' found/);
    assert.equal(await codeOf('help subnet replace'), 0);
    assert.equal(await codeOf('help subnet bogus'), 2);
  });

  it('reads durations and filters like the real one', () => {
    assert.deepEqual(['60s', '1h 30m', '0s', '0', '2m5s', '1 0 s'].map(durationSeconds), [60, 5400, 0, 0, 125, 10]);
    assert.deepEqual(['never', '5', '-1s', '1.5h', '', '3x'].map(durationSeconds), Array<undefined>(6).fill(undefined));
    assert.deepEqual(registryFilter('dc_id eq bo1'), { key: 'dc_id', operator: 'eq', value: 'bo1' });
    assert.equal(registryFilter('node_type=type1')?.operator, 'eq');
    for (const text of ['node_type = type1', 'x=-5', 'a="b"', 'n=~^foo', 'abc']) {
      assert.equal(registryFilter(text), undefined, text);
    }
  });
});

describe('the stand-in dre: what it does', () => {
  const submit = line('update-unassigned-nodes --forum-post-link https://forum.dfinity.org/t/1');

  it('simulates, asks, submits, and prints the id as the last line', async () => {
    const { code, stdout, stderr } = await runStandIn(submit, { DRE_SIM_PROPOSAL: '42' }, ['y']);
    assert.equal(code, 0);
    assert.match(stdout, /^Title: Update all unassigned nodes\n[^]*\nproposal 42\n$/);
    assert.match(stderr, /Do you want to continue\? \[y\/N\]/);
    assert.match(stderr, /cite https:\/\/dashboard\.internetcomputer\.org\/proposal\/42 in https:\/\/forum/);
  });

  it('submits nothing when the answer is no, and ends well', async () => {
    for (const key of ['n', '\r']) {
      const { code, stdout } = await runStandIn(submit, {}, ['x', key]);
      assert.equal(code, 0);
      assert.doesNotMatch(stdout, /^proposal/m);
    }
  });

  it('fails without a terminal to ask on', async () => {
    const { code, stderr } = await runStandIn(submit);
    assert.equal(code, 1);
    assert.match(stderr, /Error: .*not a terminal/);
  });

  it('asks for the forum post even with --yes, until it is a link', async () => {
    const words = line('update-unassigned-nodes --yes');
    const { stdout, stderr } = await runStandIn(words, {}, ['no link\n', 'https://forum.dfinity.org/t/1\n']);
    assert.match(stderr, /Forum post link: [^]*Forum post link: /);
    assert.equal(stdout, 'proposal 143600\n');
    assert.equal((await runStandIn(words)).code, 1);
  });

  it('never submits in a dry run, and says what would become of the forum post', async () => {
    const { code, stdout, stderr } = await runStandIn(line('network --heal --dry-run'));
    assert.equal(code, 0);
    assert.match(stdout, /Forum post link: Will be prompted\n/);
    assert.doesNotMatch(stdout, /^proposal/m);
    assert.doesNotMatch(stderr, /Do you want/);
  });

  it('asks for each proposal of network and prints all ids at the end', async () => {
    const { stdout } = await runStandIn(line('network --heal --forum omit'), { DRE_SIM_PROPOSAL: '5' }, ['y', 'y']);
    assert.match(stdout, /[^]*\nproposal 5\nproposal 6\n$/);
    const half = await runStandIn(line('network --heal --forum omit'), { DRE_SIM_PROPOSAL: '5' }, ['n', 'y']);
    assert.match(half.stdout, /[^]*[^5]\nproposal 5\n$/);
  });

  it('uses a made-up neuron when there is no key: that works in a dry run, and fails in a real one', async () => {
    const noKey = { DRE_SIM_NO_HSM: '1' };
    const dry = await runStandIn(line('update-unassigned-nodes --dry-run'), noKey);
    assert.equal(dry.code, 0);
    assert.match(dry.stderr, /WARN {2}dre::ctx > Couldn't detect neuron due to: .* Will fall back to anonymous/);
    const real = await runStandIn(line('update-unassigned-nodes --yes --forum omit'), noKey);
    assert.deepEqual([real.code, real.stdout], [1, '']);
    assert.match(real.stderr, /Caused by:/);
  });

  it('keeps counting proposals in a file when it is given one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dre-state-'));
    const env = { DRE_SIM_STATE: join(folder, 'next'), DRE_SIM_PROPOSAL: '7' };
    const words = line('update-unassigned-nodes --yes --forum omit');
    const printed = [(await runStandIn(words, env)).stdout, (await runStandIn(words, env)).stdout];
    rmSync(folder, { recursive: true });
    assert.deepEqual(printed, ['proposal 7\n', 'proposal 8\n']);
  });

  it('votes yes without asking, on the accepted topics and proposers alone', async () => {
    const { code, stdout, stderr } = await runStandIn(line('vote --sleep-time 0s'));
    assert.deepEqual([code, stdout], [0, '']);
    const voted = [...stderr.matchAll(/Successfully voted on proposal (\d+)/g)].map((match) => match[1]);
    assert.deepEqual(voted, ['143599', '143596', '143594', '143593', '143592']);
    assert.doesNotMatch(stderr, /topic (?!IcOsVersionDeployment)/);
    const other = await runStandIn(line('vote --sleep-time 0s --accepted-topics 13 --accepted-neurons 61,80'));
    assert.match(other.stderr, /Successfully voted on proposal 143597 /);
    const dry = await runStandIn(line('vote --sleep-time 0s --dry-run'));
    assert.match(dry.stderr, /Would have voted for proposal 143599/);
    assert.doesNotMatch(dry.stderr, /Successfully/);
  });

  it('keeps voting until Ctrl-C, which ends well', async () => {
    const { code, stdout, stderr } = await runStandIn(line('vote'));
    assert.equal(code, 0);
    assert.equal(stdout, 'Sleeping 1m before another check for pending proposals...\n');
    assert.match(stderr, /Received Ctrl-C, exiting\.\.\./);
  });

  it('ends well although votes failed, but not when one round could not read proposals', async () => {
    const refused = await runStandIn(line('vote --sleep-time 0s'), { DRE_SIM_NO_HSM: '1' });
    assert.equal(refused.code, 0);
    assert.match(refused.stderr, /DRE vote: error: Error voting on proposal 143599/);
    assert.equal(await codeOf('vote --sleep-time 0s', { DRE_SIM_FETCH: 'fail' }), 1);
    assert.equal(await codeOf('vote', { DRE_SIM_FETCH: 'fail' }), 0);
  });

  it('prints proposals as JSON: raw on one line, raw in full, decoded newest first', async () => {
    const pending = (await runStandIn(line('proposals pending'))).stdout;
    assert.equal(pending.trimEnd().includes('\n'), false);
    assert.equal(JSON.parse(pending)[0].status, 1);
    assert.equal(JSON.parse((await runStandIn(line('proposals get 143599'))).stdout).id.id, 143599);
    const filtered = JSON.parse((await runStandIn(line('proposals filter -s open -t ic-os-version-election'))).stdout);
    assert.deepEqual(Object.keys(filtered[0]), ['id', 'proposer', 'title', 'summary', 'proposal_timestamp_seconds', 'topic', 'status', 'payload']); // prettier-ignore
    assert.equal(filtered[0].topic, 'IcOsVersionElection');
    const listed = JSON.parse((await runStandIn(line('proposals list --limit 3 --exclude-topic 12'))).stdout);
    assert.deepEqual(
      listed.map((each: { id: number }) => each.id),
      [143598, 143597, 143595],
    );
  });

  it('writes neuron ids beyond 2^53 as whole numbers', async () => {
    assert.match((await runStandIn(line('proposals get 143594'))).stdout, /"id": 17511507705568200227\n/);
  });

  it('fails for an unknown proposal, and analyzes open changes of members alone', async () => {
    const unknown = await runStandIn(line('proposals get 143600'));
    assert.deepEqual([unknown.code, unknown.stdout], [1, '']);
    assert.match(unknown.stderr, /Error: Failed to find proposal 143600/);
    assert.equal(await codeOf('proposals analyze 143595'), 0);
    assert.equal(await codeOf('proposals analyze 143599'), 1);
    assert.equal(await codeOf('proposals analyze 143499'), 1);
  });

  it('writes the registry to a file, filtered, without a newline at the end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dre-registry-'));
    const file = join(folder, 'registry.json');
    const { code } = await runStandIn(['registry', '-o', file, '-f', `subnet_id startswith tdb26`]);
    const text = readFileSync(file, 'utf8');
    rmSync(folder, { recursive: true });
    assert.equal(code, 0);
    assert.ok(text.endsWith('}'));
    const { nodes, subnets } = JSON.parse(text);
    assert.deepEqual([nodes.length, subnets.length], [4, 1]);
    assert.equal(await codeOf(`registry -o /no/such/folder/x`), 1);
  });

  it('opens the editor of the environment for an election, also in a dry run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dre-editor-'));
    const editor = join(folder, 'editor');
    const words = line('version revise-elected-versions guest-os --version abc --dry-run');
    writeFileSync(editor, `#!/bin/sh\necho edited > '${folder}/seen'\n`, { mode: 0o700 });
    const good = await codeOf(words.join(' '), { EDITOR: editor });
    const seen = readFileSync(join(folder, 'seen'), 'utf8');
    writeFileSync(editor, '#!/bin/sh\nexit 1\n', { mode: 0o700 });
    const bad = await codeOf(words.join(' '), { EDITOR: editor });
    rmSync(folder, { recursive: true });
    assert.deepEqual([good, seen, bad], [0, 'edited\n', 1]);
  });

  it('fails, panics or finds nothing to do when it is set to', async () => {
    assert.equal(await codeOf('proposals pending', { DRE_SIM_FAIL: '1' }), 1);
    const panic = await runStandIn(line('proposals pending'), { DRE_SIM_FAIL: '101' });
    assert.equal(panic.code, 101);
    assert.match(panic.stderr, /panicked at/);
    assert.equal(await codeOf('proposals pending', { DRE_SIM_OFFLINE: '1' }), 1);
    const nothing = { DRE_SIM_NOTHING: '1' };
    assert.deepEqual((await runStandIn(line('network --heal --yes --forum omit'), nothing)).stdout, '');
    assert.match((await runStandIn(line('nodes remove'), nothing)).stderr, /Calculated 0 node removals/);
    assert.match((await runStandIn(line('update-default-subnets'), nothing)).stderr, /There are no diffs/);
  });

  it('logs like the real one, and nothing at the level of errors', async () => {
    const { stderr } = await runStandIn(line('proposals pending'));
    assert.match(stderr, /^ 2026-08-26T13:50:11\.000Z INFO {2}dre > Running version 0\.7\.9-[0-9a-f]+\n$/);
    assert.equal((await runStandIn(line('proposals pending'), { RUST_LOG: 'error' })).stderr, '');
  });
});

describe('the stand-in dre as a program', () => {
  it('runs by itself, with its results whole on a pipe', () => {
    const { status, stdout, stderr } = spawnSync(standInPath, ['proposals', 'list', '--limit', '2000'], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    assert.equal(status, 0);
    assert.equal(JSON.parse(stdout).length, 2000);
    assert.match(stderr, /Running version/);
    assert.equal(spawnSync(standInPath, ['bogus']).status, 2);
  });
});
