// Puts the chunks that every start loads into one file. Each file costs a start about half a millisecond, and the code
// that the lazy parts share with the start is split over dozens of them.

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as esbuild from 'esbuild';

/**
 * Merges, beneath `dist/chunks`, all that `first` (a source file) and what the sources of `then` import lazily need, into
 * `start.js`. What was a chunk hands on what the merged file exports, so that everything else finds each module once, and
 * where it was. What `entries` need by themselves stays as it is, and what `others`, which run outside of the extension
 * host, may ever load. Tells the new sizes in `metafile`.
 * @param {{ root: string, metafile: esbuild.Metafile, entries: readonly string[], others: readonly string[],
 *   first: string, then: readonly string[], options: esbuild.BuildOptions }} parts
 */
export async function mergeChunks({ root, metafile, entries, others, first, then, options }) {
  const { outputs, inputs } = metafile;
  /** The chunk that stands for a source file which is imported lazily. */
  const chunkOf = (/** @type {string} */ source) =>
    Object.keys(outputs).filter((file) => outputs[file]?.entryPoint === source);
  const lazy = then.flatMap((source) =>
    (inputs[source]?.imports ?? []).filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path),
  );
  const kept = closure(outputs, entries.flatMap(chunkOf));
  closure(outputs, others.flatMap(chunkOf), ['import-statement', 'dynamic-import'], kept);
  const merged = [...closure(outputs, [first, ...lazy].flatMap(chunkOf))].filter((file) => !kept.has(file));
  const exportsOf = (/** @type {string} */ file) => outputs[file]?.exports ?? [];
  const nameOf = (/** @type {string} */ file, /** @type {string} */ name) => `c${merged.indexOf(file)}_${name}`;

  const contents = merged
    .filter((file) => exportsOf(file).length > 0)
    .map((file) => {
      const names = exportsOf(file).map((name) => `${name} as ${nameOf(file, name)}`);
      return `export { ${names.join(', ')} } from './${basename(file)}';`;
    });
  const files = new Set(merged.map((file) => basename(file)));
  const banner = options.banner?.js ?? '';
  const { metafile: made } = await esbuild.build({
    ...options,
    entryPoints: undefined,
    splitting: false,
    outdir: join('dist', 'chunks'),
    entryNames: 'start',
    metafile: true,
    stdin: { contents: contents.join('\n'), resolveDir: join(root, 'dist', 'chunks'), sourcefile: 'merged.js' },
    plugins: [
      {
        name: 'merged-chunks',
        setup(build) {
          build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) =>
            kind !== 'dynamic-import' && files.has(basename(path)) ? undefined : { path, external: true },
          );
          // The banner is wanted once.
          build.onLoad({ filter: /[\\/]dist[\\/]chunks[\\/].*\.js$/ }, ({ path }) => ({
            contents: readFileSync(path, 'utf8').replace(banner, ''),
          }));
        },
      },
    ],
  });
  for (const file of merged) {
    const names = exportsOf(file).map((name) => `${nameOf(file, name)} as ${name}`);
    writeFileSync(join(root, file), `export { ${names.join(', ')} } from './start.js';\n`);
    outputs[file] = {
      ...outputs[file],
      exports: exportsOf(file),
      bytes: statSync(join(root, file)).size,
      inputs: {},
      imports: [{ path: 'dist/chunks/start.js', kind: 'import-statement' }],
    };
  }
  Object.assign(outputs, made.outputs);
}

/**
 * These outputs and all that they import in these ways, added to `found`.
 * @param {esbuild.Metafile['outputs']} outputs
 * @param {readonly string[]} files
 * @param {readonly string[]} kinds
 */
function closure(outputs, files, kinds = ['import-statement'], found = new Set(/** @type {string[]} */ ([]))) {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    const imports = (outputs[file]?.imports ?? []).filter(({ kind, external }) => kinds.includes(kind) && !external);
    closure(
      outputs,
      imports.map(({ path }) => path),
      kinds,
      found,
    );
  }
  return found;
}
