import { firstGroup, isCommit, shortCommit } from '../domain/base/ids.ts';
import type { MentionKind } from '../domain/links/mention.ts';
import { runTitle, type CommandLine } from '../domain/operations/run.ts';
import { check } from './grammar/check.ts';

/** What the values of an argument name, by the name of the argument in the grammar. */
const named: Readonly<Record<string, TargetKind>> = {
  proposalId: 'proposal',
  subnetId: 'subnet',
  id: 'subnet',
  subnetIds: 'subnet',
  open: 'subnet',
  close: 'subnet',
  nodes: 'node',
  removeNodes: 'node',
  addNodes: 'node',
  from: 'node',
  to: 'node',
  version: 'version',
};

const kinds = ['proposal', 'subnet', 'node', 'version'] as const satisfies readonly MentionKind[];

type TargetKind = (typeof kinds)[number];

/** What a command names of one kind: ids of proposals, subnets, nodes, or whole commits. */
export interface Targets {
  readonly kind: TargetKind;
  readonly ids: readonly string[];
}

/** The proposals, subnets, nodes and versions that a command names, each once. None where dre would refuse it. */
export function targetsOf(args: readonly string[]): readonly Targets[] {
  const verdict = check(args);
  if (verdict.outcome !== 'accepted') return [];
  const { given } = verdict.line;
  return kinds.flatMap((kind) => {
    const texts = [...given].flatMap(([name, { values }]) =>
      named[name] === kind ? values.map(({ text }) => text) : [],
    );
    // A release of dre is a version, too, and no commit.
    const ids = [...new Set(texts)].filter((id) => kind !== 'version' || isCommit(id));
    return ids.length === 0 ? [] : [{ kind, ids }];
  });
}

/** What a run does and to what, in short. */
interface NamedRun {
  /** "Analyze proposal 143574". */
  readonly title: string;
  /** What the title does not name: "3 nodes", "79c0105". */
  readonly others: readonly string[];
}

/** The title of a run, with the one proposal, subnet or version that it is about in place of "a proposal", and what else it is about. */
export function namedRun({ title, args }: Pick<CommandLine, 'title' | 'args'>): NamedRun {
  const others: string[] = [];
  let whole = title;
  for (const { kind, ids } of targetsOf(args)) {
    const [id = '', ...more] = ids.map(shortTarget);
    const noun = new RegExp(`\\ban? ((?:\\w+ )?${kind})\\b`);
    if (more.length > 0) others.push(`${ids.length} ${kind}s`);
    else if (noun.test(whole)) whole = whole.replace(noun, (_, words: string) => `${words} ${id}`);
    else others.push(id);
  }
  return { title: whole, others };
}

/** The same in one text, and whether it only simulates: "Roll out HostOS version 79c0105: 3 nodes (dry run)". */
export function namedTitle({ title, args, dryRun }: Pick<CommandLine, 'title' | 'args' | 'dryRun'>): string {
  const { title: whole, others } = namedRun({ title, args });
  return runTitle({ title: others.length === 0 ? whole : `${whole}: ${others.join(', ')}`, dryRun });
}

/** An id as short as people say it. */
export function shortTarget(id: string): string {
  return isCommit(id) ? shortCommit(id) : firstGroup(id);
}
