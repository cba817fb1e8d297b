import { firstGroup } from '../domain/base/ids.ts';
import { runTitle, sameArguments, type CommandLine, type Run, type RunEnd } from '../domain/operations/run.ts';
import type { RegistryNode } from '../domain/links/registry.ts';
import { nodeChangeOf } from '../domain/proposals/payload.ts';
import type { Proposal } from '../domain/proposals/proposal.ts';
import { targetKind, type CellState, type Rollout } from '../domain/releases/rollout.ts';
import { day, type Instant } from '../domain/base/time.ts';
import { weekdayOf, type Weekday } from '../domain/base/weekday.ts';
import { realForm } from './commandLine.ts';
import { check } from './grammar/check.ts';
import { hasSubmitted } from './outcome.ts';
import { summarize } from './summary.ts';

/** What is known that may be a reason not to run. */
export interface GuardFacts {
  readonly now: Instant;
  readonly runs: Iterable<Run>;
  readonly proposals: Iterable<Proposal>;
  readonly rollouts: Iterable<Rollout>;
  /** The nodes of the registry as it was read last, by id; none where it never was. */
  readonly registry: ReadonlyMap<string, RegistryNode>;
  /** The output of the dry run before; undefined where there is none. */
  readonly simulated: string | undefined;
}

/** A reason not to submit, as a sentence. A person can go on by giving a reason to. */
export type Guard = string;

/** All reasons not to submit this. For a dry run: not to submit what it simulates. */
export function guardsOf(line: CommandLine, facts: GuardFacts): readonly Guard[] {
  if (line.effect !== 'submits') return [];
  const touched = touchedIds(line, facts);
  return [
    ...submittedBefore(line, facts),
    ...election(line, facts),
    ...openChange(line, facts, touched),
    ...rollout(facts, touched),
  ];
}

/** Two submissions of the same arguments within a day are most often one too many. */
function submittedBefore(line: CommandLine, { runs, now }: GuardFacts): readonly Guard[] {
  const { args } = line.dryRun ? realForm(line) : line;
  for (const run of runs) {
    const { end } = run;
    if (run.dryRun || end === undefined || now - end.endedAt >= day) continue;
    const submitted = hasSubmitted(end);
    if (submitted === 'no' || !sameArguments(run, { program: run.program, args })) continue;
    return [`${runTitle(run)} ran with the same arguments within the last day, ${submittedWords(end)}.`];
  }
  return [];
}

function submittedWords(end: RunEnd): string {
  const ids = end.proposals.join(', ');
  if (end.proposals.length === 0) return 'and may have submitted a proposal: how far it came is not known';
  return end.ending === 'submitted' ? `and submitted ${ids}` : `submitted ${ids}, and may have submitted more`;
}

/** The days (UTC) that are too early for an election. */
const daysBefore: ReadonlySet<Weekday> = new Set(['monday', 'tuesday', 'wednesday', 'thursday']);

/** Elections are submitted on Friday, not earlier, except for security fixes (dre.md 5.3). */
function election({ args }: CommandLine, { now }: GuardFacts): readonly Guard[] {
  const isElection = args.some((word) => /^revise-elected-(?:versions|guestos-versions|hostos-versions)$/.test(word));
  if (!isElection || args.includes('--security-fix') || !daysBefore.has(weekdayOf(now))) return [];
  return ['Elections are submitted on Friday, not earlier, and this is not a security fix.'];
}

/** NNS function 31 changes the members of a subnet (dre.md 8.3). */
const changeSubnetMembership = 31;

/** The commands that change the members of the subnets they are about; `network` leaves such a subnet out itself (dre.md 4). */
const membershipCommands: ReadonlySet<string> = new Set(['replace', 'resize', 'rescue', 'force-replace']);

function openChange({ args }: CommandLine, facts: GuardFacts, touched: ReadonlySet<string>): readonly Guard[] {
  const [command = '', verb = ''] = args;
  const isProposed = command === 'propose' && args.includes('change-subnet-membership');
  if (!isProposed && !(command === 'subnet' && membershipCommands.has(verb))) return [];
  return [...facts.proposals].flatMap(({ id, nnsFunction, status, title, summary, payload }) => {
    if (nnsFunction !== changeSubnetMembership || status !== 'open') return [];
    const changed = nodeChangeOf(nnsFunction, payload)?.subnet;
    const text = `${title}\n${summary}`;
    const subnet = [...touched].find(
      (word) => word === changed || text.includes(word) || title.includes(`subnet ${firstGroup(word)}`),
    );
    return subnet === undefined
      ? []
      : [`Proposal ${id} is open and already changes the nodes of ${firstGroup(subnet)}.`];
  });
}

/** The options whose values are left as they are, or are text for people. */
const untouched: ReadonlySet<string> = new Set([
  ...['omitSubnets', 'omitNodes', 'exclude', 'motivation', 'summary', 'title'],
]);

/**
 * The full ids of subnets and nodes that a command is about: those that its arguments name, those that its dry run says
 * it would change, and the subnets of these nodes as far as the registry that was read has them.
 */
function touchedIds({ args }: CommandLine, { registry, simulated = '' }: GuardFacts): ReadonlySet<string> {
  const verdict = check(args);
  const words =
    verdict.outcome === 'accepted'
      ? [...verdict.line.given].flatMap(([name, { values }]) =>
          untouched.has(name) ? [] : values.map(({ text }) => text),
        )
      : args;
  const named = words.map((word) => /^(?:subnet|node)\((.*)\)$/.exec(word)?.[1] ?? word).filter(isLongId);
  const { subnets, added, removed } = summarize(simulated);
  const ids = new Set([...named, ...subnets, ...added, ...removed]);
  for (const id of [...ids]) {
    const subnet = registry.get(id)?.subnet;
    if (subnet !== undefined && subnet !== null) ids.add(subnet);
  }
  return ids;
}

/** The states of a subnet or node whose upgrade has begun and is not over. */
const underway: ReadonlySet<CellState> = new Set<CellState>([
  'error',
  'proposing',
  'waiting_for_election',
  'waiting_for_adoption',
  'waiting_for_alerts_gone',
  'waiting_until_nodes_healthy',
]);

function rollout({ rollouts }: GuardFacts, touched: ReadonlySet<string>): readonly Guard[] {
  const found: Guard[] = [];
  for (const each of rollouts) {
    for (const batch of each.batches) {
      for (const { id, state } of batch.targets) {
        if (!underway.has(state) || !touched.has(id)) continue;
        found.push(
          `The ${targetKind(each)} ${firstGroup(id)} is in the middle of batch ${batch.number} of its rollout.`,
        );
      }
    }
  }
  return [...new Set(found)];
}

function isLongId(word: string): boolean {
  return /^[a-z0-9]{5}(?:-[a-z0-9]{1,5})+$/.test(word);
}
