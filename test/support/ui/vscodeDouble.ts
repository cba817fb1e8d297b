import { register } from 'node:module';
import { letGo } from './vscode.ts';

/**
 * Makes `vscode` resolve to its stand-in (`vscode.ts`) in what is imported from now on. Call it before `src/ui/` of the
 * extension is imported, with `await import`. After each test a person does nothing again: all files share the stand-in.
 */
export function useVscodeDouble(): void {
  const double = new URL('./vscode.ts', import.meta.url).href;
  const hooks = `export const resolve = (specifier, context, next) =>
    next(specifier === 'vscode' ? ${JSON.stringify(double)} : specifier, context);`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  afterEach(letGo);
}
