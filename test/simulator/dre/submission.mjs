// The steps of a proposal: simulate, ask, submit, print `proposal <id>` (dre.md 2.2 and 2.3).
import { askLink, confirm, RunError } from './io.mjs';

const summaryLimit = 29_000;

/** Who proposes or votes. Without a key the tool only warns and goes on with a made-up neuron. */
export function findNeuron(context) {
  const { parsed, env, log } = context;
  const given = parsed.has('neuron_id') ? parsed.one('neuron_id') : undefined;
  const hasKey = parsed.has('private_key_pem') || parsed.has('hsm_pin') || parsed.has('hsm_slot');
  if (parsed.one('network') === 'staging' && given === undefined) return { id: '49', real: true };
  if (given === undefined && !hasKey && parsed.path.join(' ') === 'dre subnet deploy') return { id: '80', real: true };
  if (parsed.flag('offline') && given === undefined) {
    log('warn', 'Running in offline mode without a neuron id, assuming 0');
    return { id: '0', real: false };
  }
  if (env.DRE_SIM_NO_HSM !== '1' || parsed.has('private_key_pem')) return { id: given ?? '40', real: true };
  log('warn', "Couldn't detect neuron due to: No HSM detected. Will fall back to anonymous in dry-run operations.", 'dre::ctx'); // prettier-ignore
  return { id: '123', real: false };
}

async function forumLink(context, supportsDiscourse) {
  const { parsed, io, log } = context;
  const wish = parsed.one('forum_post_link');
  if (wish === 'omit') return undefined;
  if (wish === 'discourse' && supportsDiscourse) return 'https://forum.dfinity.org/t/simulated/1';
  if (wish === 'discourse') log('warn', 'No forum post is created for this kind of proposal');
  return wish === 'ask' || wish === 'discourse' ? askLink(io, 'Forum post link') : wish;
}

/** What `--dry-run` shows of the forum link, on standard output. */
function forumLine(context) {
  const wish = context.parsed.one('forum_post_link');
  if (wish === 'ask') context.io.out('Forum post link: Will be prompted\n');
  if (wish === 'discourse') context.io.out('Forum post link: Will be automatically created on Discourse\n');
}

/**
 * Goes through these steps for one proposal. Returns its id, or undefined when it was not submitted.
 * @param context the run
 * @param proposal `{ action, title, summary, discourse }`; `discourse` when a forum post can be made for it
 */
export async function propose(context, proposal) {
  const { parsed, io, log } = context;
  if ((proposal.summary ?? '').length > summaryLimit) {
    throw new RunError(`Proposal summary is longer than ${summaryLimit} characters`);
  }
  const neuron = findNeuron(context);
  const dryRun = parsed.flag('dry_run') || context.forceDryRun === true;
  const words = ['--silence-notices', '--nns-urls https://ic0.app/', proposal.action, `--proposer ${neuron.id}`];
  const showCommand = (more) =>
    log('info', `Running ic-admin: \n$ ic-admin \\\n  ${[...words, ...more].join(' \\\n  ')}`, 'dre::ic_admin');
  if (!parsed.flag('yes')) {
    showCommand(['--dry-run']);
    io.out(`Title: ${proposal.title}\n\nSummary: ${proposal.summary ?? ''}\n\nPayload: {}\n`);
    forumLine(context);
    if (dryRun || !(await confirm(io, 'Do you want to continue?'))) return undefined;
  }
  const link = await forumLink(context, proposal.discourse === true);
  showCommand([]);
  if (!neuron.real) {
    throw new RunError('ic-admin exited with non-zero exit code 1', ['Neuron not authorized to make proposals']);
  }
  const id = context.takeProposalId();
  if (link !== undefined && URL.canParse(parsed.one('forum_post_link'))) {
    log('info', `Please manually cite https://dashboard.internetcomputer.org/proposal/${id} in ${link}`);
  }
  return id;
}

/** `propose` for commands with a single proposal: prints its id as the last line. */
export async function proposeOne(context, proposal) {
  const id = await propose(context, proposal);
  if (id !== undefined) context.io.out(`proposal ${id}\n`);
}
