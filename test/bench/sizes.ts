import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/vscode/workbench.ts';
import type { Figure } from './figures.ts';

interface Output {
  readonly bytes: number;
  readonly entryPoint?: string;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

/** Bytes of what a start loads, and of what a person downloads. The build for release must have run. */
export function sizes(): readonly Figure[] {
  return [
    {
      name: 'entry bundle with all that it imports',
      value: loadedBytes('src/extension.ts') / 1000,
      unit: 'kB',
      limit: 60,
    },
    {
      name: '  what is loaded right after it, for the first rows',
      value: loadedBytes('src/compose.ts') / 1000,
      unit: 'kB',
      note: 'the rows of all views included',
    },
    { name: 'packed VSIX', value: vsixBytes() / 1000, unit: 'kB', limit: 400 },
  ];
}

/** A file and the chunks that it imports before it runs: what a lazy `import()` brings does not count. */
function loadedBytes(entryPoint: string): number {
  const metafiles: readonly { readonly outputs: Readonly<Record<string, Output>> }[] = JSON.parse(
    readFileSync(join(root, 'out', 'metafile.json'), 'utf8'),
  );
  const outputs = new Map(metafiles.flatMap((metafile) => Object.entries(metafile.outputs)));
  const first = [...outputs].find(([, output]) => output.entryPoint === entryPoint)?.[0];
  if (first === undefined) throw new Error(`${entryPoint} was not built`);
  const seen = new Set([first]);
  let bytes = 0;
  for (const file of seen) {
    const output = outputs.get(file);
    if (output === undefined) throw new Error(`${file} was not built`);
    bytes += output.bytes;
    for (const { path, kind, external } of output.imports) {
      if (kind !== 'dynamic-import' && external !== true) seen.add(path);
    }
  }
  return bytes;
}

function vsixBytes(): number {
  const folder = mkdtempSync(join(tmpdir(), 'dr-dre-vsix-'));
  try {
    const file = join(folder, 'dr-dre.vsix');
    const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
    execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--out', file], { cwd: root, stdio: 'pipe' });
    return statSync(file).size;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
