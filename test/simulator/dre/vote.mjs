// `dre vote` (dre.md 3.1): never asks, always votes yes, on stderr says what it does.
import { findNeuron } from './submission.mjs';
import { RunError } from './io.mjs';
import { durationSeconds, showDuration } from './values.mjs';
import { topics } from './world.mjs';

function voteOn(context, proposal, neuron) {
  const { parsed, env, log } = context;
  const about = `proposal ${proposal.id} (topic ${topics.get(proposal.topic).name}, proposer ${proposal.proposer})`;
  const say = (level, text) => log(level, text, 'dre::desktop_notify');
  if (parsed.flag('dry_run')) {
    say('info', `DRE vote: voting: Would have voted for proposal ${proposal.id}`);
    return;
  }
  say('info', `DRE vote: voting: Voting on ${about} -> ${proposal.title}`);
  const already = (env.DRE_SIM_ALREADY_VOTED ?? '').split(',').includes(String(proposal.id));
  if (!neuron.real) say('error', `DRE vote: error: Error voting on ${about}: Neuron not authorized`);
  else if (already) {
    say('info', `Voted successfully: Neuron already voted on proposal ${proposal.id}, cannot vote again.`);
  } else say('info', `Voted successfully: Successfully voted on ${about}`);
}

/** One round, or rounds until Ctrl-C. */
export async function vote(context) {
  const { parsed, env, io, log, proposals } = context;
  const pause = durationSeconds(parsed.one('sleep_time'));
  const neurons = new Set(parsed.all('accepted_neurons').map((id) => BigInt(id)));
  const accepted = new Set(parsed.all('accepted_topics').map(Number));
  const neuron = findNeuron(context);
  const handled = new Set();
  const interrupted = new AbortController();
  io.onInterrupt(() => interrupted.abort());
  log('info', 'DRE vote: starting: Starting the voting loop...', 'dre::desktop_notify');
  for (;;) {
    if (env.DRE_SIM_FETCH === 'fail') {
      const text = 'Error obtaining proposals -> request timed out, please verify that your HSM is working correctly, or try unplugging it and plugging it back in'; // prettier-ignore
      log('error', `DRE vote: error: ${text}`, 'dre::desktop_notify');
      if (pause === 0) throw new RunError(text);
    } else {
      for (const proposal of proposals.newestFirst()) {
        if (proposal.status !== 1) break;
        if (handled.has(proposal.id) || !accepted.has(proposal.topic) || !neurons.has(proposal.proposer)) continue;
        handled.add(proposal.id);
        voteOn(context, proposal, neuron);
      }
    }
    if (pause === 0) return;
    io.out(`Sleeping ${showDuration(pause)} before another check for pending proposals...\n`);
    if (!(await io.sleep(pause, interrupted.signal))) {
      log('info', 'Received Ctrl-C, exiting...');
      return;
    }
    io.out('\u001b[1A\u001b[K');
  }
}
