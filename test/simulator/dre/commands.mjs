// What each command does, as far as a person at a terminal sees it (dre.md 2 to 4).
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunError } from './io.mjs';
import { findNeuron, propose, proposeOne } from './submission.mjs';
import { principalText, registryFilter } from './values.mjs';
import { member, spareNodes } from '../network.mjs';
import { decentralization, decoded, json, raw, registry, statuses, subnets, topics } from './world.mjs';
import { vote } from './vote.mjs';

/** Opens `$VISUAL` or `$EDITOR` on a text; without either it is left as it is. */
function edit({ env }, text) {
  const editor = env.VISUAL ?? env.EDITOR;
  if (editor === undefined || editor.trim() === '') return text;
  const folder = mkdtempSync(join(tmpdir(), 'dre-edit-'));
  try {
    const file = join(folder, 'text');
    writeFileSync(file, text);
    const [program, ...args] = editor.trim().split(/\s+/);
    const { status } = spawnSync(program, [...args, file], { stdio: 'inherit' });
    if (status !== 0) throw new RunError('editor exited without success');
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const nothingToDo = ({ env }) => env.DRE_SIM_NOTHING === '1';
const motivation = (parsed) => parsed.one('motivation') ?? 'Replacing unhealthy nodes';

/** Members change in one subnet: shows the effect, then proposes. */
async function changeMembers(context, subnet, added, removed, title) {
  context.io.out(decentralization(subnet, added, removed));
  return propose(context, {
    action: `propose-to-change-subnet-membership --subnet ${subnet}`,
    title,
    summary: motivation(context.parsed),
    discourse: true,
  });
}

async function network(context) {
  if (nothingToDo(context)) return;
  const skipped = context.parsed.all('omit_subnets');
  const ids = [];
  const changed = [subnets[3], subnets[2]].filter((id) => !skipped.some((part) => id.includes(part)));
  for (const [index, subnet] of changed.entries()) {
    const id = await changeMembers(context, subnet, [spareNodes[6 + index]], [member(subnet, 'd')], `Replace a node in subnet ${subnet.slice(0, 5)}`); // prettier-ignore
    if (id !== undefined) ids.push(id);
  }
  for (const id of ids) context.io.out(`proposal ${id}\n`);
}

async function oneChange(context, subnet, added, removed, title) {
  if (nothingToDo(context)) return;
  const id = await changeMembers(context, subnet, added, removed, title);
  if (id !== undefined) context.io.out(`proposal ${id}\n`);
}

async function replace(context) {
  const { parsed } = context;
  const nodes = parsed.all('remove_nodes');
  const subnet = parsed.one('subnet_id') ?? subnets[0];
  const removed = nodes.length > 0 ? nodes : [member(subnet, 'd')];
  const added = removed.map((_, index) => spareNodes[(6 + index) % spareNodes.length]);
  await oneChange(context, subnet, added, removed, `Replace ${removed.length > 1 ? 'nodes' : 'a node'} in subnet ${subnet.slice(0, 5)}`); // prettier-ignore
}

async function forceReplace(context) {
  const { parsed } = context;
  const subnet = parsed.one('subnet_id');
  await oneChange(
    context,
    subnet,
    parsed.all('to'),
    parsed.all('from'),
    `Replace nodes in subnet ${subnet.slice(0, 5)}`,
  );
}

async function resize(context) {
  const { parsed } = context;
  const subnet = parsed.one('id');
  await oneChange(context, subnet, parsed.all('add_nodes'), [], `Resize subnet ${subnet.slice(0, 5)}`);
}

async function rescue(context) {
  const subnet = context.parsed.one('id');
  await oneChange(context, subnet, [spareNodes[6]], [member(subnet, 'd')], `Replace nodes in subnet ${subnet.slice(0, 5)}`); // prettier-ignore
}

function whatif({ parsed, io }) {
  io.out(decentralization(parsed.one('subnet_id'), parsed.all('add_nodes'), parsed.all('remove_nodes')));
}

/** A command that makes one proposal without further rules. */
function plain(action, title) {
  return async (context) => {
    const { parsed } = context;
    if (nothingToDo(context)) return;
    const summary = parsed.one('motivation') ?? parsed.one('summary') ?? '';
    await proposeOne(context, { action, title: title(parsed), summary });
  };
}

async function createSubnet(context) {
  if (context.parsed.flag('help_other_args')) {
    context.io.out('Options of ic-admin propose-to-create-subnet\n');
    return;
  }
  await plain('propose-to-create-subnet', () => 'Creating a new subnet')(context);
}

async function removeNodes(context) {
  if (nothingToDo(context)) throw new RunError('Calculated 0 node removals');
  await plain('propose-to-remove-nodes', () => 'Remove nodes from the network')(context);
}

async function defaultSubnets(context) {
  if (nothingToDo(context)) {
    context.log('info', 'There are no diffs. Skipping proposal creation.');
    return;
  }
  await proposeOne(context, {
    action: 'propose-to-set-authorized-subnetworks',
    title: 'Updating the list of default subnets',
    discourse: true,
  });
}

async function rolloutHostOs(context) {
  const nodes = context.parsed.all('nodes').length || 2;
  const version = context.parsed.one('version');
  if (nothingToDo(context)) return;
  await proposeOne(context, {
    action: 'propose-to-deploy-hostos-to-some-nodes',
    title: `Set HostOS version: ${version} on ${nodes} nodes`,
  });
}

function revise(os) {
  return async (context) => {
    edit(context, '# Versions to retire, one in a line\n');
    const version = context.parsed.one('version').slice(0, 8);
    const title = context.parsed.flag('security_fix')
      ? 'Security patch update'
      : `Elect new ${os} revision (commit ${version})`;
    await proposeOne(context, { action: 'propose-to-revise-elected-versions', title });
  };
}

async function firewall(context) {
  edit(context, '{}\n');
  await proposeOne(context, {
    action: 'propose-to-update-firewall-rules --test',
    title: context.parsed.one('title'),
    summary: context.parsed.one('summary'),
  });
}

async function rawPropose(context) {
  const words = context.parsed.all('args');
  if (words.length === 0 || (words.length === 1 && ['--help', '-h'].includes(words[0]))) {
    context.io.out('Commands: create-subnet, update-subnet, remove-node-operators, …\n');
    return;
  }
  const title = `ic-admin ${words[0]}`;
  await proposeOne({ ...context, forceDryRun: words.includes('--help') }, { action: `propose-to-${words[0]}`, title });
}

async function motion(context) {
  const { parsed, io } = context;
  const path = parsed.one('summary_file');
  let summary;
  try {
    summary = readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new RunError(`Failed to read ${path}`, [error.message]);
  }
  const title = parsed.one('title') ?? /^#\s*(.+)$/m.exec(summary)?.[1] ?? 'Motion';
  if (!parsed.flag('dry_run')) return proposeOne(context, { action: 'motion', title, summary, discourse: true });
  findNeuron(context);
  io.out(`Proposal that would be submitted:\nMakeProposalRequest {\n    title: Some(\n        ${JSON.stringify(title)},\n    ),\n}\n`); // prettier-ignore
  io.out(`Forum post link: ${parsed.one('forum_post_link')}\n`);
}

const print = (io, value) => io.out(`${json(value, 2)}\n`);

function findProposal({ parsed, proposals }) {
  const id = BigInt(parsed.one('proposal_id'));
  const proposal = proposals.get(id);
  if (proposal === undefined) throw new RunError(`Failed to find proposal ${id}`);
  return proposal;
}

function analyze(context) {
  const proposal = findProposal(context);
  const { payload } = decoded(proposal);
  if (payload.node_ids_add === undefined) {
    throw new RunError(`Proposal ${proposal.id} must have payload type: ChangeSubnetMembershipPayload`);
  }
  if (proposal.status !== 1) throw new RunError(`Proposal ${proposal.id} has status ${statuses[proposal.status]}`);
  context.io.out(decentralization(payload.subnet_id, payload.node_ids_add, payload.node_ids_remove));
}

function take(iterable, count, wanted) {
  const taken = [];
  for (const each of iterable) {
    if (taken.length >= count) break;
    if (wanted(each)) taken.push(each);
  }
  return taken;
}

function filterProposals({ parsed, io, proposals }) {
  const wantedStatuses = parsed.all('statuses');
  const wantedTopics = parsed.all('topics');
  const wanted = (proposal) =>
    (wantedStatuses.length === 0 || wantedStatuses.includes(statuses[proposal.status].toLowerCase())) &&
    (wantedTopics.length === 0 || wantedTopics.includes(topics.get(proposal.topic).word));
  print(io, take(proposals.newestFirst(), Number(parsed.one('limit')), wanted).map(decoded));
}

function listProposals({ parsed, io, proposals }) {
  const before = parsed.has('before_proposal') ? Number(parsed.one('before_proposal')) : undefined;
  const numbers = (name) => parsed.all(name).map(Number);
  const [noTopics, rewards, wantedStatuses] = ['exclude_topic', 'include_reward_status', 'include_status'].map(numbers);
  const wanted = ({ topic, status }) =>
    !noTopics.includes(topic) &&
    (rewards.length === 0 || rewards.includes(status === 1 ? 1 : 3)) &&
    (wantedStatuses.length === 0 || wantedStatuses.includes(status));
  print(io, take(proposals.newestFirst(before), Number(parsed.one('limit')), wanted).map(decoded));
}

const compare = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  gt: (left, right) => Number(left) > Number(right),
  lt: (left, right) => Number(left) < Number(right),
  ge: (left, right) => Number(left) >= Number(right),
  le: (left, right) => Number(left) <= Number(right),
  re: (left, right) => new RegExp(right).test(left),
  contains: (left, right) => left.includes(right),
  startswith: (left, right) => left.startsWith(right),
  endswith: (left, right) => left.endsWith(right),
};

function printRegistry({ parsed, io }) {
  if (parsed.has('dump_versions')) {
    print(io, [{ version: 1, key: 'nns_subnet_id', value: subnets[0] }]);
    return;
  }
  const filters = parsed.all('filters').map(registryFilter);
  const kept = (entry) =>
    filters.every(
      ({ key, operator, value }) => entry[key] !== undefined && compare[operator](String(entry[key]), value),
    );
  const sections = Object.entries(registry()).map(([name, part]) => [
    name,
    Array.isArray(part) ? part.filter(kept) : part,
  ]);
  const text = json(Object.fromEntries(sections), 2);
  if (!parsed.has('output')) return io.out(text);
  try {
    writeFileSync(parsed.one('output'), text);
  } catch (error) {
    throw new RunError(`Couldn't write ${parsed.one('output')}`, [error.message]);
  }
}

function get({ parsed, io }) {
  const [command] = parsed.all('args');
  if (command === undefined) io.out('Commands: elected-guestos-versions, firewall-rules, subnet, subnet-list, …\n');
  else if (command === 'subnet-list') print(io, subnets);
  else if (command === 'elected-guestos-versions') {
    print(
      io,
      registry().elected_guest_os_versions.map((version) => version.replica_version_id),
    );
  } else print(io, {});
}

function derToPrincipal({ parsed, io }) {
  let der;
  try {
    der = readFileSync(parsed.one('path'));
  } catch (error) {
    throw new RunError(`Failed to read ${parsed.one('path')}`, [error.message]);
  }
  io.out(`${principalText([...createHash('sha224').update(der).digest(), 2])}\n`);
}

/** The signing commands have no fallback: without a key they fail. */
function needKey({ env, parsed }) {
  if (env.DRE_SIM_NO_HSM === '1' && !parsed.has('private_key_pem')) throw new RunError('No HSM detected');
}

const signed = (text) => (context) => {
  needKey(context);
  context.io.out(text);
};
const said = (text) => (context) => void context.io.out(text);

async function authorize(context) {
  const { parsed } = context;
  const list = ['open', 'close'].flatMap((name) => parsed.all(name).map((id) => `${name} ${id}`));
  const summary = parsed.one('motivation') ?? list.join('\n');
  await proposeOne(context, { action: 'propose-to-set-authorized-subnetworks', title: 'Updating the list of authorized subnets', summary }); // prettier-ignore
}

async function unassigned(context) {
  if (nothingToDo(context)) return;
  await proposeOne(context, {
    action: 'propose-to-deploy-guestos-to-all-unassigned-nodes',
    title: 'Update all unassigned nodes',
  });
}

function execute({ parsed, io }) {
  if (parsed.one('network') === 'mainnet') throw new RunError('Qualification is not allowed on mainnet');
  io.out('Qualified\n');
}

const count = (parsed) => parsed.all('nodes').length;

/** The commands by their names, without the program's. */
export const commands = new Map(
  Object.entries({
    'der-to-principal': derToPrincipal,
    network,
    'subnet whatif-decentralization': whatif,
    'subnet deploy': plain('propose-to-deploy-guestos-to-all-subnet-nodes', (parsed) => `Update subnet ${parsed.one('id')} to GuestOS version ${parsed.one('version')}`), // prettier-ignore
    'subnet replace': replace,
    'subnet resize': resize,
    'subnet create': createSubnet,
    'subnet rescue': rescue,
    'subnet set-authorization': authorize,
    'subnet force-replace': forceReplace,
    get,
    propose: rawPropose,
    'update-unassigned-nodes': unassigned,
    'version revise-elected-versions guest-os': revise('IC/Guestos'),
    'version revise-elected-versions host-os': revise('IC/HostOS'),
    'node-metrics': signed('{}\n'),
    'node-rewards ongoing': signed('Rewards so far\n'),
    'node-rewards past-rewards': (context) => {
      if (!/^\d{4}-\d{2}$/.test(context.parsed.one('month'))) throw new RunError('The month must be YYYY-MM');
      signed('Rewards of the month\n')(context);
    },
    'host-os rollout': rolloutHostOs,
    'host-os rollout-from-node-group': rolloutHostOs,
    'nodes remove': removeNodes,
    'api-boundary-nodes add': plain('propose-to-add-api-boundary-nodes', (parsed) => `Add ${count(parsed)} API boundary node(s)`), // prettier-ignore
    'api-boundary-nodes update': plain('propose-to-deploy-guestos-to-some-api-boundary-nodes', (parsed) => `Update ${count(parsed)} API boundary node(s) to ${parsed.one('version')}`), // prettier-ignore
    'api-boundary-nodes remove': plain('propose-to-remove-api-boundary-nodes', (parsed) => `Remove ${count(parsed)} API boundary node(s)`), // prettier-ignore
    vote,
    registry: printRegistry,
    firewall,
    upgrade: ({ log }) => log('info', 'Already running the latest version'),
    'proposals pending': ({ io, proposals }) =>
      io.out(`${json(take(proposals.newestFirst(), 20, (proposal) => proposal.status === 1).map(raw))}\n`),
    'proposals get': (context) => print(context.io, raw(findProposal(context))),
    'proposals analyze': analyze,
    'proposals filter': filterProposals,
    'proposals list': listProposals,
    completions: said('_dre() { :; }\n'),
    'qualify list': said('1. Upgrade\n2. Downgrade\n'),
    'qualify execute': execute,
    'update-default-subnets': defaultSubnets,
    'neuron balance': (context) => context.io.out(`${findNeuron(context).real ? '12.34' : '0'}\n`),
    'neuron top-up': said('Please send ICP to the account of this neuron.\n'),
    'neuron refresh': ({ log }) => log('info', 'Neuron refreshed'),
    'governance propose motion': motion,
  }),
);
