import * as vscode from 'vscode';
import { systemClock } from '../engine/base/clock.ts';
import { lazily } from '../engine/base/lazy.ts';
import { nextTurn } from '../engine/base/slices.ts';
import { Documents } from './kit/documents.ts';
import { DraftFiles } from './kit/draftFiles.ts';
import { showMessage } from './kit/messages.ts';
import { RegisteredTree } from './kit/registeredTree.ts';
import type { LoadedParts, RegisteredParts } from './kit/startParts.ts';

/** So many characters of a reason are shown. */
const longestReason = 500;

/**
 * Registers the views, then what VS Code needs to restore the editors of the last session, and the commands; and lets
 * `compose` load the rest. Resolves once the commands are there, as VS Code waits with the one that it wants to run, with
 * what is left to do when the window closes.
 */
export async function register(
  context: vscode.ExtensionContext,
  compose: (registered: RegisteredParts) => Promise<LoadedParts>,
): Promise<() => Promise<void>> {
  const activatedAt = systemClock.now();
  const trees = new Map(viewIds(context).map((id) => [id, new RegisteredTree(id)]));
  context.subscriptions.push(...trees.values());
  // In a turn of its own, as other extensions wait for this one: there are more than a hundred commands.
  await nextTurn();
  const documents: Documents = new Documents(async () => (await parts()).documentSources(), systemClock);
  const drafts = new DraftFiles(
    async () => (await parts()).drafts(),
    () => systemClock.now(),
  );
  const parts = lazily(() => compose({ trees, documents, activatedAt }));
  context.subscriptions.push(
    documents,
    drafts,
    vscode.window.registerWebviewPanelSerializer('drDre.timeline', {
      deserializeWebviewPanel: async (panel) => (await parts()).timeline.adopt(panel),
    }),
    vscode.window.registerWebviewPanelSerializer('drDre.operations', {
      deserializeWebviewPanel: async (panel) => (await parts()).operationsPage.adopt(panel),
    }),
    vscode.window.registerUriHandler({ handleUri: async (uri) => (await parts()).openAddress(uri) }),
    ...commandIds(context).map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => (await parts()).commands.run(id, args)),
    ),
  );
  const started = nextTurn().then(parts);
  started.catch((cause: unknown) => {
    const reason = (cause instanceof Error ? cause.message : String(cause)).slice(0, longestReason);
    void showMessage('error', `Dr. DRE could not start: ${reason}. Reload the window to try again.`);
  });
  return async () => (await started).leave();
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

/** The manifest is ours and was tested: it is what VS Code itself reads. */
function manifestOf(context: vscode.ExtensionContext): Manifest {
  return context.extension.packageJSON as Manifest;
}

function commandIds(context: vscode.ExtensionContext): readonly string[] {
  return manifestOf(context).contributes.commands.map(({ command }) => command);
}

function viewIds(context: vscode.ExtensionContext): readonly string[] {
  return Object.values(manifestOf(context).contributes.views).flatMap((views) => views.map(({ id }) => id));
}
