// Bundles the extension: `node esbuild.mjs [--production] [--watch]`.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { layerFaults } from './scripts/checkLayers.mjs';
import { writeCommonJs } from './scripts/commonJs.mjs';
import { collectInputs, writeLicences } from './scripts/licences.mjs';

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

/** Where the code of the extension host is split, before it is written as CommonJS into `dist/host`. */
const split = 'out/split';

/** The source files of a start, by the file that holds them: `extension` is what VS Code loads. */
const startFiles = (/** @type {esbuild.Metafile} */ { inputs }) => {
  const ofViews = (inputs['src/ui/viewTable.ts']?.imports ?? [])
    .filter(({ kind }) => kind === 'dynamic-import')
    .map(({ path }) => path);
  // Alerts have a badge, so their view is painted in every window; the others are once one of them can be seen. Filters are
  // needed only where one is set.
  const always = ofViews.filter((path) => /^src\/views\/(alerts\/view|kit\/)/.test(path));
  return {
    extension: ['src/extension.ts'],
    start: ['src/compose.ts', ...always],
    services: ['src/compose/services.ts'],
    views: ofViews,
  };
};

/** Writes what was split into a folder as CommonJS. @param {string} from @param {esbuild.BuildOptions & { outdir: string }} options @returns {esbuild.Plugin} */
const commonJs = (from, options) => ({
  name: 'write-common-js',
  setup(build) {
    build.onEnd(async (result) => {
      const { metafile } = result;
      if (metafile === undefined) return;
      const bundles = startFiles(metafile);
      result.metafile = await writeCommonJs({ from, outputs: metafile.outputs, bundles, options });
    });
  },
});

/**
 * What goes into the bundle: the extension host's side, what runs in a process or a thread of its own, and the page.
 * @param {{ root: string, production: boolean, folder?: string }} options `folder`: where `dist` and `out` are written;
 *   `root` when absent
 * @returns {esbuild.BuildOptions[]}
 */
export function bundles({ root, production, folder = root }) {
  /** @type {esbuild.BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    outdir: join(folder, 'dist'),
    format: 'esm',
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'external',
    metafile: true,
    logLevel: 'warning',
  };
  const node = {
    ...common,
    platform: /** @type {const} */ ('node'),
    target: 'node20',
    external: ['vscode'],
  };
  const host = {
    ...node,
    entryPoints: ['src/extension.ts'],
    outdir: join(folder, split),
    splitting: true,
    legalComments: /** @type {const} */ ('inline'),
    plugins: [
      layers(root),
      englishZod,
      commonJs(join(folder, split), { ...node, outdir: join(folder, 'dist', 'host') }),
    ],
  };
  const apart = {
    ...node,
    entryPoints: { dreRunner: 'src/dre/runner.ts', governanceWorker: 'src/sources/governance/worker.ts' },
    // CommonJS dependencies call `require` for Node's own modules, which an ES module does not have.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    plugins: [englishZod],
  };
  const browser = {
    ...common,
    entryPoints: { timeline: 'src/webview/timeline/main.tsx', operations: 'src/webview/operations/main.tsx' },
    platform: /** @type {const} */ ('browser'),
    target: 'es2022',
    minify: true,
  };
  return [host, apart, browser];
}

/** Prints what was made: what is loaded by its name, largest first, then the sum of the chunks. */
function printSizes(/** @type {esbuild.Metafile[]} */ metafiles) {
  const sizes = metafiles.flatMap(({ outputs }) =>
    Object.entries(outputs).map(([file, { bytes }]) => ({ file, bytes })),
  );
  const code = sizes.filter(({ file }) => /\.(c?js|css)$/.test(file)).sort((a, b) => b.bytes - a.bytes);
  const [chunks, entries] = [code.filter(isChunk), code.filter((output) => !isChunk(output))];
  for (const { file, bytes } of entries) console.log(`${kilobytes(bytes)}  ${file}`);
  const total = chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = chunks.slice(0, 3).map(({ file, bytes }) => `${file.slice('dist/host/'.length)} ${kilobytes(bytes)}`);
  if (chunks.length > 0) console.log(`${kilobytes(total)}  ${chunks.length} chunks (${largest.join(', ')})`);
}

/** What is loaded later, by an import(). */
const isChunk = (/** @type {{ file: string }} */ { file }) =>
  /^dist\/host\/(?!(extension|start|services|views)\.)/.test(file);
const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

/**
 * Bundles once. Throws when there are errors, which esbuild has printed.
 * @param {{ root: string, production?: boolean }} options
 */
export async function bundle({ root, production = false }) {
  for (const folder of ['dist', split]) rmSync(join(root, folder), { recursive: true, force: true });
  const options = bundles({ root, production });
  const inputs = new Set(/** @type {string[]} */ ([]));
  const results = await Promise.all(
    options.map((each) => esbuild.build({ ...each, plugins: [collectInputs(inputs), ...(each.plugins ?? [])] })),
  );
  const metafiles = results.flatMap(({ metafile }) => (metafile === undefined ? [] : [metafile]));
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, 'out', 'metafile.json'), JSON.stringify(metafiles));
  writeLicences({ root, inputs });
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
