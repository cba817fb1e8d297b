// Finds every import of src/ that points the wrong way, every circle of imports, type-only ones and those that nothing
// reaches included, and every package that is loaded late by itself: the bundler alone would not see any of them.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, dirname, relative } from 'node:path';
import ts from 'typescript';
import { forbidden } from './layers.mjs';

/**
 * @typedef {{ text: string, location: { file: string, line: number, column: number, length: number, lineText: string } }} Fault
 *   in the shape in which esbuild prints errors
 */

/**
 * @param {string} root the folder that holds src/
 * @returns {Fault[]}
 */
export function layerFaults(root) {
  const imports = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
    .sort()
    .flatMap((name) => importsOf(root, join(root, 'src', name)));
  const forbiddenOnes = imports.flatMap((each) => {
    const reason = forbidden(each.from, each.target);
    return reason === undefined ? [] : [faultAt(each, `${reason} (${each.from} imports '${each.written}')`)];
  });
  const circles = circlesOf(imports).map((circle) => faultAt(circle[0], `a circle of imports: ${chain(circle)}`));
  const latePackages = imports
    .filter(({ isLate, written }) => isLate && !written.startsWith('.'))
    .map((each) =>
      faultAt(
        each,
        `in the bundle a late package may have no named exports: import '${each.written}' in a file that is loaded late`,
      ),
    );
  return [...forbiddenOnes, ...circles, ...latePackages];
}

/**
 * @typedef {{ from: string, target: string, written: string, isLate: boolean, location: Fault['location'] }} Import
 *   `from` and `target` are paths from the root, `written` is what the source says, `isLate` that it is an expression
 */

/** @param {string} root @param {string} file @returns {Import[]} */
function importsOf(root, file) {
  const text = readFileSync(file, 'utf8');
  const from = relative(root, file);
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName: written, pos }) => {
    const target = written.startsWith('.') ? relative(root, resolve(dirname(file), written)) : written;
    const before = text.slice(0, pos).split('\n');
    const column = before.at(-1)?.length ?? 0;
    const lineText = text.split('\n')[before.length - 1] ?? '';
    return {
      from,
      target,
      written,
      isLate: /\bimport\(\s*['"`]?$/.test(before.at(-1) ?? ''),
      location: { file: from, line: before.length, column, length: written.length + 2, lineText },
    };
  });
}

/** @param {Import | undefined} at @param {string} text @returns {Fault} */
function faultAt(at, text) {
  const location = at?.location ?? { file: 'src', line: 1, column: 0, length: 0, lineText: '' };
  return { text: `${text}; see scripts/layers.mjs`, location };
}

const chain = (/** @type {readonly Import[]} */ circle) =>
  [...circle.map(({ from }) => from), circle[0]?.from].join(' → ');

/**
 * One circle for each import that closes one, found by following the imports depth first.
 * @param {readonly Import[]} imports
 * @returns {Import[][]}
 */
function circlesOf(imports) {
  /** @type {Map<string, Import[]>} */
  const bySource = new Map();
  for (const each of imports) bySource.set(each.from, [...(bySource.get(each.from) ?? []), each]);
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {Import[]} */
  const path = [];
  /** @type {Import[][]} */
  const circles = [];
  const visit = (/** @type {string} */ file) => {
    for (const each of bySource.get(file) ?? []) {
      const start = path.findIndex(({ from }) => from === each.target);
      if (start >= 0 || each.target === file) circles.push([...path.slice(start < 0 ? path.length : start), each]);
      else if (!done.has(each.target)) {
        path.push(each);
        visit(each.target);
        path.pop();
      }
    }
    done.add(file);
  };
  for (const file of bySource.keys()) if (!done.has(file)) visit(file);
  return circles;
}
