import type * as vscode from 'vscode';
import type { Commands } from './commands.ts';
import type { Documents, DocumentSources } from './documents.ts';
import type { RowTree } from './rowTree.ts';
import type { Timeline } from '../releases/timeline.ts';

/** What VS Code gives an extension. */
export type HostContext = vscode.ExtensionContext;

/** What the first rows do not need waits for so long before it is loaded, so that they come first. Milliseconds. */
export const afterFirstRowsMs = 500;

/** What has to be there before anybody can look or click; the parts behind it are loaded right after. */
export interface Shell {
  /** The tree views of the manifest, by id; empty until something is painted. */
  readonly trees: ReadonlyMap<string, RowTree>;
  readonly documents: Documents;
  /** Epoch milliseconds. */
  readonly activatedAt: number;
}

/** The parts that are loaded right after, as far as the shell hands on to them. */
export interface Parts {
  readonly commands: Commands;
  readonly timeline: Timeline;
  readonly documentSources: () => Promise<DocumentSources>;
  /** Opens an address of ours, from anywhere. */
  readonly openAddress: (uri: vscode.Uri) => Promise<void>;
  /** What is left to do when the window closes; VS Code waits for it for a moment. */
  readonly leave: () => Promise<void>;
}
