// Reads a command line the way the real tool's parser (clap 4) does, driven by grammar.json. The order of the steps
// matters: it decides which words an option takes, and which mistake is reported first (dre.md 1 and 1.3).
import { problemOf } from './values.mjs';

/** A command line that is refused: exit 2. */
export class UsageError extends Error {
  constructor(kind, message, path) {
    super(message);
    this.kind = kind;
    this.path = path;
  }
}

/** `--help`, `help` or `--version` was met: nothing after it counts. Exit 0. */
export class Display extends Error {
  constructor(what, path) {
    super(what);
    this.what = what;
    this.path = path;
  }
}

const helpFlag = { name: 'help', long: '--help', short: '-h', type: 'boolean', action: 'help' };
const versionFlag = { name: 'version', long: '--version', short: '-V', type: 'boolean', action: 'version' };

/**
 * A command with all options that it takes itself: its own, its group's, the inherited ones, and those that clap adds.
 */
function levelOf(command, grammar, inherited, isTop) {
  const own = [...(command.options ?? []), ...(command.args ?? []), ...(grammar.groups[command.group] ?? [])];
  const names = new Set(own.map((arg) => arg.name));
  const args = [...own, ...inherited.filter((arg) => !names.has(arg.name))];
  if (!command.noHelp) args.push(helpFlag);
  if (isTop) args.push(versionFlag);
  const options = new Map();
  for (const arg of args) for (const flag of [arg.long, arg.short, ...(arg.aliases ?? [])]) options.set(flag, arg);
  return { args, options, positionals: args.filter((arg) => arg.positional), globals: own.filter((arg) => arg.global) };
}

const wordsOf = (arg) => arg.words ?? (arg.type === 'boolean' ? [0, 0] : [1, 1]);
const takesValue = (arg) => wordsOf(arg)[1] !== 0;
const nameOf = (arg) => arg.long ?? `<${arg.name.toUpperCase()}>`;
const findCommand = (command, word) =>
  command.commands?.find((each) => each.name === word || each.aliases?.includes(word));

/** One command's part of the line. */
class Level {
  constructor(command, grammar, inherited, path, context) {
    Object.assign(this, { command, grammar, path, context });
    Object.assign(this, levelOf(command, grammar, inherited, path.length === 1));
    this.inherited = [...inherited, ...this.globals];
    /** name -> { source, words } */
    this.matches = new Map();
    this.pending = undefined;
  }

  refuse(kind, message) {
    throw new UsageError(kind, message, this.path);
  }

  /** Takes in one occurrence of an option or positional. */
  react(arg, words, source) {
    if (source === 'line') this.resolvePending();
    if (arg.action !== undefined) throw new Display(arg.action, this.path);
    const [least, most] = wordsOf(arg);
    if (takesValue(arg) && (words.length < least || (most !== null && words.length > most))) {
      this.refuse('InvalidValue', `a value is required for '${nameOf(arg)}' but none was supplied`);
    }
    const split = arg.valueDelimiter === undefined ? words : words.flatMap((word) => word.split(arg.valueDelimiter));
    const values = split.length === 0 && !takesValue(arg) ? ['true'] : split;
    for (const value of values) {
      const problem = problemOf(arg, value, this.context.settings);
      if (problem !== undefined)
        this.refuse('ValueValidation', `invalid value '${value}' for '${nameOf(arg)}': ${problem}`);
    }
    const before = this.matches.get(arg.name);
    if (before !== undefined && !arg.multiple) {
      this.refuse('ArgumentConflict', `the argument '${nameOf(arg)}' cannot be used multiple times`);
    }
    this.matches.set(arg.name, { source, words: [...(before?.words ?? []), ...values] });
  }

  resolvePending() {
    const pending = this.pending;
    this.pending = undefined;
    if (pending !== undefined) this.react(pending.arg, pending.words, 'line');
  }

  /** An option that takes a value: attached, or the words that follow. Returns the option that waits for words. */
  open(arg, attached) {
    if (attached !== undefined) {
      this.react(arg, [attached], 'line');
      return undefined;
    }
    this.resolvePending();
    this.pending = { arg, words: [] };
    return arg;
  }

  /** `--name` or `--name=value`. Returns `{ swallow }` when the word is to be read as a value instead. */
  long(word, waiting, next) {
    if (waiting?.allowHyphenValues) return { swallow: true };
    const at = word.indexOf('=');
    const flag = at < 0 ? word : word.slice(0, at);
    const attached = at < 0 ? undefined : word.slice(at + 1);
    const arg = this.options.get(flag);
    if (arg === undefined) {
      if (next?.allowHyphenValues) return { swallow: true };
      this.refuse('UnknownArgument', `unexpected argument '${flag}' found`);
    }
    if (takesValue(arg)) return { waiting: this.open(arg, attached) };
    if (attached !== undefined) {
      this.refuse('TooManyValues', `unexpected value '${attached}' for '${flag}' found; no more were expected`);
    }
    this.react(arg, [], 'line');
    return {};
  }

  /** `-a`, `-abc`, `-ovalue`, `-o=value`. */
  short(word, waiting, next) {
    if (waiting?.allowHyphenValues) return { swallow: true };
    const letters = [...word.slice(1)];
    if (next?.allowHyphenValues && letters.some((letter) => !this.options.has(`-${letter}`))) return { swallow: true };
    for (let at = 0; at < letters.length; at++) {
      const arg = this.options.get(`-${letters[at]}`);
      if (arg === undefined) this.refuse('UnknownArgument', `unexpected argument '-${letters[at]}' found`);
      if (takesValue(arg)) {
        const rest = letters.slice(at + 1).join('');
        return { waiting: this.open(arg, rest === '' ? undefined : rest.replace(/^=/, '')) };
      }
      this.react(arg, [], 'line');
    }
    return {};
  }

  /** Reads the words up to the subcommand; returns it with the words that are left for it. */
  read(words) {
    let waiting;
    let position = 0;
    let trailing = false;
    for (let at = 0; at < words.length; at++) {
      const word = words[at];
      if (!trailing) {
        if (waiting === undefined) {
          if (word === 'help' && this.command.commands !== undefined) this.help(words.slice(at + 1));
          const command = findCommand(this.command, word);
          if (command !== undefined) return { command, rest: words.slice(at + 1) };
        }
        const next = this.positionals[position];
        let step = { swallow: true };
        if (word === '--') {
          if (!waiting?.allowHyphenValues) {
            trailing = true;
            continue;
          }
        } else if (word.startsWith('--')) step = this.long(word, waiting, next);
        else if (word.startsWith('-') && word.length > 1) step = this.short(word, waiting, next);
        if (!step.swallow) {
          waiting = step.waiting;
          continue;
        }
        if (waiting !== undefined && !waiting.positional) {
          this.pending.words.push(word);
          const most = wordsOf(waiting)[1];
          if (most !== null && this.pending.words.length >= most) waiting = undefined;
          continue;
        }
      }
      const arg = this.positionals[position];
      if (arg === undefined) this.unexpected(word);
      if (this.pending?.arg !== arg || wordsOf(arg)[1] === 1) this.resolvePending();
      this.pending ??= { arg, words: [] };
      this.pending.words.push(word);
      if (arg.multiple) waiting = arg;
      else {
        waiting = undefined;
        position++;
      }
    }
    return undefined;
  }

  unexpected(word) {
    this.resolvePending();
    if (this.command.commands !== undefined) this.refuse('InvalidSubcommand', `unrecognized subcommand '${word}'`);
    this.refuse('UnknownArgument', `unexpected argument '${word}' found`);
  }

  help(words) {
    let command = this.command;
    const path = [...this.path];
    for (const word of words) {
      command = word === 'help' && command.commands !== undefined ? { name: 'help' } : findCommand(command, word);
      if (command === undefined) this.refuse('InvalidSubcommand', `unrecognized subcommand '${word}'`);
      path.push(command.name);
    }
    throw new Display('help', path);
  }

  /** What the environment says for options that the line does not hold. Counts as given: also for conflicts. */
  readEnvironment() {
    for (const arg of this.args) {
      const value = arg.env === undefined ? undefined : this.context.env[arg.env];
      if (value !== undefined && !this.matches.has(arg.name)) this.react(arg, [value], 'env');
    }
  }

  validate(subcommand) {
    if (this.command.subcommandRequired && subcommand === undefined) {
      this.refuse('MissingSubcommand', `'${this.path.join(' ')}' requires a subcommand but one was not provided`);
    }
    for (const arg of this.args) {
      if (!this.matches.has(arg.name)) continue;
      const other = (arg.conflictsWith ?? []).find((name) => this.matches.has(name));
      const rival = this.args.find((each) => each.name === other);
      if (rival !== undefined) {
        this.refuse('ArgumentConflict', `the argument '${nameOf(arg)}' cannot be used with '${nameOf(rival)}'`);
      }
    }
    const missing = this.args.filter((arg) => arg.required && !this.matches.has(arg.name));
    if (missing.length > 0) {
      const names = missing.map(nameOf).join(' ');
      this.refuse('MissingRequiredArgument', `the following required arguments were not provided: ${names}`);
    }
  }
}

function parseLevel(command, grammar, inherited, path, words, context) {
  const level = new Level(command, grammar, inherited, path, context);
  const found = level.read(words);
  level.resolvePending();
  const below =
    found &&
    parseLevel(found.command, grammar, level.inherited.filter((arg) => arg.global), [...path, found.command.name], found.rest, context); // prettier-ignore
  level.readEnvironment();
  level.validate(found?.command);
  const leaf = below ?? { command, path, args: level.args, matches: new Map() };
  // For an option that both levels have, the lower one counts, except that the line takes precedence over the
  // environment.
  for (const [name, match] of level.matches) {
    const kept = leaf.matches.get(name);
    if (kept === undefined || (kept.source === 'env' && match.source === 'line')) leaf.matches.set(name, match);
  }
  leaf.args = [...leaf.args, ...level.args.filter((arg) => !leaf.args.some((each) => each.name === arg.name))];
  return leaf;
}

/**
 * Reads a command line (without the program's name). Returns the command with what was given; throws UsageError,
 * Display or Panic.
 */
export function parse(grammar, words, env, settings) {
  const leaf = parseLevel(grammar, grammar, [], [grammar.name], words, { env, settings });
  return new Parsed(leaf, words);
}

/** A command line that the parser accepts. */
export class Parsed {
  #leaf;

  constructor(leaf, words) {
    this.#leaf = leaf;
    this.words = words;
    this.command = leaf.command;
    this.path = leaf.path;
  }

  /** Whether an option was given, on the line or by the environment. */
  has(name) {
    return this.#leaf.matches.has(name);
  }

  /** All values of an option or positional, defaults included. */
  all(name) {
    const given = this.#leaf.matches.get(name)?.words;
    if (given !== undefined) return given;
    const arg = this.#leaf.args.find((each) => each.name === name);
    if (arg?.default === undefined) return [];
    return arg.valueDelimiter === undefined ? [arg.default] : arg.default.split(arg.valueDelimiter);
  }

  /** The value of an option, default included. */
  one(name) {
    return this.all(name)[0];
  }

  /** Whether a flag is set. */
  flag(name) {
    return this.one(name) === 'true';
  }
}
