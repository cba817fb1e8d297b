// The stand-in `dre`: accepts and refuses what the real one does, prompts like it and ends like it. Nothing leaves the
// machine. Switches, by environment variable:
// - DRE_SIM_PROPOSAL=N      the id of the next proposal (default 143600); DRE_SIM_STATE=FILE keeps it over runs
// - DRE_SIM_NOW=MS          what time it is (epoch milliseconds)
// - DRE_SIM_NO_HSM=1        no key is found: the warning of dre.md 2.3, then a refusal when a signature is needed
// - DRE_SIM_FAIL=CODE       the command ends with this code, as the real one does for it
// - DRE_SIM_NOTHING=1       there is nothing to propose
// - DRE_SIM_OFFLINE=1       no NNS address can be reached
// - DRE_SIM_FETCH=fail      `vote` cannot read proposals; DRE_SIM_ALREADY_VOTED=N,M for votes that were cast before
// - DRE_SIM_UPDATE=X        there is a newer version X
// - DRE_SIM_PRINCIPALS=strict  refuses short ids as well (see values.mjs)
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { check } from './checks.mjs';
import { commands } from './commands.mjs';
import { logger, RunError } from './io.mjs';
import { Display, parse, UsageError } from './parser.mjs';
import { Panic } from './values.mjs';
import { proposalsBefore } from './world.mjs';

export const version = '0.7.9-816e0bd0';

export const grammar = JSON.parse(readFileSync(new URL('./grammar.json', import.meta.url), 'utf8'));

function showHelp(io, path) {
  io.out(`Usage: ${path.join(' ')} [OPTIONS]\n\nOptions:\n  -h, --help  Print help\n`);
  return 0;
}

function showPanic(io, message) {
  io.err(`\nthread 'main' panicked at rs/cli/src/main.rs:1:1:\n${message}\n`);
  return 101;
}

function showError(io, error) {
  const causes = error.causes.map((cause, at) => `    ${at}: ${cause}\n`);
  io.err(`Error: ${error.message}\n${causes.length > 0 ? `\nCaused by:\n${causes.join('')}` : ''}`);
  return 1;
}

function refuse(io, { message, path }) {
  io.err(`error: ${message}\n\nUsage: ${path.join(' ')} [OPTIONS]\n\nFor more information, try '--help'.\n`);
  return 2;
}

/** Ids from a counter: in a file when there is one, else from the switch. */
function counter(env) {
  const kept = env.DRE_SIM_STATE !== undefined && existsSync(env.DRE_SIM_STATE);
  let next = Number(kept ? readFileSync(env.DRE_SIM_STATE, 'utf8') : (env.DRE_SIM_PROPOSAL ?? 143_600));
  return {
    next,
    take() {
      const id = next++;
      if (env.DRE_SIM_STATE !== undefined) writeFileSync(env.DRE_SIM_STATE, String(next));
      return id;
    },
  };
}

function needNetwork(parsed, env) {
  const network = parsed.one('network');
  if (!['mainnet', 'staging'].includes(network) && !parsed.has('nns_urls')) throw new RunError('No NNS URLs provided');
  if (env.DRE_SIM_OFFLINE === '1' && !parsed.flag('offline') && parsed.path[1] !== 'upgrade') {
    throw new RunError('No reachable NNS URLs provided');
  }
}

/** Ends as the real tool does for this exit code. */
function failWith(io, code) {
  if (code === 101) return showPanic(io, 'simulated panic');
  if (code === 1) return showError(io, new RunError('simulated failure', ['the network did not answer']));
  return code;
}

async function act(parsed, env, io) {
  const now = () => Number(env.DRE_SIM_NOW ?? Date.now());
  const log = logger(io, env, now);
  log('info', `Running version ${version}`);
  if (parsed.path[1] !== 'upgrade') needNetwork(parsed, env);
  if (env.DRE_SIM_FAIL !== undefined) return failWith(io, Number(env.DRE_SIM_FAIL));
  const ids = counter(env);
  const proposals = proposalsBefore(ids.next, now());
  const context = { parsed, env, io, log, proposals, takeProposalId: () => ids.take() };
  await commands.get(parsed.path.slice(1).join(' '))(context);
  if (env.DRE_SIM_UPDATE !== undefined) {
    log('info', `There is a new version '${env.DRE_SIM_UPDATE}' available. Run 'dre upgrade' to upgrade`);
  }
  return 0;
}

/** Runs a command line (without the program's name) and returns the exit code. */
export async function run(words, env, io) {
  const settings = { strictPrincipals: env.DRE_SIM_PRINCIPALS === 'strict' };
  try {
    const parsed = parse(grammar, words, env, settings);
    if (parsed.has('hsm_key_id')) throw new Panic('Mismatch between definition and access of `hsm_key_id`');
    check(parsed);
    return await act(parsed, env, io);
  } catch (error) {
    if (error instanceof UsageError) return refuse(io, error);
    if (error instanceof RunError) return showError(io, error);
    if (error instanceof Panic) return showPanic(io, error.message);
    if (!(error instanceof Display)) throw error;
    if (error.what === 'help') return showHelp(io, error.path);
    io.out(`dre ${version}\n`);
    return 0;
  }
}
