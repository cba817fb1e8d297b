// Bundles the extension: `node esbuild.mjs [--production] [--watch]`.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { layerFaults } from './scripts/checkLayers.mjs';
import { mergeChunks } from './scripts/mergeChunks.mjs';

/** Stops the bundle when an import points the wrong way. @param {string} root @returns {esbuild.Plugin} */
const layers = (root) => ({
  name: 'layers',
  setup(build) {
    build.onStart(() => ({ errors: layerFaults(root) }));
  },
});

/** Leaves zod's fifty translations of its messages out: nobody reads them here. @type {esbuild.Plugin} */
const englishZod = {
  name: 'english-zod',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.c?js$/ }, ({ path }) => ({
      contents: path.endsWith('.cjs')
        ? "exports.en = require('./en.cjs').default;"
        : "export { default as en } from './en.js';",
    }));
  },
};

const extension = 'src/extension.ts';
/** What runs outside of the extension host, in a process or a thread of its own, by its name in `dist/`. */
const apart = { dreRunner: 'src/dre/runner.ts', governanceWorker: 'src/sources/governance/worker.ts' };
/** For `mergeChunks`: the parts, which every start loads, and the table of the views, which imports their first rows. */
const startup = {
  entries: [extension],
  others: Object.values(apart),
  first: 'src/compose.ts',
  then: ['src/ui/viewTable.ts'],
};

/**
 * What goes into the bundle: the extension host's side in split chunks, and the page in one file, its styles
 * in another.
 * @param {{ root: string, production: boolean }} options
 * @returns {esbuild.BuildOptions[]}
 */
export function bundles({ root, production }) {
  /** @type {esbuild.BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    outdir: 'dist',
    format: 'esm',
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'external',
    metafile: true,
    logLevel: 'warning',
  };
  const host = {
    ...common,
    entryPoints: { extension, ...apart },
    platform: /** @type {const} */ ('node'),
    target: 'node20',
    external: ['vscode'],
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    // CommonJS dependencies call `require` for Node's own modules, which an ES module does not have.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    plugins: [layers(root), englishZod],
  };
  const browser = {
    ...common,
    entryPoints: { timeline: 'src/webview/timeline/main.tsx' },
    platform: /** @type {const} */ ('browser'),
    target: 'es2022',
    minify: true,
  };
  return [host, browser];
}

/** Prints what was made: what is loaded by its name, largest first, then the sum of the chunks. */
function printSizes(/** @type {esbuild.Metafile[]} */ metafiles) {
  const sizes = metafiles.flatMap(({ outputs }) =>
    Object.entries(outputs).map(([file, { bytes }]) => ({ file, bytes })),
  );
  const code = sizes.filter(({ file }) => /\.(js|css)$/.test(file)).sort((a, b) => b.bytes - a.bytes);
  const [chunks, entries] = [code.filter(isChunk), code.filter((output) => !isChunk(output))];
  for (const { file, bytes } of entries) console.log(`${kilobytes(bytes)}  ${file}`);
  const total = chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = chunks
    .slice(0, 3)
    .map(({ file, bytes }) => `${file.slice('dist/chunks/'.length)} ${kilobytes(bytes)}`);
  if (chunks.length > 0) console.log(`${kilobytes(total)}  ${chunks.length} chunks (${largest.join(', ')})`);
}

const isChunk = (/** @type {{ file: string }} */ { file }) => file.startsWith('dist/chunks/');
const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

/**
 * Bundles once. Throws when there are errors, which esbuild has printed.
 * @param {{ root: string, production?: boolean }} options
 */
export async function bundle({ root, production = false }) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const options = bundles({ root, production });
  const results = await Promise.all(options.map((each) => esbuild.build(each)));
  const metafiles = results.flatMap(({ metafile }) => (metafile === undefined ? [] : [metafile]));
  const [host] = metafiles;
  if (host !== undefined) await mergeChunks({ root, metafile: host, ...startup, options: options[0] ?? {} });
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, 'out', 'metafile.json'), JSON.stringify(metafiles));
  printSizes(metafiles);
}

if (process.argv[1] === import.meta.filename) {
  const root = import.meta.dirname;
  const production = process.argv.includes('--production');
  if (process.argv.includes('--watch')) {
    const contexts = await Promise.all(bundles({ root, production }).map((options) => esbuild.context(options)));
    await Promise.all(contexts.map((context) => context.watch()));
    console.log('Watching src/. Ctrl+C ends it.');
  } else {
    await bundle({ root, production }).catch((error) => {
      // The errors of the build itself are on the screen already.
      if (!Array.isArray(error?.errors)) throw error;
      process.exitCode = 1;
    });
  }
}
