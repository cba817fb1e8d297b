import type { Argument, Command, Takes } from './shape.ts';
import { valueFault } from './values.ts';

/** A word of a line, with its index among the words after the program. */
export interface LineWord {
  readonly text: string;
  readonly at: number;
}

/** What is wrong with a line. */
export type FaultKind =
  | 'unknownArgument'
  | 'unknownCommand'
  | 'missingCommand'
  | 'missingValue'
  | 'tooManyValues'
  | 'invalidValue'
  | 'repeated'
  | 'conflict'
  | 'missingArgument'
  /** A rule that dre checks once the line is parsed. */
  | 'rule';

export interface Fault {
  readonly kind: FaultKind;
  /** The index of the word; the number of words where something is missing. */
  readonly at: number;
  /** The name of the argument that it is about. */
  readonly argument?: string | undefined;
  readonly sentence: string;
}

/** What dre prints instead of doing something. */
export type PrintedText = 'help' | 'version';

/** How the reading of a line ends early. */
export type Stop =
  { readonly outcome: 'refused'; readonly fault: Fault } | { readonly outcome: 'shown'; readonly what: PrintedText };

/** An argument as it was given. */
export interface GivenArgument {
  readonly argument: Argument;
  /** The index of the option or of the first word. */
  readonly at: number;
  readonly values: readonly LineWord[];
}

const help: Argument = { name: 'help', flag: '--help', short: '-h', help: '', kind: 'flag', takes: 'nothing' };
const version: Argument = { name: 'version', flag: '--version', short: '-V', help: '', kind: 'flag', takes: 'nothing' };

/** The most words after one occurrence. */
function mostWords(takes: Takes): number {
  switch (takes) {
    case 'nothing':
      return 0;
    case 'one':
      return 1;
    case 'upToTwo':
      return 2;
    case 'many':
    case 'any':
      return Infinity;
  }
}

/** How an argument is called in a sentence. */
export function calledOf({ flag, name }: Argument): string {
  return flag ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** The subcommand of this name. */
function subcommandOf({ commands = [] }: Command, word: string): Command | undefined {
  return commands.find(({ name, aliases }) => name === word || aliases?.includes(word) === true);
}

/** An argument whose words are being read. */
interface OpenArgument {
  readonly argument: Argument;
  readonly at: number;
  readonly words: LineWord[];
}

/**
 * The words of one command up to its subcommand, read in the order in which the parser of dre does: it decides which words
 * an option takes and which fault comes first (dre.md 1.3).
 */
export class Level {
  /** All arguments that the command takes, also those of the commands above it. */
  readonly arguments: readonly Argument[];
  readonly given = new Map<string, GivenArgument>();
  readonly #command: Command;
  /** Explains an option that is not known here. */
  readonly #elsewhere: (flag: string) => string | undefined;
  readonly #options = new Map<string, Argument>();
  readonly #positionals: readonly Argument[];
  /** What was begun last and is not taken in yet. */
  #pending: OpenArgument | undefined;
  /** What the next word belongs to, whatever it is. */
  #open: Argument | undefined;
  #position = 0;
  #isTrailing = false;

  constructor(
    command: Command,
    inherited: readonly Argument[],
    isTop: boolean,
    elsewhere: (flag: string) => string | undefined,
  ) {
    const own = new Set(command.args.map(({ name }) => name));
    this.#command = command;
    this.#elsewhere = elsewhere;
    this.arguments = [...command.args, ...inherited.filter(({ name }) => !own.has(name))];
    this.#positionals = this.arguments.filter(({ flag }) => flag === undefined);
    const asked = [...(command.hasNoHelp === true ? [] : [help]), ...(isTop ? [version] : [])];
    for (const argument of [...this.arguments, ...asked]) {
      const { flag, short, aliases = [] } = argument;
      for (const name of [flag, short, ...aliases]) if (name !== undefined) this.#options.set(name, argument);
    }
  }

  /** Reads up to the subcommand; returns it with the words that are left for it. Undefined where the line ends first. */
  read(
    words: readonly LineWord[],
  ): Stop | { readonly command: Command; readonly rest: readonly LineWord[] } | undefined {
    for (const [index, word] of words.entries()) {
      if (!this.#isTrailing && this.#open === undefined) {
        if (word.text === 'help' && this.#command.commands !== undefined) return this.#help(words.slice(index + 1));
        const command = subcommandOf(this.#command, word.text);
        if (command !== undefined) return this.end() ?? { command, rest: words.slice(index + 1) };
      }
      const stop = this.#word(word);
      if (stop !== undefined) return stop;
    }
    return this.end();
  }

  /** Takes in what is pending. */
  end(): Stop | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending === undefined ? undefined : this.#take(pending);
  }

  #word(word: LineWord): Stop | undefined {
    if (this.#isTrailing) return this.#positional(word);
    const { text } = word;
    if (text.startsWith('-') && text.length > 1 && this.#open?.takesHyphens !== true) {
      if (text === '--') {
        this.#isTrailing = true;
        return undefined;
      }
      const step = text.startsWith('--') ? this.#long(word) : this.#short(word);
      if (step !== 'value') return step;
    }
    const pending = this.#pending;
    if (this.#open?.flag === undefined || pending === undefined) return this.#positional(word);
    pending.words.push(word);
    if (pending.words.length >= mostWords(this.#open.takes)) this.#open = undefined;
    return undefined;
  }

  #long(word: LineWord): Stop | undefined | 'value' {
    const [, flag = '', attached] = /^([^=]*)(?:=([^]*))?$/.exec(word.text) ?? [];
    const argument = this.#options.get(flag);
    if (argument === undefined) return this.#unknown(word, flag);
    if (argument.takes !== 'nothing') return this.#begin(argument, word, attached);
    if (attached === undefined) return this.#give(argument, word, []);
    return refused({ kind: 'tooManyValues', at: word.at, argument: argument.name, sentence: `${flag} has no value.` });
  }

  /** `-a`, `-abc`, `-ovalue`, `-o=value`. */
  #short(word: LineWord): Stop | undefined | 'value' {
    const letters = Array.from(word.text.slice(1));
    const isValue = letters.some((letter) => !this.#options.has(`-${letter}`));
    if (isValue && this.#positionals[this.#position]?.takesHyphens === true) return 'value';
    for (const [index, letter] of letters.entries()) {
      const argument = this.#options.get(`-${letter}`);
      if (argument === undefined) return this.#unknown(word, `-${letter}`);
      if (argument.takes !== 'nothing') {
        const rest = letters.slice(index + 1).join('');
        return this.#begin(argument, word, rest === '' ? undefined : rest.replace(/^=/, ''));
      }
      const stop = this.#give(argument, word, []);
      if (stop !== undefined) return stop;
    }
    return undefined;
  }

  #unknown({ at }: LineWord, flag: string): Stop | 'value' {
    if (this.#positionals[this.#position]?.takesHyphens === true) return 'value';
    return refused({
      kind: 'unknownArgument',
      at,
      sentence: this.#elsewhere(flag) ?? `dre does not accept ${flag} here.`,
    });
  }

  #begin(argument: Argument, { at }: LineWord, attached: string | undefined): Stop | undefined {
    if (attached !== undefined) return this.#give(argument, { text: '', at }, [{ text: attached, at }]);
    const stop = this.end();
    this.#pending = { argument, at, words: [] };
    this.#open = argument;
    return stop;
  }

  #give(argument: Argument, { at }: LineWord, words: LineWord[]): Stop | undefined {
    this.#open = undefined;
    return this.end() ?? this.#take({ argument, at, words });
  }

  #positional(word: LineWord): Stop | undefined {
    const argument = this.#positionals[this.#position];
    if (argument === undefined) return this.end() ?? this.#unexpected(word);
    const isSame = this.#pending?.argument === argument && argument.takes !== 'one';
    const stop = isSame ? undefined : this.end();
    this.#pending ??= { argument, at: word.at, words: [] };
    this.#pending.words.push(word);
    if (argument.takes !== 'one') this.#open = argument;
    else {
      this.#open = undefined;
      this.#position += 1;
    }
    return stop;
  }

  #unexpected({ text, at }: LineWord): Stop {
    return this.#command.commands === undefined
      ? refused({ kind: 'unknownArgument', at, sentence: `There is no place for "${text}" here.` })
      : refused({ kind: 'unknownCommand', at, sentence: `"${text}" is not a command of dre.` });
  }

  #take({ argument, at, words }: OpenArgument): Stop | undefined {
    const { name, takes } = argument;
    if (argument === help || argument === version) return { outcome: 'shown', what: name as PrintedText };
    const fault = (kind: FaultKind, where: number, sentence: string): Stop =>
      refused({ kind, at: where, argument: name, sentence });
    if (words.length === 0 && (takes === 'one' || takes === 'many')) {
      return fault('missingValue', at, `${calledOf(argument)} needs a value.`);
    }
    const values =
      argument.isCommaList === true
        ? words.flatMap(({ text, at: where }) => text.split(',').map((each) => ({ text: each, at: where })))
        : words;
    for (const { text, at: where } of values) {
      const sentence = valueFault(argument, text);
      if (sentence !== undefined) return fault('invalidValue', where, sentence);
    }
    const before = this.given.get(name);
    if (before !== undefined && (takes === 'nothing' || takes === 'one') && argument.repeatable !== true) {
      return fault('repeated', at, `${calledOf(argument)} can be given once only.`);
    }
    this.given.set(name, { argument, at: before?.at ?? at, values: [...(before?.values ?? []), ...values] });
    return undefined;
  }

  #help(words: readonly LineWord[]): Stop {
    let command: Command | undefined = this.#command;
    for (const { text, at } of words) {
      const isAboutHelp: boolean = text === 'help' && command.commands !== undefined;
      command = isAboutHelp ? { ...command, commands: [] } : subcommandOf(command, text);
      if (command === undefined) {
        return refused({ kind: 'unknownCommand', at, sentence: `"${text}" is not a command of dre.` });
      }
    }
    return { outcome: 'shown', what: 'help' };
  }
}

/** That a line is refused. */
export function refused(fault: Fault): Stop {
  return { outcome: 'refused', fault };
}
