import type * as vscode from 'vscode';
import type { CompiledCode } from '../../platform/compiledCode.ts';
import type { Commands } from './commands.ts';
import type { Documents, DocumentSources } from './documents.ts';
import type { DraftSource } from './draftFiles.ts';
import type { RegisteredTree } from './registeredTree.ts';

/** What VS Code gives an extension. */
export type HostContext = vscode.ExtensionContext;

/** What the first rows do not need is loaded this long after them. Milliseconds. */
export const afterFirstRowsMs = 500;

/** What V8 has compiled is kept for the next start after this time, when a start is over. Milliseconds. */
export const keepCodeAfterMs = 10_000;

/** What is registered at activation; everything else is loaded right after it. */
export interface RegisteredParts {
  /** The tree views of the manifest, by id. */
  readonly trees: ReadonlyMap<string, RegisteredTree>;
  /** Epoch milliseconds. */
  readonly activatedAt: number;
  readonly documents: Documents;
}

/** What the code that is loaded right after activation is given. */
export interface StartParts extends RegisteredParts {
  /** The code of the start, of which what V8 compiles is kept for the next one. */
  readonly code: CompiledCode;
}

/** What the registered parts call in the code that is loaded after them. */
export interface LoadedParts {
  readonly commands: Pick<Commands, 'run'>;
  readonly timeline: { readonly adopt: (panel: vscode.WebviewPanel) => Promise<void> };
  readonly operationsPage: { readonly adopt: (panel: vscode.WebviewPanel) => Promise<void> };
  readonly documentSources: () => Promise<DocumentSources>;
  /** What is written in editor tabs. */
  readonly drafts: () => Promise<DraftSource>;
  /** Opens `vscode://dfinity.dr-dre/<kind>/<id>`. */
  readonly openAddress: (uri: vscode.Uri) => Promise<void>;
  /** What is left to do when the window closes; VS Code waits for it for a moment. */
  readonly leave: () => Promise<void>;
}
