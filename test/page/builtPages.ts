import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The files of the pages by their names, built with the options of the shipped bundle. */
export async function builtPages(): Promise<ReadonlyMap<string, string>> {
  const { bundles } = await import(new URL('../../esbuild.mjs', import.meta.url).href);
  const options: esbuild.BuildOptions = bundles({ root, production: true }).at(-1);
  const { outputFiles } = await esbuild.build({ ...options, write: false, metafile: false });
  return new Map(outputFiles.map((file) => [file.path.replace(/^.*[\\/]/, ''), file.text]));
}
