import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The full path of a program: that of an absolute path, or of the first folder of `path` (as the environment's PATH has
 * it) that holds the name. Undefined where there is none. Folders that are not absolute are passed over: what they mean
 * depends on where a program is started.
 */
export function findProgram(name: string, path: string, isExecutable: (file: string) => boolean): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  if (/[\\/]/.test(name)) return undefined;
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}
