import fc from 'fast-check';
import { dre } from '../../../src/dre/grammar/check.ts';
import { runnableCommands } from '../../../src/dre/grammar/commands.ts';
import type { Argument, Command } from '../../../src/dre/grammar/shape.ts';
import { principalText } from '../../simulator/dre/values.mjs';

// Command lines that are made from the extension's grammar of dre: most of them nearly right.

/** Any principal. */
const principals = fc.uint8Array({ minLength: 1, maxLength: 29 }).map((bytes) => principalText([...bytes]));

/** Words that other places of the grammar know, or that shells and parsers know. */
const oddWords = fc.constantFrom(
  ...['', '-', '--', '-1', '--yes', '-y', '--dry-run', '--network', '--help', '-h', 'help', 'heal', '-V', '--version'],
  ...['--forum=omit', '--verbose', '-vv', '-mx', '-m=x', '--no', 'subnet', 'get', '$(id)', "it's", 'a=b', '=', 'ü\n'],
);

function goodValue({ kind, choices = [] }: Argument): fc.Arbitrary<string> {
  switch (kind) {
    case 'flag':
      return fc.constant('');
    case 'text':
    case 'countOrPercent':
      return fc.oneof(fc.stringMatching(/^[a-z0-9]{1,8}$/), fc.constantFrom('10%', 'two words', ''));
    case 'month':
      return fc.constant('2024-10');
    case 'path':
      return fc.constantFrom('x.json', '/no such folder/x', '-');
    case 'principal':
      return principals;
    case 'forumLink':
      return fc.constantFrom('ask', 'omit', 'discourse', 'https://forum.dfinity.org/t/1');
    case 'url':
      return fc.constantFrom('https://ic0.app', 'https://ic0.app/,https://icp0.io/');
    case 'u32':
    case 'u64':
      return fc.integer({ min: 0, max: 4_000_000_000 }).map(String);
    case 'i32':
    case 'i64':
      return fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }).map(String);
    case 'u64OrHex':
    case 'u8OrHex':
      return fc.constantFrom('0', '0x10', '255');
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'word':
      return fc.constantFrom(...choices);
    case 'duration':
      return fc.constantFrom('0s', '60s', '1h 30m', '0');
    case 'registryFilter':
      return fc.constantFrom('dc_id eq bo1', 'node_type=type1', 'subnet_id startswith tdb26');
    case 'firewallScope':
      return fc.oneof(
        fc.constantFrom('global', 'replica_nodes', 'API_boundary_nodes'),
        principals.map((id) => `subnet(${id})`),
      );
  }
}

/** Numbers at and over the ends of all kinds, and values of other kinds. */
const badValues = fc.constantFrom(
  ...['', 'x', '-1', '1.5', '4294967296', '18446744073709551616', '2147483648', '0xg', '256', 'TRUE', 'never', '5'],
  ...['a = b', 'abc', 'aaaaa-ab', 'bogus', 'http://', 'global(x)', '9223372036854775808', '+5', '1,2'],
);

/** One occurrence of an argument, as words. */
function occurrence(argument: Argument): fc.Arbitrary<readonly string[]> {
  const value = fc.oneof({ weight: 12, arbitrary: goodValue(argument) }, { weight: 1, arbitrary: badValues });
  const { flag, short, aliases = [], takes } = argument;
  const most = takes === 'one' ? 1 : 3;
  const values = fc.array(value, { minLength: takes === 'any' || takes === 'upToTwo' ? 0 : 1, maxLength: most });
  if (flag === undefined) return values;
  const name = fc.constantFrom(...[flag, short, ...aliases].filter((each) => each !== undefined));
  if (takes === 'nothing') return name.map((each) => [each]);
  return fc.oneof(
    fc.tuple(name, values).map(([each, all]) => [each, ...all]),
    fc.tuple(name, value).map(([each, one]) => [`${each}=${one}`]),
  );
}

/** What is needed always, the rest sometimes, in any order. */
function argumentsOf(command: Command): fc.Arbitrary<readonly string[]> {
  const one = (argument: Argument): fc.Arbitrary<readonly string[]> =>
    fc.oneof(
      { weight: argument.required === true ? 15 : 2, arbitrary: occurrence(argument) },
      { weight: argument.required === true ? 1 : 8, arbitrary: fc.constant([]) },
    );
  const all = [...command.args, ...dre.args.filter(({ scope }) => scope === 'below')];
  const indices = all.map((_, index) => index);
  const positionalsFirst = indices.toSorted((left, right) => rank(all[left]) - rank(all[right]));
  const orders = fc.oneof(fc.constant(positionalsFirst), fc.shuffledSubarray(indices, { minLength: indices.length }));
  return fc.tuple(fc.tuple(...all.map(one)), orders).map(([parts, order]) => order.flatMap((at) => parts[at] ?? []));
}

const rank = (argument: Argument | undefined): number => (argument?.flag === undefined ? 0 : 1);

const before = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.oneof(...dre.args.map(occurrence)) },
);

/** A line of one command: right or nearly so. */
const plain = fc.oneof(
  ...runnableCommands().map(({ path, command }) =>
    fc.tuple(before, fc.constant(path), argumentsOf(command)).map((parts): readonly string[] => parts.flat()),
  ),
);

/** What is done to a line, with a place in it and a word. */
const changes: readonly ((words: readonly string[], at: number, word: string) => readonly string[])[] = [
  (words) => words,
  (words) => words,
  (words) => words,
  (words, at) => words.filter((_, index) => index !== at),
  (words, at, word) => words.toSpliced(at, 0, word),
  (words, at) => [...words, ...words.slice(at, at + 2)],
];

/** A line of one command, in which words may be missing, added or doubled. */
export const lines: fc.Arbitrary<readonly string[]> = fc
  .tuple(plain, fc.constantFrom(...changes), fc.nat(), oddWords)
  .map(([words, change, at, word]) => change(words, at % (words.length + 1), word));
