import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { grammar, type GrammarArg, type GrammarCommand } from '../../simulator/dre/main.mjs';
import { Display, parse, UsageError } from '../../simulator/dre/parser.mjs';
import { readCases } from '../../support/dre/cases.ts';
import { describeWithReference, readReference } from '../../support/base/reference.ts';
import { runStandIn } from '../../support/dre/standIn.ts';

const text = readFileSync(new URL('./dreCases.txt', import.meta.url), 'utf8');
const cases = readCases(text);

function parserVerdict(words: readonly string[]): string {
  try {
    parse(grammar, words, {}, {});
    return 'ok';
  } catch (error) {
    if (error instanceof UsageError) return 'err';
    if (error instanceof Display) return 'help';
    throw error;
  }
}

describe('the stand-in dre and the list of command lines with verdicts', () => {
  it('has all 133 lines', () => assert.equal(cases.length, 133));

  for (const { verdict, line, words } of cases) {
    it(`${verdict}: ${line}`, () => assert.equal(parserVerdict(words), verdict));
  }

  it("ends with exit 2 for what is refused, and refuses two lines by dre's own rules that the parser lets through", async () => {
    const surprises: string[] = [];
    for (const { verdict, line, words } of cases) {
      // The switch ends the run after the checks, before the command acts.
      const { code } = await runStandIn(words, { DRE_SIM_FAIL: '0' });
      const expected = verdict === 'err' ? 2 : line.includes('--hsm-key-id') ? 101 : 0;
      if (code !== expected) surprises.push(`${code}: ${line}`);
    }
    assert.deepEqual(surprises, [
      '2: dre update-default-subnets --path /x.csv', // no such file
      '2: dre propose update-subnet --dry-run', // belongs before the ic-admin command
    ]);
  });
});

interface ReferenceArg {
  readonly name: string;
  readonly long: string | null;
  readonly short: string | null;
  readonly env: string | null;
  readonly type: string;
  readonly takesValue: boolean;
  readonly values: readonly string[] | null;
  readonly default: string | null;
  readonly required: boolean;
  readonly multiple: boolean;
  readonly positional: boolean;
  readonly numArgs: { readonly min: number; readonly max: number | null };
  readonly valueDelimiter: string | null;
  readonly allowHyphenValues: boolean;
  readonly aliases: readonly string[];
  readonly hiddenAliases: readonly string[];
  readonly conflictsWith: readonly string[];
  readonly requires: readonly string[];
  readonly global: boolean;
}

interface ReferenceCommand {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly hiddenAliases: readonly string[];
  readonly subcommandRequired: boolean;
  readonly disableHelpFlag?: boolean;
  readonly auth?: string;
  readonly effect?: string;
  readonly args: readonly ReferenceArg[];
  readonly checks?: readonly Readonly<Record<string, unknown>>[];
  readonly subcommands?: readonly ReferenceCommand[];
}

function factsOfArg(arg: ReferenceArg): unknown {
  const { hiddenAliases, aliases, requires, ...rest } = arg;
  assert.deepEqual(requires, []);
  const { name, long, short, env, type, values, required, multiple, positional, numArgs } = rest;
  const { valueDelimiter, allowHyphenValues, conflictsWith, global } = rest;
  const names = [...aliases, ...hiddenAliases];
  return { name, long, short, env, type, values, default: rest.default, required, multiple, positional, words: [numArgs.min, numArgs.max], valueDelimiter, allowHyphenValues, aliases: names, conflictsWith, global }; // prettier-ignore
}

function factsOfOurs(arg: GrammarArg): unknown {
  const { name, long = null, short = null, env = null, type = 'string', values = null } = arg;
  const { required = false, multiple = false, positional = false, valueDelimiter = null } = arg;
  const { allowHyphenValues = false, aliases = [], conflictsWith = [], global = false } = arg;
  const words = arg.words ?? (type === 'boolean' ? [0, 0] : [1, 1]);
  return { name, long, short, env, type, values, default: arg.default ?? null, required, multiple, positional, words, valueDelimiter, allowHyphenValues, aliases, conflictsWith, global }; // prettier-ignore
}

const byName = (left: { name?: unknown }, right: { name?: unknown }): number =>
  String(left.name).localeCompare(String(right.name));

/** The order of options does not matter, the order of positionals does. */
function ordered(args: readonly unknown[]): readonly unknown[] {
  const each = args as readonly { name: string; positional: boolean }[];
  return [...each.filter((arg) => arg.positional), ...each.filter((arg) => !arg.positional).sort(byName)];
}

function factsOfCheck(rule: Readonly<Record<string, unknown>>): unknown {
  const { exit, message, unless, unlessWord, ...rest } = rule;
  assert.ok(exit === undefined || exit === 2);
  assert.ok(message === undefined || typeof message === 'string');
  // The reference says it in a sentence.
  const excuse = typeof unless === 'string' ? /'(\w+)'/.exec(unless)?.[1] : unlessWord;
  return { ...rest, unless: typeof unless === 'string' ? undefined : unless, unlessWord: excuse };
}

function compare(ours: GrammarCommand, theirs: ReferenceCommand, path: string): void {
  const names = (command: { aliases?: readonly string[]; hiddenAliases?: readonly string[] }): readonly string[] =>
    [...(command.aliases ?? []), ...(command.hiddenAliases ?? [])].sort();
  assert.deepEqual(names(ours), names(theirs), path);
  assert.equal(ours.subcommandRequired ?? false, theirs.subcommandRequired, path);
  assert.equal(ours.noHelp ?? false, theirs.disableHelpFlag ?? false, path);
  assert.equal(ours.auth, theirs.auth, path);
  assert.equal(ours.effect, theirs.effect, path);
  const own = [...(ours.args ?? []), ...(ours.group === undefined ? [] : (grammar.groups[ours.group] ?? []))];
  const expected = theirs.args.filter((arg) => arg.name !== 'help');
  assert.deepEqual(ordered(own.map(factsOfOurs)), ordered(expected.map(factsOfArg)), path);
  assert.deepEqual((ours.checks ?? []).map(factsOfCheck), (theirs.checks ?? []).map(factsOfCheck), path);
  compareAll(ours.commands ?? [], theirs.subcommands ?? [], path);
}

function compareAll(ours: readonly GrammarCommand[], theirs: readonly ReferenceCommand[], path: string): void {
  assert.deepEqual(ours.map((each) => each.name).sort(), theirs.map((each) => each.name).sort(), path);
  for (const command of ours) {
    const other = theirs.find((each) => each.name === command.name);
    assert.ok(other);
    compare(command, other, `${path} ${command.name}`);
  }
}

describeWithReference('the grammar of the stand-in dre', 'dre-cli.json', () => {
  it('has the facts of the reference: every command, option, alias, arity, conflict and check', () => {
    const reference = JSON.parse(readReference('dre-cli.json'));
    compareAll(grammar.commands, reference.subcommands, 'dre');
    const globals = reference.globalOptions.filter((arg: ReferenceArg) => !['help', 'version'].includes(arg.name));
    assert.deepEqual(ordered(grammar.options.map(factsOfOurs)), ordered(globals.map(factsOfArg)));
  });

  it('keeps the list of command lines as the reference has it', () => {
    assert.deepEqual(cases, readCases(readReference('dre-cli-cases.txt')));
  });
});
