import assert from 'node:assert/strict';
import fc from 'fast-check';
import { operations } from '../../../src/dre/catalogue.ts';
import type { CommandLine } from '../../../src/domain/operations/run.ts';
import { dryForm, dryRunFlag, realForm } from '../../../src/dre/commandLine.ts';
import { optionVariables } from '../../../src/dre/environment.ts';
import { commandAt } from '../../../src/dre/grammar/commands.ts';
import type { Mode, Operation, ParameterValues } from '../../../src/dre/operations.ts';
import { valuesOf, type Parameter } from '../../../src/dre/parameters.ts';
import { grammar, type GrammarArg, type GrammarCommand } from '../../simulator/dre/main.mjs';
import { parse, type Parsed } from '../../simulator/dre/parser.mjs';
import { principalText } from '../../simulator/dre/values.mjs';
import { runStandIn } from '../../support/dre/standIn.ts';
import { runs } from '../../support/base/runs.ts';

const principal = fc.uint8Array({ minLength: 1, maxLength: 29 }).map((bytes) => principalText([...bytes]));
const listOf = (word: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.uniqueArray(word, { minLength: 1, maxLength: 4 }).chain((all) => fc.constantFrom(all.join(' '), all.join(', ')));
const hex = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,12}$/);
/** One of each form that dre reads in its own way. */
const someValues = ['subnet-list\n--json', '5', '60s', '2024-10', '10%', 'dc_id eq bo1', 'global', 'https://ic0.app'];
/** Any text that a person may type and that the parameter accepts. */
const freeText = (parameter: Parameter): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom('--yes', '-y', '$(id)', "it's", '--', '=', 'a=b'),
    )
    .filter((text) => text.trim() !== '' && parameter.validate(text) === undefined);

function valid(parameter: Parameter): fc.Arbitrary<string> {
  switch (parameter.kind) {
    case 'text':
      return freeText(parameter);
    case 'path':
      return freeText(parameter);
    case 'idList':
      return listOf(principal);
    case 'wordList':
      return listOf(word);
    case 'numberList':
      return listOf(
        fc
          .oneof(fc.integer({ min: 0, max: 20 }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
          .map(String)
          .filter((text) => parameter.validate(text) === undefined),
      );
    case 'principal':
      return principal;
    case 'proposalId':
      return fc.bigInt({ min: 1n, max: 10n ** 19n - 1n }).map(String);
    case 'version':
      return hex(40);
    case 'releaseTag':
      return fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,20}$/);
    case 'count':
      return fc.integer({ min: 0, max: 999 }).map(String);
    case 'forumLink':
      return fc
        .constantFrom('ask', 'omit', 'discourse', 'https://forum.dfinity.org/t/x/1?u=a&b=c#d')
        .filter((text) => parameter.validate(text) === undefined);
    case 'flag':
      return fc.constantFrom('true', 'false');
    case 'choice':
      return fc.constantFrom(...(parameter.choices ?? []));
    case 'choices':
      return listOf(fc.constantFrom(...(parameter.choices ?? [])));
    case 'value':
    case 'valueList':
    case 'lines':
      return fc.constantFrom(...someValues.filter((text) => parameter.validate(text) === undefined));
  }
}

/** Values that the operation accepts: those that are needed always, the others sometimes. */
function validValues(operation: Operation): fc.Arbitrary<ParameterValues> {
  const shape = Object.fromEntries(operation.parameters.map((each) => [each.name, valid(each)]));
  const requiredKeys = operation.parameters.filter((each) => each.required).map((each) => each.name);
  return fc.record(shape, { requiredKeys }).filter((values) => build(operation, values) !== undefined);
}

function build(operation: Operation, values: ParameterValues, mode?: Mode): CommandLine | undefined {
  const built = operation.build({ program: 'dre', values, mode });
  return built.ok ? built.value : undefined;
}

function mustBuild(operation: Operation, values: ParameterValues, mode?: Mode): CommandLine {
  const line = build(operation, values, mode);
  assert.ok(line);
  return line;
}

describe('the operations and the grammar of dre', () => {
  for (const operation of operations) {
    it(`${operation.id}: the stand-in accepts whatever can be built, in either form`, async () => {
      await fc.assert(
        fc.asyncProperty(validValues(operation), fc.constantFrom<Mode>('dryRun', 'real'), async (values, mode) => {
          const line = mustBuild(operation, values, mode);
          const strict = { DRE_SIM_PRINCIPALS: 'strict', DRE_SIM_FAIL: '0' };
          const { code, stderr } = await runStandIn(line.args, strict);
          assert.equal(code, 0, stderr);
        }),
        runs(60),
      );
    });

    it(`${operation.id}: what was entered arrives under its own name, and nothing else`, () => {
      fc.assert(
        fc.property(validValues(operation), (values) => {
          const parsed = parse(grammar, mustBuild(operation, values, 'real').args, {}, { strictPrincipals: true });
          const arrived = new Set<string>();
          for (const { name, kind } of operation.parameters) {
            const text = (values[name] ?? '').trim();
            if (text === '' || (kind === 'flag' && text === 'false')) continue;
            assert.deepEqual(entered(operation, parsed, name), kind === 'flag' ? [text] : valuesOf(kind, text));
            arrived.add(name);
          }
          for (const { name } of operation.parameters) {
            if (!arrived.has(name)) assert.equal(parsed.has(argNamed(operation, parsed, name).name), false, name);
          }
          assert.equal(parsed.has('yes') || parsed.has('dry_run'), false);
        }),
        runs(60),
      );
    });

    it(`${operation.id}: is simulated unless asked otherwise, and the real form differs in the flag alone`, () => {
      fc.assert(
        fc.property(validValues(operation), (values) => {
          const first = mustBuild(operation, values);
          const real = mustBuild(operation, values, 'real');
          assert.equal(real.dryRun, false);
          if (operation.effect !== 'submits' && operation.effect !== 'votes') assert.deepEqual(first, real);
          else {
            assert.equal(first.dryRun, true);
            assert.deepEqual(realForm(first), real);
            assert.deepEqual(dryForm(real), first);
            assert.equal(first.args.filter((word) => word === dryRunFlag).length, 1);
          }
        }),
        runs(60),
      );
    });
  }
});

function standInCommandAt(words: readonly string[]): GrammarCommand {
  let at: GrammarCommand = grammar;
  for (const name of words) {
    const next: GrammarCommand | undefined = at.commands?.find((each) => each.name === name);
    assert.ok(next, words.join(' '));
    at = next;
  }
  return at;
}

function argsAt(words: readonly string[]): readonly GrammarArg[] {
  const command = standInCommandAt(words);
  return [...(command.args ?? []), ...(command.group === undefined ? [] : (grammar.groups[command.group] ?? []))];
}

/** The option or positional of the stand-in that a parameter stands for. */
function argNamed(operation: Operation, parsed: Parsed, name: string): GrammarArg {
  const { args } = commandAt(operation.path);
  const own = args.find((each) => each.name === name);
  assert.ok(own, `${operation.id} ${name}`);
  const all = argsAt(parsed.path.slice(1));
  const place = args.filter(({ flag }) => flag === undefined).indexOf(own);
  const positionals = all.filter(({ positional }) => positional);
  const arg = own.flag === undefined ? positionals[place] : all.find(({ long }) => long === own.flag);
  assert.ok(arg, `${operation.id} ${name}`);
  return arg;
}

function entered(operation: Operation, parsed: Parsed, name: string): readonly string[] {
  return parsed.all(argNamed(operation, parsed, name).name);
}

describe('the environment variables that dre reads', () => {
  it('knows every environment variable that the tool reads for an option', () => {
    const all = [...grammar.options, ...Object.values(grammar.groups).flat(), ...leafArgs(grammar)];
    const theirs = new Map(
      all.flatMap((arg) => (arg.env === undefined ? [] : [[arg.env, arg.long]])) as [string, string][],
    );
    assert.deepEqual(new Map(optionVariables.map((each) => [each.name, each.option])), new Map([...theirs]));
  });
});

function leafArgs(command: GrammarCommand): readonly GrammarArg[] {
  return [...(command.args ?? []), ...(command.commands ?? []).flatMap(leafArgs)];
}
