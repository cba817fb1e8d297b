import { isCommit, isRepository } from '../base/ids.ts';
import { isCheckedPrincipal } from '../base/principal.ts';
import { releaseNamedBy } from '../releases/release.ts';
import type { WordContext, ContextKind } from './context.ts';
import { isDataCenter, type Knowledge } from './knowledge.ts';
import type { Mention } from './mention.ts';
import { isDotted, isLetterOrDigit, isPart, wordHas, type Word } from './words.ts';

// Which words are ids. Every pattern is anchored or of a bounded length, so the time is linear in the text.

/** A word and what surrounds it. */
export interface Occurrence {
  readonly text: string;
  readonly word: Word;
  /** Inside a web address of a form that is not known. */
  readonly inAddress: boolean;
  readonly context: WordContext;
  readonly known: Knowledge;
}

/** Eleven groups: subnets, nodes and providers are principals of 29 bytes, and these have 53 characters of base 32. */
const longPrincipal = /(?<![a-z0-9])[a-z2-7]{5}(?:-[a-z2-7]{5}){9}-[a-z2-7]{3}(?![A-Za-z0-9])/;
const longPrincipalLength = 63;

/** What a word names, or undefined. */
export function recognise(occurrence: Occurrence): Mention | undefined {
  const { word, text } = occurrence;
  const { length } = word.text;
  // An id without a digit is a known one of one group, or has groups.
  if (length !== 5 && (word.has & (wordHas.digit | wordHas.joiner)) === 0) return undefined;
  if (isPart(text, word.start, word.end)) return undefined;
  if (length >= longPrincipalLength) return principal(occurrence) ?? version(occurrence);
  const first = word.text.charCodeAt(0);
  const isUpper = first >= 65 && first <= 90;
  if (isUpper) return ticket(occurrence) ?? version(occurrence);
  return (
    version(occurrence) ??
    start(occurrence) ??
    (first <= 57 ? (proposal(occurrence) ?? pullRequest(occurrence)) : (release(occurrence) ?? dataCenter(occurrence)))
  );
}

function mention(kind: Mention['kind'], id: string, from: number, length = id.length): Mention {
  return { kind, id, start: from, end: from + length };
}

function principal({ word, context, known }: Occurrence): Mention | undefined {
  const whole = known.principals.get(word.text);
  if (whole !== undefined) return mention(whole, word.text, word.start);
  const match = longPrincipal.exec(word.text);
  if (match === null) return undefined;
  const [id] = match;
  const from = word.start + match.index;
  const lead = word.text.slice(0, Math.max(0, match.index - 1)).toLowerCase();
  const stated = lead === 'subnet' || lead === 'node' ? lead : principalKind(context.before(word));
  const kind = known.principals.get(id) ?? stated;
  return kind !== undefined && (known.principals.has(id) || isCheckedPrincipal(id))
    ? mention(kind, id, from)
    : undefined;
}

function principalKind(context: ContextKind | undefined): 'subnet' | 'node' | 'nodeProvider' | undefined {
  return context === 'subnet' || context === 'node' || context === 'nodeProvider' ? context : undefined;
}

/** The first groups of a principal: of a known one, or said to be one. */
function start({ text, word, context, known, inAddress }: Occurrence): Mention | undefined {
  const { length } = word.text;
  if (length % 6 !== 5) return undefined;
  const candidates = known.principalsByStart.get(word.text.slice(0, 5));
  const stated = length === 5 || candidates !== undefined ? principalKind(context.before(word)) : undefined;
  if (candidates === undefined) {
    // Not known: only what the text calls so, and what is no word of a language, numbered or not.
    const isNone = stated === undefined || stated === 'nodeProvider' || inAddress;
    if (isNone || !/^(?=.*[2-7][a-z])[a-z2-7]{5}$/.test(word.text)) return undefined;
    return isDotted(text, word.start, word.end) ? undefined : mention(stated, word.text, word.start);
  }
  const matching = candidates.filter(
    (id) =>
      (id === word.text || id.startsWith(`${word.text}-`)) &&
      (stated === undefined || known.principals.get(id) === stated),
  );
  const [id] = matching;
  const kind = id === undefined ? undefined : known.principals.get(id);
  if (id === undefined || kind === undefined || matching.length > 1) return undefined;
  if (stated === undefined && (inAddress || isDotted(text, word.start, word.end))) return undefined;
  // There are many nodes: the first group of one may happen to be a word.
  if (stated === undefined && kind !== 'subnet' && length === 5 && !/[2-7]/.test(word.text)) return undefined;
  return mention(kind, id, word.start, length);
}

function proposal({ text, word, context, inAddress }: Occurrence): Mention | undefined {
  if (!/^[1-9][0-9]{4,18}$/.test(word.text) || inAddress || goesOn(text, word.end)) return undefined;
  const stated = context.before(word);
  const hash = text.charAt(word.start - 1) === '#';
  const isMarked =
    hash &&
    word.text.length >= 6 &&
    word.text.length <= 7 &&
    stated === undefined &&
    !/[\w/&.#-]/.test(text.charAt(word.start - 2));
  return stated === 'proposal' || isMarked ? mention('proposal', word.text, word.start) : undefined;
}

/** A number that is the beginning of another: 138,123.5 or 10:30 or 90 %. */
function goesOn(text: string, end: number): boolean {
  return /^(?:[.,:/][0-9]| ?%)/.test(text.slice(end, end + 2));
}

function pullRequest({ text, word, context, known, inAddress }: Occurrence): Mention | undefined {
  if (!/^[1-9][0-9]{0,6}$/.test(word.text) || inAddress || goesOn(text, word.end)) return undefined;
  const hash = text.charAt(word.start - 1) === '#';
  const named = hash ? repositoryBefore(text, word.start - 1, known) : undefined;
  if (named !== undefined) {
    const from = word.start - 1 - named.length;
    return { kind: 'pullRequest', id: `${named}#${word.text}`, start: from, end: word.end };
  }
  if (known.repository === undefined || context.before(word) !== 'pullRequest') return undefined;
  if (!hash && !context.isClose(word)) return undefined;
  return mention('pullRequest', `${known.repository}#${word.text}`, word.start, word.text.length);
}

const longestRepository = 150;

/** The repository that stands before `#12`: one of the owner that is known. */
function repositoryBefore(text: string, end: number, known: Knowledge): string | undefined {
  const owner = known.repository?.split('/')[0];
  if (owner === undefined) return undefined;
  let start = end;
  while (start > Math.max(0, end - longestRepository) && /[\w./@-]/.test(text.charAt(start - 1))) start -= 1;
  const before = text.slice(start, end).replace(/^[.-]+/, '');
  return isRepository(before) && before.startsWith(`${owner}/`) ? before : undefined;
}

function ticket({ text, word, known }: Occurrence): Mention | undefined {
  const match = /^([A-Z][A-Z0-9_]{0,31})-([1-9][0-9]{0,9})(?=$|[-_][A-Za-z])/.exec(word.text);
  if (match === null || !known.projects.has(match[1] ?? '')) return undefined;
  const [key] = match;
  if (key.length === word.text.length && isDotted(text, word.start, word.end)) return undefined;
  return mention('ticket', key, word.start);
}

function release({ word }: Occurrence): Mention | undefined {
  const named = releaseNamedBy(word.text);
  return named === undefined ? undefined : mention('release', named.name, word.start, named.length);
}

function version({ text, word, context, known }: Occurrence): Mention | undefined {
  const { length } = word.text;
  if (length < 7 || length > 90) return undefined;
  if (length > 40) {
    // The branches of release notes (dre.md 5.3).
    const tail = word.text.slice(-40);
    const isBranch = /^(?:replica|HostOS)-release-notes-$/.test(word.text.slice(0, -40));
    return isBranch && isCommit(tail) ? mention('version', tail, word.end - 40) : undefined;
  }
  if (!/^[0-9a-f]{7,40}$/.test(word.text)) return undefined;
  if (known.versions.has(word.text)) return mention('version', word.text, word.start);
  const stated = context.before(word);
  if (stated !== 'build' && stated !== 'commit') return undefined;
  if (length === 40) return stated === 'build' ? mention('version', word.text, word.start) : undefined;
  const matching = [...known.versions].filter((each) => each.startsWith(word.text));
  const [full] = matching;
  if (full === undefined || matching.length > 1 || isDotted(text, word.start, word.end)) return undefined;
  return mention('version', full, word.start, length);
}

/** "dc:aa1:0" may be the beginning of an IPv6 address, and "0:dc:aa1" the end of one. */
function isInNetworkAddress(text: string, { start, end }: Word): boolean {
  const goesOn = text.charAt(end) === ':' && (text.charAt(end + 1) === ':' || isLetterOrDigit(text, end + 1));
  return goesOn || /[0-9a-f]:dc:$/i.test(text.slice(Math.max(0, start - 5), start));
}

function dataCenter({ text, word, context, known, inAddress }: Occurrence): Mention | undefined {
  if (word.text.length > 5 || !isDataCenter(word.text)) return undefined;
  if (isDotted(text, word.start, word.end) || isInNetworkAddress(text, word)) return undefined;
  if (context.before(word) === 'dataCenter') return mention('dataCenter', word.text, word.start);
  const isAlone =
    !inAddress && !/[\w./\\@:=~$%-]/.test(text.charAt(word.start - 1)) && !/[/\\@:=%]/.test(text.charAt(word.end));
  const isKnown = known.dataCenters.has(word.text) && isAlone;
  return isKnown ? mention('dataCenter', word.text, word.start) : undefined;
}
