import { isVisibleLine } from '../domain/base/harmless.ts';
import { isCommit, isProposalId } from '../domain/base/ids.ts';
import { isCheckedPrincipal } from '../domain/base/principal.ts';

/** What a parameter is: how a person enters it and what it may be. */
export type ParameterKind =
  | 'text'
  | 'idList'
  | 'wordList'
  | 'numberList'
  | 'principal'
  | 'proposalId'
  | 'version'
  | 'releaseTag'
  | 'count'
  | 'path'
  | 'forumLink'
  | 'flag'
  /** One of the choices. */
  | 'choice'
  /** Any of the choices. */
  | 'choices'
  /** One value in a form of dre's own. */
  | 'value'
  /** Several of those, with spaces or commas between. */
  | 'valueList'
  /** A value on each line. */
  | 'lines';

/** One thing that an operation needs. */
export interface Parameter {
  /** Its key in the values. */
  readonly name: string;
  readonly label: string;
  readonly kind: ParameterKind;
  readonly required: boolean;
  readonly placeholder: string;
  /** Said in place of what dre's help says of the option, without a full stop: an operation may need what dre does not. */
  readonly help?: string;
  /** Of the kinds `choice` and `choices`. */
  readonly choices?: readonly string[];
  /** A sentence that says what is wrong with the text, or undefined. Empty text is fine when it is not required. */
  validate(text: string): string | undefined;
}

/** Neuron ids are unsigned 64-bit numbers. */
const mostU64 = 2n ** 64n - 1n;
/** The tool refuses longer summaries (dre.md 1.5). */
const longestText = 29_000;
const words = (text: string): readonly string[] => text.split(/[ ,]+/).filter((word) => word !== '');

function firstProblem(list: readonly string[], problemOf: (word: string) => string | undefined): string | undefined {
  if (list.length === 0) return 'Enter at least one.';
  const twice = list.find((word, index) => list.indexOf(word) !== index);
  if (twice !== undefined) return `"${twice}" is given twice.`;
  return list.map(problemOf).find((problem) => problem !== undefined);
}

function principalProblem(text: string): string | undefined {
  return isCheckedPrincipal(text)
    ? undefined
    : `"${text}" is not the full id of a node or subnet (its checksum fails).`;
}

function wordProblem(text: string): string | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9_.:-]*$/.test(text)
    ? undefined
    : `"${text}" has characters that no id, data center or provider has.`;
}

function numberProblem(text: string): string | undefined {
  return /^\d{1,20}$/.test(text) && BigInt(text) <= mostU64 ? undefined : `"${text}" is not a number.`;
}

function pathProblem(text: string): string | undefined {
  if (text.startsWith('~')) return 'A path that starts with "~" is not expanded: give it in full.';
  return text.startsWith('-') ? 'A path cannot start with a hyphen: put "./" before it.' : undefined;
}

function linkProblem(text: string): string | undefined {
  const isLink = /^https:\/\/[^\s]+$/.test(text) && URL.canParse(text);
  return isLink || ['ask', 'omit', 'discourse'].includes(text)
    ? undefined
    : 'Enter an https address, or one of the words ask, omit, discourse.';
}

function choiceProblem(text: string, choices: readonly string[]): string | undefined {
  return choices.includes(text) ? undefined : `"${text}" is not one of ${choices.join(', ')}.`;
}

function shapeProblem(kind: ParameterKind, text: string, choices: readonly string[]): string | undefined {
  switch (kind) {
    case 'text':
      return text.length > longestText ? `The text is longer than ${longestText} characters.` : undefined;
    case 'idList':
      return firstProblem(words(text), principalProblem);
    case 'wordList':
      return firstProblem(words(text), wordProblem);
    case 'numberList':
      return firstProblem(words(text), numberProblem);
    case 'principal':
      return principalProblem(text);
    case 'proposalId':
      return isProposalId(text) ? undefined : 'Enter the number of a proposal.';
    case 'version':
      return isCommit(text) ? undefined : 'Enter the whole commit: 40 characters, 0 to 9 and a to f.';
    case 'releaseTag':
      return /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/.test(text) ? undefined : 'That is not the name of a tag.';
    case 'count':
      return /^\d{1,3}$/.test(text) ? undefined : 'Enter a whole number below 1000.';
    case 'path':
      return pathProblem(text);
    case 'forumLink':
      return linkProblem(text);
    case 'flag':
      return text === 'true' || text === 'false' ? undefined : 'Enter true or false.';
    case 'choice':
      return choiceProblem(text, choices);
    case 'choices':
      return firstProblem(words(text), (word) => choiceProblem(word, choices));
    case 'value':
    case 'valueList':
    case 'lines':
      // By what it is for.
      return undefined;
  }
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What is entered, as the words that go to the tool; undefined when nothing is. Call it for valid text only. */
export function valuesOf(kind: ParameterKind, text: string): readonly string[] | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  switch (kind) {
    case 'flag':
      return trimmed === 'true' ? [] : undefined;
    case 'idList':
    case 'wordList':
    case 'numberList':
    case 'valueList':
    case 'choices':
      return words(trimmed);
    case 'lines':
      return linesOf(trimmed);
    case 'text':
    case 'principal':
    case 'proposalId':
    case 'version':
    case 'releaseTag':
    case 'count':
    case 'path':
    case 'forumLink':
    case 'choice':
    case 'value':
      return [trimmed];
  }
}

/** What is entered where these are the words that go to the tool; the opposite of `valuesOf`. */
export function textOf(kind: ParameterKind, values: readonly string[] | undefined): string {
  if (kind === 'flag') return values === undefined ? 'false' : 'true';
  return (values ?? []).join(kind === 'lines' ? '\n' : ' ');
}

/** A parameter with the checks of its kind and, where an operation requires more, its own. */
export function parameter(
  shape: Omit<Parameter, 'validate' | 'required' | 'placeholder'> & { required?: boolean; placeholder?: string },
  further: (text: string) => string | undefined = () => undefined,
): Parameter {
  const required = shape.required ?? false;
  return {
    ...shape,
    required,
    placeholder: shape.placeholder ?? '',
    validate(text) {
      // Before trimming, which would silently drop a line break at an end.
      const isClean = shape.kind === 'lines' ? text.split('\n').every(isVisibleLine) : isVisibleLine(text);
      if (!isClean) return 'Line breaks, control and invisible characters are not allowed here.';
      const trimmed = text.trim();
      if (trimmed === '') return required ? 'This is needed.' : undefined;
      return shapeProblem(shape.kind, trimmed, shape.choices ?? []) ?? further(trimmed);
    },
  };
}
