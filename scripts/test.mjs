// `npm test [-- suite...]`: all suites, or those that are named. Where there are two processors, those that need
// one each run in two lanes. All of them run even when one fails; the last line holds the sum.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { browser, browserServer } from './browser.mjs';
import { build } from './build.mjs';
import { node24 } from './node24.mjs';
import { run } from './processes.mjs';
import { checkTypes, pureProjects } from './types.mjs';
import { vscodeServer } from './vscodeServer.mjs';

const root = dirname(import.meta.dirname);
const require = createRequire(import.meta.url);

/**
 * `problems` are the texts of the tests that failed, where the suite reports them.
 * @typedef {{ passed: number, failed: number, skipped: number, problems?: readonly string[] }} Count
 */
/**
 * What a suite is given: `print` for its lines, and whether the programs that it runs print by themselves, which they do
 * not while another suite runs.
 * @typedef {{ print: (text: string) => void, quiet: boolean }} Output
 */

/** @type {Readonly<Record<string, (output: Output) => Promise<Count>>>} */
const suites = {
  types,
  unit: (output) => mocha('unit', output),
  lint,
  contract: (output) => mocha('contract', output, { without: 'engine' }),
  engine: (output) => mocha('contract/engine', output),
  knip: (output) => program('knip/bin/knip.js', [], output),
  manifest: (output) => mocha('manifest', output),
  build: async () => verdict(await build()),
  page: (output) => mocha('page', output),
  integration,
  // `npm start` makes the bundle anew, which no window may be reading then.
  e2e: (output) => mochaInLanes('e2e', output, { alone: join('start', 'start.test.ts') }),
};

/**
 * The steps in which they run. Those of a step run in up to so many lanes, each of which takes the next suite once it is
 * free; what takes long comes first, but `page`, which needs what is fetched, after others.
 */
const steps = [
  { lanes: 1, names: ['build'] },
  { lanes: 2, names: ['engine', 'lint', 'page', 'unit', 'contract', 'types', 'manifest', 'knip'] },
  { lanes: 1, names: ['integration', 'e2e'] },
];

/** What a suite needs besides the packages. @type {Readonly<Record<string, (() => Promise<unknown>)[]>>} */
const needs = { page: [browser], integration: [node24, vscodeServer, browser], e2e: [node24, vscodeServer, browser] };

/** @param {boolean} passed @returns {Count} */
const verdict = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

/** @param {readonly Count[]} counts @returns {Required<Count>} */
const sum = (counts) =>
  counts.reduce(
    (/** @type {Required<Count>} */ all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
      problems: [...all.problems, ...(one.problems ?? [])],
    }),
    { passed: 0, failed: 0, skipped: 0, problems: [] },
  );

/** Each project is one test. @param {Output} output @returns {Promise<Count>} */
async function types({ print, quiet }) {
  const projects = ['', ...pureProjects, 'scripts'];
  // A type check takes a processor for itself.
  const counts = [];
  const lanes = quiet ? 1 : Math.max(1, Math.min(projects.length, availableParallelism()));
  for (let first = 0; first < projects.length; first += lanes) {
    const checks = await Promise.all(projects.slice(first, first + lanes).map((name) => checkTypes(name)));
    for (const { name, passed, output } of checks) {
      print(`  ${passed ? '✔' : '✗'} ${name}`);
      if (!passed) print(output);
      counts.push(verdict(passed));
    }
  }
  return sum(counts);
}

/** ESLint is one test, the format another. @param {Output} output @returns {Promise<Count>} */
async function lint(output) {
  const prettier = ['--check', '--cache', '--cache-location', 'out/prettier', '.'];
  return sum([
    await program('eslint/bin/eslint.js', ['.', '--max-warnings', '0'], output),
    await program('prettier/bin/prettier.cjs', prettier, output),
  ]);
}

/**
 * A program of a package, which is one test. What it prints is shown when it fails.
 * @param {string} script @param {readonly string[]} args @param {Output} output @returns {Promise<Count>}
 */
async function program(script, args, { print }) {
  const file = join(root, 'node_modules', ...script.split('/'));
  const { code, output } = await run(process.execPath, [file, ...args], { cwd: root, quiet: true });
  print(`  ${code === 0 ? '✔' : '✗'} ${script.split('/')[0]}`);
  if (code !== 0) print(output.trim());
  return verdict(code === 0);
}

/**
 * @param {string} suite a folder of test/ @param {Output} output
 * @param {{ without?: string }} [options] `without`: a folder in it that is a suite of its own
 */
function mocha(suite, output, { without } = {}) {
  const files = testFiles(suite).filter(
    (file) => without === undefined || !file.startsWith(join('test', suite, without)),
  );
  return mochaOf(files, suite.replaceAll('/', '-'), output);
}

/**
 * Each has a VS Code server in memory: the settings of the machine, the storage of extensions and their environment are the
 * server's and not the window's, so that files side by side, each with its own simulator, cannot share one.
 */
const mostLanes = 4;

/**
 * The files of a suite in several processes side by side, two more than there are processors, as each of its tests waits
 * more than it works. They share a browser. What they print is shown when they have ended.
 * @param {string} suite @param {Output} output @param {{ alone: string }} options `alone`: the file that runs before them
 */
async function mochaInLanes(suite, output, { alone }) {
  const first = join('test', suite, alone);
  const sizeOf = (/** @type {string} */ file) => statSync(join(root, file)).size;
  // The larger a file is, the longer it takes, about.
  const files = testFiles(suite)
    .filter((file) => file !== first)
    .sort((a, b) => sizeOf(b) - sizeOf(a));
  const processors = availableParallelism();
  if (processors === 1) return mochaOf([first, ...files], suite, output);
  const lanes = Array.from({ length: Math.min(processors + 2, mostLanes) }, () => ({
    files: /** @type {string[]} */ ([]),
    size: 0,
  }));
  for (const file of files) {
    const [lane] = lanes.toSorted((a, b) => a.size - b.size);
    lane?.files.push(file);
    if (lane !== undefined) lane.size += sizeOf(file);
  }
  const before = await mochaOf([first], `${suite}-first`, output);
  const shared = await browserServer();
  try {
    const env = { DR_DRE_BROWSER: shared.wsEndpoint() };
    const counts = lanes
      .filter((lane) => lane.files.length > 0)
      .map((lane, index) => mochaOf(lane.files, `${suite}-${index + 1}`, { ...output, quiet: true }, env));
    return sum([before, ...(await Promise.all(counts))]);
  } finally {
    await shared.close();
  }
}

/** @param {string} suite a folder of test/ */
function testFiles(suite) {
  return readdirSync(join(root, 'test', suite), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => join('test', suite, name))
    .sort();
}

/**
 * @param {readonly string[]} files @param {string} name of the file with the numbers @param {Output} output
 * @param {NodeJS.ProcessEnv} [env] besides this process's own
 */
function mochaOf(files, name, output, env) {
  const color = process.stdout.isTTY ? ['--color'] : [];
  const args = [require.resolve('mocha/bin/mocha.js'), '--reporter', 'scripts/mochaReporter.mjs', ...color, ...files];
  return counted(process.execPath, args, name, output, env);
}

/** In the extension host of a real VS Code. @param {Output} output */
async function integration(output) {
  return counted(await node24(), [join(import.meta.dirname, 'hostTests.mjs')], 'integration', output);
}

/**
 * Runs a program that leaves its numbers behind. Without numbers it counts as one failure.
 * @param {string} command @param {readonly string[]} args @param {string} suite @param {Output} output
 * @param {NodeJS.ProcessEnv} [more] in its environment
 * @returns {Promise<Count>}
 */
async function counted(command, args, suite, { print, quiet }, more = {}) {
  const results = join(root, 'out', 'results', `${suite}.json`);
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const env = { ...process.env, ...more, DR_DRE_RESULTS: results };
  const { code, output } = await run(command, args, { cwd: root, env, quiet });
  if (quiet) print(output.trimEnd());
  if (!existsSync(results)) return verdict(false);
  /** @type {Count} */
  const count = JSON.parse(readFileSync(results, 'utf8'));
  const nothingRan = count.passed + count.failed === 0;
  return count.failed === 0 && (code !== 0 || nothingRan) ? { ...count, failed: 1 } : count;
}

/**
 * @param {string} name
 * @param {boolean} alone whether nothing else runs: else what it prints is shown when it has ended
 * @returns {Promise<Count & { name: string, seconds: number }>}
 */
async function runSuite(name, alone) {
  /** @type {string[]} */
  const kept = [];
  const title = `\n── ${name} ${'─'.repeat(100 - name.length)}`;
  const print = alone ? console.log : (/** @type {string} */ text) => void kept.push(text);
  print(title);
  const since = Date.now();
  const count = await (async () => {
    try {
      for (const need of needs[name] ?? []) await need();
      const suite = suites[name] ?? (() => Promise.reject(new Error('no such suite')));
      return await suite({ print, quiet: !alone });
    } catch (error) {
      print(/** @type {Error} */ (error).message);
      return verdict(false);
    }
  })();
  const seconds = (Date.now() - since) / 1000;
  print(`   ${name}: ${seconds.toFixed(1)} s`);
  if (!alone) console.log(kept.join('\n'));
  return { name, seconds, ...count };
}

/** @param {readonly string[]} asked @returns {typeof steps} with the build, where a suite needs what it makes */
function selected(asked) {
  const unknown = asked.filter((name) => !(name in suites));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(', ')}. Suites: ${Object.keys(suites).join(', ')}`);
    process.exit(2);
  }
  const wanted = new Set(asked.length === 0 ? Object.keys(suites) : asked);
  if ([...wanted].some((name) => name in needs)) wanted.add('build');
  return steps
    .map((step) => ({ ...step, names: step.names.filter((name) => wanted.has(name)) }))
    .filter(({ names }) => names.length > 0);
}

const chosen = selected(process.argv.slice(2));
// What is fetched once is fetched while the first suites run.
const fetched = [...new Set(chosen.flatMap(({ names }) => names).flatMap((name) => needs[name] ?? []))];
const fetching = fetched.reduce(
  (before, need) => before.then(need),
  /** @type {Promise<unknown>} */ (Promise.resolve()),
);
// Whoever needs it tries again, and says why it cannot be had.
fetching.catch(() => undefined);
/** @type {Awaited<ReturnType<typeof runSuite>>[]} */
const done = [];
for (const { names, lanes: most } of chosen) {
  const left = [...names];
  const lanes = Math.min(most, left.length, availableParallelism());
  const runLane = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      if (name in needs) await fetching.catch(() => undefined);
      done.push(await runSuite(name, lanes === 1));
    }
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
}

// Once more at the end, where a reader of a cut log finds them.
for (const { name, problems = [] } of done) {
  for (const problem of problems) console.log(`\n✗ ${name}: ${problem}`);
}
console.log(`\n── all ${'─'.repeat(97)}`);
for (const { name, seconds, passed, failed, skipped } of done) {
  const parts = [
    `${passed} passing`,
    ...(failed > 0 ? [`${failed} failing`] : []),
    ...(skipped > 0 ? [`${skipped} pending`] : []),
  ];
  console.log(`  ${failed > 0 ? '✗' : '✔'} ${name.padEnd(12)} ${parts.join(', ')} (${seconds.toFixed(0)} s)`);
}
const { passed, failed, skipped } = sum(done);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
