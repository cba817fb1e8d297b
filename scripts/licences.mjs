// The licences of what is bundled, which ship with it: one file, made by the build from what the bundle holds.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where they are, beneath the root. */
export const licencesFile = join('dist', 'THIRD_PARTY_LICENSES.txt');

/**
 * The packages that a bundle has code of, in the order of their names. Throws for one whose licence text is not found:
 * it must not be shipped without.
 * @param {string} root
 * @param {Iterable<string>} inputs paths of source files, as esbuild's metafile has them
 */
export function bundledPackages(root, inputs) {
  const folders = new Set([...inputs].flatMap((input) => folderOf(input) ?? []));
  return [...folders]
    .map((folder) => packageIn(root, join(root, folder)))
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

/**
 * Adds the source files of a build to `found`. It comes first of the plugins, as others may put another metafile in the
 * place of esbuild's own.
 * @param {Set<string>} found
 * @returns {import('esbuild').Plugin}
 */
export const collectInputs = (found) => ({
  name: 'collect-inputs',
  setup(build) {
    build.onEnd(({ metafile }) => Object.keys(metafile?.inputs ?? {}).forEach((input) => found.add(input)));
  },
});

/**
 * Writes the licences of all that the bundle holds.
 * @param {{ root: string, inputs: Iterable<string> }} parts
 */
export function writeLicences({ root, inputs }) {
  const parts = bundledPackages(root, inputs).map(
    ({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text.trim()}\n`,
  );
  const head = 'Dr. DRE holds code of these packages. Their licences:\n';
  writeFileSync(join(root, licencesFile), [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`));
}

/** The folder of the package that a file belongs to; undefined for our own. */
function folderOf(/** @type {string} */ input) {
  return /^(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(input)?.[1];
}

/** A package that names the licence that is ours too, and leaves its text out, is given that text. */
const ownLicence = 'Apache-2.0';

function packageIn(/** @type {string} */ root, /** @type {string} */ folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)([.-]|$)/i.test(each));
  if (file === undefined && license !== ownLicence) {
    throw new Error(`${name} is bundled, and its licence (${license}) has no text in its package`);
  }
  const text = readFileSync(file === undefined ? join(root, 'LICENSE') : join(folder, file), 'utf8');
  return { name: String(name), version: String(version), licence: String(license), text };
}
