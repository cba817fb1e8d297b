import { join } from 'node:path';
import * as vscode from 'vscode';
import { CompiledCode } from './platform/compiledCode.ts';
import { register } from './ui/registration.ts';

let leave: (() => Promise<void>) | undefined;

/** Registers views and commands, and resolves then; loads the rest after that. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  leave = await register(context, async (registered) => {
    const code = new CompiledCode({
      code: context.asAbsolutePath('dist/host'),
      kept: join(context.globalStorageUri.fsPath, 'code'),
      // As `startFiles` in esbuild.mjs calls them.
      names: ['start', 'services', 'views'],
      program: vscode.version,
    });
    code.load('start');
    const { compose } = await import('./compose.ts');
    return compose(context, { ...registered, code });
  });
}

/** Lets another window read at once. */
export async function deactivate(): Promise<void> {
  await leave?.();
}
