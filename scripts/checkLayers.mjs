// Finds every import of src/ that points the wrong way, type-only ones and those that nothing reaches included: the
// bundler alone would not see either.

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
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
    .sort()
    .flatMap((name) => faultsOf(root, join(root, 'src', name)));
}

/** @param {string} root @param {string} file @returns {Fault[]} */
function faultsOf(root, file) {
  const text = readFileSync(file, 'utf8');
  const from = relative(root, file);
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName, pos }) => {
    const target = fileName.startsWith('.') ? relative(root, resolve(dirname(file), fileName)) : fileName;
    const reason = forbidden(from, target);
    if (reason === undefined) return [];
    const before = text.slice(0, pos).split('\n');
    const column = before.at(-1)?.length ?? 0;
    const lineText = text.split('\n')[before.length - 1] ?? '';
    const location = { file: from, line: before.length, column, length: fileName.length + 2, lineText };
    return [{ text: `${reason} (${from} imports '${fileName}'; see scripts/layers.mjs)`, location }];
  });
}
