import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';

const key = 'drDre.window';

/**
 * The id of this window, the same after a reload: letters and digits. No two windows that are open have the same, as VS Code
 * opens a workspace in one window alone. `memory`: the state of its workspace.
 */
export function windowId(memory: Pick<vscode.Memento, 'get' | 'update'>): string {
  const known: unknown = memory.get(key);
  if (typeof known === 'string' && /^[a-z0-9]{1,60}$/.test(known)) return known;
  const id = randomBytes(8).toString('hex');
  void memory.update(key, id);
  return id;
}
