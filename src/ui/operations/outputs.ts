import * as vscode from 'vscode';
import { runTitle, type Run } from '../../domain/operations/run.ts';
import { plainText } from '../../dre/plainText.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { inform } from '../kit/messages.ts';

const scheme = 'dr-dre-output';

/** Shows the standard output of runs as read-only documents, exactly as it was: JSON as JSON, all else as text. */
export class RunOutputs implements Disposable {
  readonly #output: (id: string) => Promise<string | undefined>;
  readonly #provider: Disposable;

  constructor(output: (id: string) => Promise<string | undefined>) {
    this.#output = output;
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: async ({ query }) => plainText((await output(query)) ?? ''),
    });
  }

  async open(run: Run): Promise<void> {
    const text = (await this.#output(run.id)) ?? '';
    if (text.trim() === '') {
      inform(`${runTitle(run)}: there is nothing on its standard output.`);
      return;
    }
    const name = `${runTitle(run).replaceAll(/[^A-Za-z0-9 ()-]/g, ' ')}.${isJson(text) ? 'json' : 'txt'}`;
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: run.id });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#provider.dispose();
  }
}

/** Whether the output of a command that reads is JSON. Numbers in it may be larger than can be read here exactly. */
export function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
