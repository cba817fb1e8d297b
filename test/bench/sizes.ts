import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/vscode/workbench.ts';
import type { Figure } from './figures.ts';

/** Bytes of what a start loads, and of what a person downloads. The build for release must have run. */
export function sizes(): readonly Figure[] {
  const bytesOf = (file: string): number => statSync(join(root, 'dist', 'host', file)).size;
  const [entry, start, views] = [bytesOf('extension.cjs'), bytesOf('start.cjs'), bytesOf('views.cjs')];
  return [
    { name: 'entry and start chunk', value: (entry + start) / 1000, unit: 'kB', limit: 190 },
    { name: '  of these the entry, which registers', value: entry / 1000, unit: 'kB' },
    { name: 'views other than Alerts, read when one is visible', value: views / 1000, unit: 'kB' },
    { name: 'packed VSIX', value: vsixBytes() / 1000, unit: 'kB', limit: 900 },
  ];
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
