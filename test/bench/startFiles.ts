import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// What the bench of a start reads from disk.

/** An extension to compare with. */
export interface OtherExtension {
  readonly folder: string;
  readonly name: string;
}

/** The extension that is unpacked in a folder. */
export function extensionIn(folder: string): OtherExtension {
  const { displayName } = textsIn(folder, 'package.json');
  if (displayName === undefined) throw new Error(`${folder} is not the folder of an extension`);
  const [, key] = /^%(.+)%$/.exec(displayName) ?? [];
  const name = key === undefined ? displayName : textsIn(folder, 'package.nls.json')[key];
  if (name === undefined) throw new Error(`${folder} does not say what the extension is called`);
  return { folder, name };
}

/** The texts at the top of a JSON file, by their keys. */
function textsIn(folder: string, file: string): Readonly<Partial<Record<string, string>>> {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Partial<Record<string, string>>;
}

/** After how many milliseconds the first rows came in the newest start of a profile, by our log; undefined while it does not say. */
export function firstRowsIn(userDataDir: string): number | undefined {
  const folder = join(userDataDir, 'logs');
  // Each start has a folder of its own, named by its time.
  const newest = readdirSync(folder).sort().at(-1) ?? '';
  const [file] = readdirSync(join(folder, newest), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('Dr. DRE.log'),
  );
  const text = file === undefined ? '' : readFileSync(join(folder, newest, file), 'utf8');
  const found = /\[views\] first rows after (\d+) ms/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
