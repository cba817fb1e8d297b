import { firstGroup, isCommit, shortCommit } from '../domain/base/ids.ts';
import type { MentionKind, Subject } from '../domain/links/mention.ts';
import type { Operation } from './operations.ts';
import type { Parameter, ParameterKind } from './parameters.ts';

/** What an operation may be about. */
export interface About {
  /** Subnets, nodes, proposals and versions; other subjects are left out, as are ids that have not their shape. */
  readonly subjects: readonly Subject[];
  /** The version that goes with them, a whole commit: it fits where another subject does. */
  readonly version?: string | undefined;
}

/** An operation with some of its arguments filled in. */
export interface Suggestion {
  readonly operation: Operation;
  /** By the names of parameters. */
  readonly values: Readonly<Record<string, string>>;
  /** What it is about, in short: "tdb26", "3 nodes", "143590". */
  readonly about: string;
}

/** What can stand for a parameter. */
interface Candidate {
  readonly value: string;
  readonly about: string;
}

/**
 * The operations that fit: those of whose required parameters at least one can be filled. One for each subnet, proposal and
 * version; nodes are taken together.
 */
export function suggestionsFor(operations: Iterable<Operation>, { subjects, version }: About): readonly Suggestion[] {
  return [...operations].flatMap((operation) => {
    const required = operation.parameters.filter((parameter) => parameter.required);
    const main = required.find((parameter) => candidatesFor(parameter, subjects).length > 0);
    if (main === undefined) return [];
    const others = required.flatMap((parameter) => {
      if (parameter === main) return [];
      const known =
        parameter.kind === 'version' && isCommit(version) ? [{ kind: 'version', id: version } as const] : [];
      const [only, another] = candidatesFor(parameter, known.length > 0 ? known : subjects);
      return only === undefined || another !== undefined ? [] : [[parameter.name, only.value] as const];
    });
    return candidatesFor(main, subjects).map(({ value, about }) => ({
      operation,
      about,
      values: { ...Object.fromEntries(others), [main.name]: value },
    }));
  });
}

/** The subjects that a parameter takes, by its kind. */
const taken: Partial<Record<ParameterKind, MentionKind>> = {
  principal: 'subnet',
  proposalId: 'proposal',
  version: 'version',
  idList: 'node',
};

function candidatesFor(parameter: Parameter, subjects: readonly Subject[]): readonly Candidate[] {
  const kind = taken[parameter.kind];
  const fits = subjects.filter((each) => each.kind === kind && parameter.validate(each.id) === undefined);
  const ids = [...new Set(fits.map(({ id }) => id))];
  if (kind !== 'node' || ids.length < 2) return ids.map((id) => ({ value: id, about: inShort(id) }));
  return [{ value: ids.join(' '), about: `${ids.length} nodes` }];
}

/** A version by its first digits, a subnet or node by its first group, a proposal by its whole id. */
function inShort(id: string): string {
  return isCommit(id) ? shortCommit(id) : firstGroup(id);
}
