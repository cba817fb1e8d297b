import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { check, dre, type LineVerdict } from '../../../src/dre/grammar/check.ts';
import { runnableCommands } from '../../../src/dre/grammar/commands.ts';
import type { FaultKind } from '../../../src/dre/grammar/level.ts';
import type { Argument, Command, Takes } from '../../../src/dre/grammar/shape.ts';
import { check as checkRules } from '../../simulator/dre/checks.mjs';
import { grammar, type GrammarArg, type GrammarCommand } from '../../simulator/dre/main.mjs';
import { Display, parse, UsageError } from '../../simulator/dre/parser.mjs';
import { Panic, principalText } from '../../simulator/dre/values.mjs';
import { readCases } from '../../support/dre/cases.ts';
import { lines } from '../../support/dre/lines.ts';
import { runsWithin } from '../../support/base/runs.ts';

const cases = readCases(readFileSync(new URL('./dreCases.txt', import.meta.url), 'utf8'));
const verdicts = { accepted: 'ok', refused: 'err', shown: 'help' } as const;

/** The list writes ids short, which dre itself refuses: each is written out, a different one for each short form. */
function withFullIds(words: readonly string[]): readonly string[] {
  const written = [...words];
  for (;;) {
    const verdict = check(written);
    if (verdict.outcome !== 'refused' || verdict.fault.kind !== 'invalidValue') return written;
    const { at } = verdict.fault;
    const short = /[a-z0-9-]{1,20}(?=\)?$)/.exec(written[at] ?? '')?.[0] ?? '';
    const full = principalText([...Buffer.from(short)]);
    const before = written[at];
    written[at] = (before ?? '').replace(short, full);
    if (!verdict.fault.sentence.includes('is not the full id') || written[at] === before) return words;
  }
}

/** The stand-in's own words for what is wrong. */
const kinds: Readonly<Record<FaultKind, readonly string[]>> = {
  unknownArgument: ['UnknownArgument'],
  unknownCommand: ['InvalidSubcommand'],
  missingCommand: ['MissingSubcommand'],
  missingValue: ['InvalidValue'],
  tooManyValues: ['TooManyValues'],
  invalidValue: ['ValueValidation', 'panic'],
  repeated: ['ArgumentConflict'],
  conflict: ['ArgumentConflict'],
  missingArgument: ['MissingRequiredArgument'],
  rule: ['MissingRequiredArgument', 'TooFewValues', 'ValueValidation', 'InvalidValue'],
};

function standInSays(words: readonly string[]): string {
  try {
    checkRules(parse(grammar, words, {}, { strictPrincipals: true }));
    return 'accepted';
  } catch (error) {
    if (error instanceof UsageError) return error.kind;
    if (error instanceof Display) return error.what;
    if (error instanceof Panic) return 'panic';
    throw error;
  }
}

function agrees(verdict: LineVerdict, standIn: string): boolean {
  switch (verdict.outcome) {
    case 'accepted':
      return standIn === 'accepted';
    case 'shown':
      return standIn === verdict.what;
    case 'refused':
      return kinds[verdict.fault.kind].includes(standIn);
  }
}

describe('the grammar of dre', () => {
  for (const { verdict, line, words } of cases) {
    it(`${verdict}: ${line}`, () => {
      const said = check(withFullIds(words));
      // Its own rule refuses this line, which the list of what the parser takes has as accepted.
      const isRefusedLater = line === 'dre propose update-subnet --dry-run';
      assert.equal(verdicts[said.outcome], isRefusedLater ? 'err' : verdict, JSON.stringify(said));
    });
  }

  it('says what the stand-in says, of lines that are right or nearly so', () => {
    fc.assert(
      fc.property(lines, (words) => {
        const verdict = check(words, { isFile: () => false });
        const standIn = standInSays(words);
        assert.ok(agrees(verdict, standIn), `${standIn} but ${JSON.stringify(verdict)}`);
      }),
      runsWithin(1_500, 4_000),
    );
  });

  it('names the word that is wrong', () => {
    const at = (...words: readonly string[]): readonly [number, string | undefined] | undefined => {
      const verdict = check(words);
      return verdict.outcome === 'refused' ? [verdict.fault.at, verdict.fault.argument] : undefined;
    };
    assert.deepEqual(at('subnet', 'replace', '--id', 'aaaaa-aa', '--bogus'), [4, undefined]);
    assert.deepEqual(at('proposals', 'get', 'abc'), [2, 'proposalId']);
    assert.deepEqual(at('vote', '--accepted-neurons', '80,x'), [2, 'acceptedNeurons']);
    assert.deepEqual(at('network'), [1, 'heal']);
    assert.deepEqual(at('subnet', 'replace', '--nodes', 'aaaaa-aa'), [4, 'motivation']);
    assert.deepEqual(at('vote', '--yes', '--dry-run'), [2, 'yes']);
    assert.deepEqual(at('subnet', 'set-authorization', '--open', 'aaaaa-aa', '--close=aaaaa-aa'), [4, 'close']);
  });
});

/** The facts of one argument that decide how a line is read. */
const factsOf = (arg: GrammarArg): unknown => ({
  long: arg.long,
  short: arg.short,
  names: (arg.aliases ?? []).toSorted(),
  words: arg.words ?? (arg.type === 'boolean' ? [0, 0] : [1, 1]),
  env: arg.env,
  values: arg.values?.join(' '),
  default: arg.default,
  isCommaList: arg.valueDelimiter === ',',
  takesHyphens: arg.allowHyphenValues ?? false,
  required: arg.required ?? false,
  isRepeatable: arg.multiple ?? false,
  conflicts: (arg.conflictsWith ?? []).length,
});

const takes: Readonly<Record<Takes, readonly [number, number | null]>> = {
  nothing: [0, 0],
  one: [1, 1],
  many: [1, null],
  any: [0, null],
  upToTwo: [0, 2],
};

const ownFactsOf = (arg: Argument): unknown => ({
  long: arg.flag,
  short: arg.short,
  names: (arg.aliases ?? []).toSorted(),
  words: takes[arg.takes],
  env: arg.env,
  values: arg.kind === 'boolean' ? 'true false' : arg.choices?.join(' '),
  default: arg.default,
  isCommaList: arg.isCommaList ?? false,
  takesHyphens: arg.takesHyphens ?? false,
  required: arg.required ?? false,
  isRepeatable: arg.takes === 'one' ? (arg.repeatable ?? false) : arg.takes !== 'nothing',
  conflicts: (arg.conflictsWith ?? []).length,
});

describe('the facts of the grammar', () => {
  const inOrder = (facts: readonly unknown[]): readonly string[] =>
    facts.map((each) => JSON.stringify(each)).toSorted();

  it('has the commands of the stand-in, each with the same arguments, effect and rules', () => {
    const compare = (own: Command, other: GrammarCommand): void => {
      const args = [...(other.args ?? []), ...(other.group === undefined ? [] : (grammar.groups[other.group] ?? []))];
      const ours = own.args.map(ownFactsOf);
      assert.deepEqual(inOrder(ours), inOrder(args.map(factsOf)), own.name);
      assert.deepEqual((own.aliases ?? []).toSorted(), (other.aliases ?? []).toSorted(), own.name);
      assert.equal(own.rules.length, (other.checks ?? []).length, own.name);
      assert.equal(own.auth, other.auth, own.name);
      for (const each of own.commands ?? []) {
        const same = other.commands?.find(({ name }) => name === each.name);
        assert.ok(same, each.name);
        compare(each, same);
      }
      assert.equal(own.commands?.length, other.commands?.length, own.name);
    };
    compare({ ...dre, args: [] }, { ...grammar, args: [] });
    assert.deepEqual(inOrder(dre.args.map(ownFactsOf)), inOrder(grammar.options.map(factsOf)));
    const below = (
      args: readonly { readonly flag?: string | undefined; readonly long?: string }[],
    ): readonly unknown[] => args.map(({ flag, long }) => flag ?? long);
    assert.deepEqual(
      below(dre.args.filter(({ scope }) => scope === 'below')),
      below(grammar.options.filter(({ global }) => global)),
    );
  });

  it('says what each command does to the outside', () => {
    const effects = { read: 'read', propose: 'submits', vote: 'votes', local: 'local', execute: 'changes' } as const;
    for (const { path, command } of runnableCommands()) {
      const other = path.reduce<GrammarCommand | undefined>(
        (at, name) => at?.commands?.find((each) => each.name === name),
        grammar,
      );
      const effect = effects[(other?.effect ?? 'read') as keyof typeof effects];
      // It submits to a testnet, and has no dry run.
      const isQualify = path.join(' ') === 'qualify execute';
      assert.equal(command.effect, isQualify ? 'changes' : effect, path.join(' '));
      const simulates = command.args.some(({ name }) => name === 'dryRun');
      assert.equal(simulates, command.effect === 'submits' || command.effect === 'votes', path.join(' '));
    }
  });
});
