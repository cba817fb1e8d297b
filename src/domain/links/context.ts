import { wordHas, type Word } from './words.ts';

// The word that stands before an id and says what it is: "subnet o3ow2", "proposal: 138123", `node="…"`.

/** `build`: versions of IC OS for sure; `commit`: of any repository; `other`: a number after it is not one of ours. */
export type ContextKind =
  'subnet' | 'node' | 'dataCenter' | 'nodeProvider' | 'proposal' | 'pullRequest' | 'build' | 'commit' | 'other';

/** By word in lower case. */
const kinds = new Map<string, ContextKind>();
/** Says what the words mean, alone, in the plural, and with "id" as fields are named. */
function define(kind: ContextKind, ...words: readonly string[]): void {
  for (const word of words) {
    for (const end of ['', 's', '_id', '_ids', '-id', 'id', 'ids']) kinds.set(`${word}${end}`, kind);
  }
}
define('subnet', 'subnet', 'ic_subnet');
define('node', 'node', 'ic_node');
define('nodeProvider', 'provider', 'node_provider', 'nodeprovider', 'node-provider');
define('dataCenter', 'dc', 'datacenter', 'datacentre', 'data_center', 'data-center', 'ic_dc', 'center', 'centre');
define('proposal', 'proposal', 'nns_proposal');
define('build', 'version', 'guestos', 'hostos', 'release', 'replica_version', 'guestos_version', 'hostos_version');
define('commit', 'commit', 'revision', 'git_revision', 'rev');
define(
  'other',
  'build',
  'run',
  'job',
  'issue',
  'ticket',
  'alert',
  'color',
  'colour',
  'background',
  'fill',
  'stroke',
  'incident',
  'topic',
  'neuron',
);

const fillers = new Set(['id', 'ids', 'number', 'no', 'and', 'or']);
/** What may stand between the word and the id. Two colons are of a network address or a name in code. */
const separators = /^(?!.*::)[\s:=#"'`()[\]<>{},/&+|*]{1,4}$/s;
const longestWord = 20;

/** What the words so far say of the next one. */
export class WordContext {
  readonly #text: string;
  #kind: ContextKind | undefined;
  #end = 0;
  #isPlural = false;
  #pull = false;
  /** Ids follow the word already: a further one needs a comma or the like before it. */
  #isList = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** What stands right before a word; undefined for nothing that says what it is. */
  before(word: Word): ContextKind | undefined {
    return this.#kind !== undefined && this.#reaches(word.start) ? this.#kind : undefined;
  }

  /** Whether the context and the word have but one space between them, and the context is in the singular. */
  isClose(word: Word): boolean {
    return !this.#isPlural && this.#text.slice(this.#end, word.start) === ' ';
  }

  /** Takes a word in that is no id. */
  read(word: Word): void {
    if (word.text.length > longestWord || (word.has & wordHas.digit) !== 0) {
      this.#kind = undefined;
      this.#pull = false;
      return;
    }
    const lower = (word.has & wordHas.upper) === 0 ? word.text : word.text.toLowerCase();
    const kind = this.#kindOf(word, lower);
    if (kind !== undefined) {
      this.#kind = kind;
      this.#isPlural = lower.endsWith('s') && !lower.endsWith('os');
      this.#end = word.end;
      this.#isList = false;
    } else if (
      this.#kind !== undefined &&
      fillers.has(lower) &&
      this.#reaches(word.start, /^(?:and|or)$/.test(lower))
    ) {
      this.#end = word.end;
      this.#isList = false;
    } else {
      this.#kind = undefined;
    }
    this.#pull = lower === 'pull';
    if (this.#pull) this.#end = word.end;
  }

  /** Takes an id in: what follows after a comma or "and" may be one of the same kind. */
  goOn(end: number): void {
    this.#end = end;
    this.#isList = true;
  }

  #kindOf(word: Word, lower: string): ContextKind | undefined {
    if (word.text === 'PR' || word.text === 'PRs') return 'pullRequest';
    const isRequest = lower === 'request' || lower === 'requests';
    if (isRequest && this.#pull && this.#reaches(word.start)) return 'pullRequest';
    return kinds.get(lower);
  }

  /** Whether the context holds up to an index. In a list it takes a comma or the like, or an `and` that comes now. */
  #reaches(start: number, goesOn = false): boolean {
    const gap = start - this.#end;
    if (gap < 1 || gap > 4) return false;
    const between = this.#text.slice(this.#end, start);
    return separators.test(between) && !between.includes('\n') && (!this.#isList || goesOn || /[,/&+|]/.test(between));
  }
}
