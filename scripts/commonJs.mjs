// Writes the extension host's side as CommonJS, which VS Code loads without waiting for whatever else starts. esbuild
// splits code into ES modules only, so it runs twice: what it has split is bundled once more, into few files for the start.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as esbuild from 'esbuild';

/**
 * Writes the ES modules that esbuild made in the folder `from` as CommonJS into `options.outdir`. Each bundle becomes one
 * file, as a file costs a start about half a millisecond: it holds the chunks of its source files and all that they import,
 * without those of a bundle before it. Every other chunk stays a file of its own. No chunk is in two files, so that no
 * module ever has two states.
 * @param {{
 *   from: string,
 *   outputs: esbuild.Metafile['outputs'],
 *   bundles: Readonly<Record<string, readonly string[]>>,
 *   options: esbuild.BuildOptions & { outdir: string },
 * }} parts `outputs`: those in `from`. `bundles`: names of files with their source files, of which the first is the one
 *   that has the exports of the file.
 * @returns {Promise<esbuild.Metafile>}
 */
export async function writeCommonJs({ from, outputs, bundles, options }) {
  const folder = options.outdir;
  const chunks = new Map(
    Object.entries(outputs)
      .filter(([file]) => file.endsWith('.js'))
      .map(([file, output], index) => [basename(file), { ...output, index }]),
  );
  const bundleOf = bundledChunks(outputs, bundles);
  const fileOf = (/** @type {string} */ chunk) => bundleOf.get(chunk) ?? basename(chunk, '.js');
  /** The exports of a chunk that is part of a bundle, as they are called there. */
  const exportsIn = (/** @type {string} */ chunk, /** @type {(own: string, outer: string) => string} */ write) => {
    const { exports = [], index = 0 } = chunks.get(chunk) ?? {};
    return exports.map((name) => write(name, `c${index}_${name}`)).join(', ');
  };
  const isWantedElsewhere = (/** @type {string} */ chunk) =>
    [...chunks].some(
      ([other, { imports }]) => fileOf(other) !== fileOf(chunk) && imports.some(({ path }) => basename(path) === chunk),
    );
  const contentsOf = (/** @type {string} */ bundle) =>
    [...bundleOf]
      .filter(([, its]) => its === bundle)
      .flatMap(([chunk]) => [
        ...(chunks.get(chunk)?.entryPoint === bundles[bundle]?.[0] ? [`export * from './${chunk}';`] : []),
        ...(isWantedElsewhere(chunk)
          ? [`export { ${exportsIn(chunk, (own, outer) => `${own} as ${outer}`)} } from './${chunk}';`]
          : []),
      ])
      .join('\n');

  const { metafile, outputFiles } = await esbuild.build({
    ...options,
    write: false,
    format: 'cjs',
    splitting: false,
    // An import() of Node's loader waits for a thread that all extensions share; require does not.
    supported: { 'dynamic-import': false },
    entryPoints: [
      ...Object.keys(bundles).map((name) => ({ in: `bundle:${name}`, out: name })),
      ...[...chunks.keys()].filter((chunk) => !bundleOf.has(chunk)).map((chunk) => join(from, chunk)),
    ],
    outExtension: { '.js': '.cjs' },
    metafile: true,
    plugins: [
      {
        name: 'common-js',
        setup(build) {
          build.onResolve({ filter: /^bundle:/ }, ({ path }) => ({ path: path.slice(7), namespace: 'bundle' }));
          build.onLoad({ filter: /./, namespace: 'bundle' }, ({ path }) => ({
            contents: contentsOf(path),
            resolveDir: from,
          }));
          build.onResolve({ filter: /^\.\/.*\.js$/ }, ({ path, importer, namespace }) => {
            const chunk = basename(path);
            if (namespace === 'bundle' || fileOf(basename(importer)) === fileOf(chunk)) return undefined;
            if (bundleOf.has(chunk)) return { path: chunk, namespace: 'elsewhere' };
            return { path: `./${fileOf(chunk)}.cjs`, external: true };
          });
          // Each file asks for the API of VS Code once: VS Code looks up on the disk each time who asks.
          build.onResolve({ filter: /^vscode:api$/ }, () => ({ path: 'vscode', namespace: 'api' }));
          build.onLoad({ filter: /./, namespace: 'api' }, () => ({ contents: 'module.exports = require("vscode");' }));
          // For each chunk that imports all of it esbuild would copy that API, which has many hundred names.
          build.onLoad({ filter: /\.js$/, namespace: 'file' }, async ({ path }) => ({
            contents: (await readFile(path, 'utf8')).replace(
              /\bimport\s*\*\s*as ([\w$]+) from\s*"vscode";/g,
              'const $1 = require("vscode:api");',
            ),
          }));
          // What another bundle holds goes by its own names again.
          build.onLoad({ filter: /./, namespace: 'elsewhere' }, ({ path }) => ({
            contents: `export { ${exportsIn(path, (own, outer) => `${outer} as ${own}`)} } from './${fileOf(path)}.cjs';`,
          }));
          build.onResolve({ filter: /\.cjs$/, namespace: 'elsewhere' }, ({ path }) => ({ path, external: true }));
        },
      },
    ],
  });
  await mkdir(folder, { recursive: true });
  for (const { path, text } of outputFiles) await writeFile(path, path.endsWith('.cjs') ? withOwnExports(text) : text);
  // With each file Node looks for the nearest package.json, and reads the one of the extension otherwise, which is large.
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  return metafile;
}

/**
 * Code that exports the object with its exports itself: esbuild exports a copy, in which each of some hundred names is read
 * through a second function. The list of names that Node's loader of ES modules would read is left out: none imports it.
 * @param {string} code
 */
function withOwnExports(code) {
  return code
    .replace(
      /\bmodule\.exports ?= ?[\w$]+\(([\w$]+)\);/,
      (_, exports) => `module.exports=Object.defineProperty(${exports},"__esModule",{value:true});`,
    )
    .replace(/\b0 ?&& ?\(module\.exports ?= ?\{[^{}]*\}\);/, '');
}

/**
 * The chunks that are part of a bundle, with its name.
 * @param {esbuild.Metafile['outputs']} outputs
 * @param {Readonly<Record<string, readonly string[]>>} bundles
 */
function bundledChunks(outputs, bundles) {
  /** @type {Map<string, string>} */
  const found = new Map();
  const add = (/** @type {string} */ file, /** @type {string} */ bundle) => {
    if (found.has(basename(file))) return;
    found.set(basename(file), bundle);
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) add(path, bundle);
    }
  };
  for (const [bundle, sources] of Object.entries(bundles)) {
    for (const [file, { entryPoint = '' }] of Object.entries(outputs))
      if (sources.includes(entryPoint)) add(file, bundle);
  }
  return found;
}
