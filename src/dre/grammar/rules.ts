import { calledOf, type Fault, type GivenArgument } from './level.ts';
import type { Argument, Command, Rule } from './shape.ts';

interface Line {
  readonly command: Command;
  readonly given: ReadonlyMap<string, GivenArgument>;
}

/** The first of its own rules that dre finds broken once a line is parsed (dre.md 1.4). */
export function brokenRule(line: Line, args: readonly string[], isFile: (path: string) => boolean): Fault | undefined {
  for (const rule of line.command.rules) {
    const broken = faultOf(rule, line, args, isFile);
    if (broken !== undefined) return { kind: 'rule', ...broken };
  }
  return undefined;
}

type Broken = Omit<Fault, 'kind'>;

function faultOf(
  rule: Rule,
  { command, given }: Line,
  args: readonly string[],
  isFile: (path: string) => boolean,
): Broken | undefined {
  const called = (name: string): string => calledOf(argumentOf(command, name));
  const missing = (name: string, sentence: string): Broken => ({ at: args.length, argument: name, sentence });
  switch (rule.kind) {
    case 'oneOf': {
      const { names, unlessWord } = rule;
      const isExcused = unlessWord !== undefined && args.includes(unlessWord);
      if (isExcused || names.some((name) => given.has(name))) return undefined;
      return missing(names[0] ?? '', `One of these is needed: ${names.map(called).join(', ')}.`);
    }
    case 'neededWith':
      return given.has(rule.given) && !given.has(rule.name)
        ? missing(rule.name, `${called(rule.name)} is needed together with ${called(rule.given)}.`)
        : undefined;
    case 'neededUnless':
      return given.has(rule.name) || given.has(rule.given)
        ? undefined
        : missing(rule.name, `${called(rule.name)} is needed.`);
    case 'disjoint': {
      const [first, second] = rule.names;
      const before = new Set(given.get(first)?.values.map(({ text }) => text));
      const both = given.get(second)?.values.find(({ text }) => before.has(text));
      if (both === undefined) return undefined;
      const sentence = `"${both.text}" cannot be in both ${called(first)} and ${called(second)}.`;
      return { at: both.at, argument: second, sentence };
    }
    case 'notAmong': {
      const found = given
        .get(rule.name)
        ?.values.find(({ text }) => rule.words.some((word) => text === word || text.startsWith(`${word}=`)));
      if (found === undefined) return undefined;
      const sentence = `${found.text} belongs right after "${command.name}", before the command of ic-admin.`;
      return { at: found.at, argument: rule.name, sentence };
    }
    case 'notValue': {
      const found = given.get(rule.name)?.values.find(({ text }) => text === rule.value);
      if (found === undefined) return undefined;
      const sentence = `${called(rule.name)} must not be ${rule.value} here: an election needs a forum post.`;
      return { at: found.at, argument: rule.name, sentence };
    }
    case 'fileExists': {
      const path = given.get(rule.name)?.values[0];
      if (path === undefined || isFile(path.text)) return undefined;
      return { at: path.at, argument: rule.name, sentence: `There is no file ${path.text}.` };
    }
  }
}

function argumentOf({ args }: Command, name: string): Argument {
  const found = args.find((each) => each.name === name);
  if (found === undefined) throw new Error(`a rule names ${name}, which is no argument`);
  return found;
}
