// `npm test [-- suite...]`: every suite one after the other, or those that are named. All of them run even when one
// fails; the last line holds the sum.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { browser } from './browser.mjs';
import { build } from './build.mjs';
import { node24 } from './node24.mjs';
import { run } from './processes.mjs';
import { checkTypes, pureProjects } from './types.mjs';
import { vscodeServer } from './vscodeServer.mjs';

const root = dirname(import.meta.dirname);
const require = createRequire(import.meta.url);
const results = join(root, 'out', 'results.json');

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @type {Readonly<Record<string, () => Promise<Count>>>} in the order in which they run */
const suites = {
  types,
  lint,
  build: async () => verdict(await build()),
  unit: () => mocha('unit'),
  contract: () => mocha('contract'),
  manifest: () => mocha('manifest'),
  page: () => mocha('page'),
  integration,
  // A whole workbench in a browser on a machine of two processors: what fails once is tried once more.
  e2e: () => mocha('e2e', '--retries', '1'),
};

/** What a suite needs besides the packages. @type {Readonly<Record<string, (() => Promise<unknown>)[]>>} */
const needs = { page: [browser], integration: [node24, vscodeServer, browser], e2e: [node24, vscodeServer, browser] };

/** @param {boolean} passed @returns {Count} */
const verdict = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

/** @param {readonly Count[]} counts @returns {Count} */
const sum = (counts) =>
  counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

/** Each project is one test. */
async function types() {
  const projects = ['', ...pureProjects, 'scripts'];
  // A type check takes a processor for itself.
  const counts = [];
  const lanes = Math.max(1, Math.min(projects.length, availableParallelism()));
  for (let first = 0; first < projects.length; first += lanes) {
    const checks = await Promise.all(projects.slice(first, first + lanes).map((name) => checkTypes(name)));
    for (const { name, passed, output } of checks) {
      console.log(`  ${passed ? '✔' : '✗'} ${name}`);
      if (!passed) console.log(output);
      counts.push(verdict(passed));
    }
  }
  return sum(counts);
}

/** ESLint is one test, the format another. */
async function lint() {
  const steps = {
    eslint: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
    prettier: ['prettier/bin/prettier.cjs', '--check', '.'],
  };
  const counts = [];
  for (const [name, [script = '', ...args]] of Object.entries(steps)) {
    const file = join(root, 'node_modules', ...script.split('/'));
    const { code, output } = await run(process.execPath, [file, ...args], { cwd: root, quiet: true });
    console.log(`  ${code === 0 ? '✔' : '✗'} ${name}`);
    if (code !== 0) console.log(output.trim());
    counts.push(verdict(code === 0));
  }
  return sum(counts);
}

/** @param {string} suite a folder of test/ @param {readonly string[]} more arguments of mocha */
function mocha(suite, ...more) {
  const files = ['ts', 'tsx'].map((extension) => `test/${suite}/**/*.test.${extension}`);
  const args = [require.resolve('mocha/bin/mocha.js'), '--reporter', 'scripts/mochaReporter.mjs', ...more, ...files];
  return counted(process.execPath, args);
}

/** In the extension host of a real VS Code. */
async function integration() {
  return counted(await node24(), [join(import.meta.dirname, 'hostTests.mjs')]);
}

/**
 * Runs a program that leaves its numbers behind. Without numbers it counts as one failure.
 * @param {string} command @param {readonly string[]} args @returns {Promise<Count>}
 */
async function counted(command, args) {
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const { code } = await run(command, args, { cwd: root, env: { ...process.env, DR_DRE_RESULTS: results } });
  if (!existsSync(results)) return verdict(false);
  /** @type {Count} */
  const count = JSON.parse(readFileSync(results, 'utf8'));
  const nothingRan = count.passed + count.failed === 0;
  return count.failed === 0 && (code !== 0 || nothingRan) ? { ...count, failed: 1 } : count;
}

/** @param {string} name @returns {Promise<Count & { name: string, seconds: number }>} */
async function runSuite(name) {
  console.log(`\n── ${name} ${'─'.repeat(100 - name.length)}`);
  const since = Date.now();
  const count = await (async () => {
    try {
      for (const need of needs[name] ?? []) await need();
      return await (suites[name] ?? (() => Promise.reject(new Error('no such suite'))))();
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
      return verdict(false);
    }
  })();
  const seconds = (Date.now() - since) / 1000;
  console.log(`   ${name}: ${seconds.toFixed(1)} s`);
  return { name, seconds, ...count };
}

/** @param {readonly string[]} asked @returns {string[]} with the build, where a suite needs what it makes */
function selected(asked) {
  const unknown = asked.filter((name) => !(name in suites));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(', ')}. Suites: ${Object.keys(suites).join(', ')}`);
    process.exit(2);
  }
  const wanted = asked.length === 0 ? Object.keys(suites) : asked;
  const needBuild = wanted.some((name) => name in needs);
  return Object.keys(suites).filter((name) => wanted.includes(name) || (name === 'build' && needBuild));
}

const done = [];
for (const name of selected(process.argv.slice(2))) done.push(await runSuite(name));

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
