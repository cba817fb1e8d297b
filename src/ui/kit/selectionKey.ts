import * as vscode from 'vscode';
import type { Disposable } from '../../engine/base/clock.ts';
import { contextKey } from './contextKey.ts';
import type { Views } from './views.ts';

/**
 * Sets what the selected rows of all visible views offer, for the palette: the context key
 * `drDre.selected` has their tokens as a row's menu has them, and is matched in the same way,
 * `drDre.selected =~ /;linked;/`.
 */
export function keepSelectionKey(
  views: Pick<Views, 'ids' | 'selection' | 'onDidChangeSelection' | 'onDidChangeVisibility'>,
): Disposable {
  const setSelected = contextKey<string>('drDre.selected');
  const update = (): void => {
    const tokens = new Set(views.ids.flatMap((id) => views.selection(id).flatMap((row) => row.tokens)));
    setSelected(tokens.size === 0 ? '' : `;${[...tokens].sort().join(';')};`);
  };
  update();
  return vscode.Disposable.from(views.onDidChangeSelection(update), views.onDidChangeVisibility(update));
}
