import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { CompiledCode } from './platform/compiledCode.ts';

let leave: (() => Promise<void>) | undefined;

/** Loads the rest, and resolves once views and commands are registered. */
export async function activate(context: ExtensionContext): Promise<void> {
  const code = new CompiledCode({
    code: context.asAbsolutePath('dist/host'),
    kept: join(context.globalStorageUri.fsPath, 'code'),
    names: ['registration', 'start', 'services', 'views'],
  });
  code.load('registration');
  const { register } = await import('./ui/registration.ts');
  leave = await register(context, async (registered) => {
    code.load('start');
    const { compose } = await import('./compose.ts');
    return compose(context, { ...registered, code });
  });
}

/** Lets another window read at once. */
export async function deactivate(): Promise<void> {
  await leave?.();
}
