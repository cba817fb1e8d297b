import { operations } from '../../dre/catalogue.ts';
import type { Operation } from '../../dre/operations.ts';
import type { Parameter } from '../../dre/parameters.ts';
import { suggestionsFor, type About, type Suggestion } from '../../dre/suggestions.ts';
import type { PlaceItem } from '../../views/links/places.ts';
import { offeredKinds } from '../../views/operations/offered.ts';
import type { Host } from '../kit/host.ts';
import { pickOne, pickSeveral, type PickEntry } from '../kit/picks.ts';
import { askTyped } from '../kit/typedQuestion.ts';

/** An operation, with what is known of its parameters. */
export type Chosen = Pick<Suggestion, 'operation' | 'values'> & { readonly about?: string };

/**
 * Asks which operation: of those that fit what they are chosen from, then of all. `title`: what is done with it. `from`:
 * what it is chosen from, in words.
 */
export async function pickOperation(
  about: About,
  wanted: { readonly title: string; readonly from: string | undefined },
): Promise<Chosen | undefined> {
  const title = wanted.from === undefined ? wanted.title : `${wanted.title} from ${wanted.from}`;
  const fitting = suggestionsFor(operations, about);
  if (fitting.length > 0) {
    const picked = await pickOne([...entriesOf(fitting), othersEntry], { ...listOptions, title });
    if (picked === undefined || picked.chosen !== undefined) return picked?.chosen;
  }
  const all = entriesOf(operations.map((operation) => ({ operation, values: {} })));
  return (await pickOne(all, { ...listOptions, title }))?.chosen;
}

interface OperationEntry extends PickEntry {
  readonly chosen?: Chosen;
}

const othersEntry: OperationEntry = { label: 'Other Operations…', icon: 'list-unordered', alwaysShow: true };

const listOptions = {
  placeHolder: 'Operations that submit or vote start with a dry run',
  matchOnDescription: true,
  matchOnDetail: true,
};

function entriesOf(all: readonly Chosen[]): readonly OperationEntry[] {
  const entries: OperationEntry[] = [];
  let group: string | undefined;
  for (const chosen of all) {
    const { operation, about } = chosen;
    if (operation.group !== group) entries.push({ label: operation.group, isHeading: true });
    group = operation.group;
    const effect = effectWords[operation.effect];
    entries.push({
      label: operation.title,
      description: about === undefined ? effect : `${about} · ${effect}`,
      detail: operation.description,
      chosen,
    });
  }
  return entries;
}

const effectWords = {
  read: 'reads only',
  submits: 'submits proposals',
  votes: 'votes',
  local: 'changes this machine alone',
  changes: 'changes something at once',
};

export interface OperationQuestionParts extends Pick<Host, 'drafts' | 'clock'> {
  /** The subnets or nodes that are known, to choose from. */
  readonly places: (kind: 'subnet' | 'node') => readonly PlaceItem[];
}

/**
 * Asks for what an operation needs, one after the other; by the names of its parameters. Not for what is known of them.
 */
export async function askValues(
  context: OperationQuestionParts,
  operation: Operation,
  known: Readonly<Record<string, string>>,
): Promise<Record<string, string> | undefined> {
  const values: Record<string, string> = { ...known };
  for (const [index, parameter] of operation.parameters.entries()) {
    if (known[parameter.name] !== undefined) continue;
    const step = `${operation.title} (${index + 1} of ${operation.parameters.length})`;
    const value =
      parameter.kind === 'flag' ? await askFlag(parameter, step) : await askIds(context, operation, parameter, step);
    if (value === undefined) return undefined;
    values[parameter.name] = value;
  }
  return values;
}

/** Under which kind of question what is typed for an operation is kept. */
export function draftKind({ id }: Operation): string {
  return `dre.${id}`;
}

/** Of a subnet and of nodes, those that are known are offered; others can be typed. */
async function askIds(
  context: OperationQuestionParts,
  operation: Operation,
  parameter: Parameter,
  title: string,
): Promise<string | undefined> {
  const { kind, label, required } = parameter;
  const kinds = offeredKinds(parameter);
  const places = (['node', 'subnet'] as const).flatMap((each) => (kinds.includes(each) ? context.places(each) : []));
  if (places.length === 0) return askText(context, draftKind(operation), parameter, title);
  const several = kind !== 'principal';
  const entries: readonly (PickEntry & { readonly id?: string })[] = [
    { label: kind === 'wordList' ? 'Type…' : several ? 'Type IDs…' : 'Type ID…', icon: 'edit', alwaysShow: true },
    ...places.map(({ id, ...place }) => ({ ...place, detail: id, id })),
  ];
  const options = {
    title,
    placeHolder: several && !required ? `${label} (may be left empty)` : label,
    matchOnDetail: true,
    ignoreFocusOut: true,
  };
  const picked = several ? await pickSeveral(entries, options) : await single(pickOne(entries, options));
  if (picked === undefined) return undefined;
  const ids = picked.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const isTyping = picked.length > ids.length || (ids.length === 0 && required);
  if (!isTyping) return ids.join(' ');
  const typed = await askText(context, draftKind(operation), withIds(parameter, ids), title);
  return typed === undefined ? undefined : [...ids, typed].join(' ').trim();
}

async function single<E>(answer: Promise<E | undefined>): Promise<readonly E[] | undefined> {
  const one = await answer;
  return one === undefined ? undefined : [one];
}

/** What is typed is added to these ids, and checked together with them. */
function withIds(parameter: Parameter, ids: readonly string[]): Parameter {
  if (ids.length === 0) return parameter;
  const label = `${parameter.label} besides the ${ids.length} selected`;
  return { ...parameter, label, validate: (text) => parameter.validate([...ids, text].join(' ')) };
}

function askText(
  context: OperationQuestionParts,
  kind: string,
  parameter: Parameter,
  title: string,
): Promise<string | undefined> {
  const { name: step, label, placeholder: placeHolder, required } = parameter;
  return askTyped(
    context,
    { kind, step, records: [] },
    {
      title,
      prompt: required ? `${label}.` : `${label} (may be left empty).`,
      placeHolder,
      check: (text) => parameter.validate(text),
    },
  );
}

async function askFlag(parameter: Parameter, title: string): Promise<string | undefined> {
  const picked = await pickOne(
    [
      { label: 'No', value: 'false' },
      { label: 'Yes', value: 'true' },
    ],
    { title, placeHolder: parameter.label, ignoreFocusOut: true },
  );
  return picked?.value;
}
