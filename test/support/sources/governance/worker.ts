import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export interface BuiltWorker {
  readonly file: string;
  readonly remove: () => void;
}

/** The thread that queries the governance canister, as one file: threads cannot load TypeScript. */
export function buildGovernanceWorker(): BuiltWorker {
  const folder = mkdtempSync(join(tmpdir(), 'dr-dre-worker-'));
  const file = join(folder, 'governanceWorker.mjs');
  const entry = join(import.meta.dirname, '../../../../src/sources/governance/worker.ts');
  buildSync({ entryPoints: [entry], outfile: file, bundle: true, platform: 'node', format: 'esm' });
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}
