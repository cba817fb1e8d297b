import * as vscode from 'vscode';
import { harmless } from '../../domain/base/harmless.ts';

// Lists to choose from. All texts may come from outside; no icon is made of them.

/** An entry of a list. */
export interface Entry {
  readonly label: string;
  /** Dim text behind the label. */
  readonly description?: string | undefined;
  /** A second line. */
  readonly detail?: string | undefined;
  /** Id of a codicon before the label. */
  readonly icon?: string;
  /** Ticked from the start, where several can be chosen. */
  readonly picked?: boolean;
  /** Shown whatever is typed. */
  readonly alwaysShow?: boolean;
  /** A heading over the entries that follow: it cannot be chosen. */
  readonly isHeading?: boolean;
}

/** The texts around a list, and how it is searched. */
export interface ListOptions {
  readonly title?: string;
  readonly placeHolder: string;
  readonly matchOnDescription?: boolean;
  readonly matchOnDetail?: boolean;
  /** It stays open when another part of VS Code gets the focus. */
  readonly ignoreFocusOut?: boolean;
}

/** Asks for one of these entries; undefined when the person leaves. */
export async function pickOne<E extends Entry>(
  entries: readonly E[] | Promise<readonly E[]>,
  options: ListOptions,
): Promise<E | undefined> {
  const shown = Promise.resolve(entries).then((all) => all.map(itemOf));
  return (await vscode.window.showQuickPick(shown, optionsOf(options)))?.entry;
}

/** Asks for any number of these entries; undefined when the person leaves. */
export async function pickSeveral<E extends Entry>(
  entries: readonly E[],
  options: ListOptions,
): Promise<readonly E[] | undefined> {
  const picked = await vscode.window.showQuickPick(entries.map(itemOf), { ...optionsOf(options), canPickMany: true });
  return picked?.map(({ entry }) => entry);
}

/**
 * Asks for one of the entries that `offer` has for what is typed so far; it is called at every change of the text.
 * Undefined when the person leaves.
 */
export async function pickWhileTyping<E extends Entry>(
  options: ListOptions,
  offer: (text: string, isTyped: boolean) => readonly E[],
): Promise<E | undefined> {
  const picker = vscode.window.createQuickPick<Item<E>>();
  const { title, placeHolder, matchOnDescription = false, matchOnDetail = false, ignoreFocusOut = false } = options;
  picker.title = title === undefined ? undefined : harmless(title);
  picker.placeholder = harmless(placeHolder);
  picker.matchOnDescription = matchOnDescription;
  picker.matchOnDetail = matchOnDetail;
  picker.ignoreFocusOut = ignoreFocusOut;
  picker.items = offer('', false).map(itemOf);
  try {
    return await new Promise((resolve) => {
      picker.onDidChangeValue((text) => {
        picker.items = offer(text, true).map(itemOf);
      });
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.entry));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

interface Item<E extends Entry> extends vscode.QuickPickItem {
  readonly entry: E;
}

function itemOf<E extends Entry>(entry: E): Item<E> {
  const { label, description, detail, icon, picked, alwaysShow, isHeading = false } = entry;
  const item: vscode.QuickPickItem & { entry: E } = { label: harmless(label), entry };
  if (description !== undefined) item.description = harmless(description);
  if (detail !== undefined) item.detail = harmless(detail);
  if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon);
  if (picked !== undefined) item.picked = picked;
  if (alwaysShow !== undefined) item.alwaysShow = alwaysShow;
  if (isHeading) item.kind = vscode.QuickPickItemKind.Separator;
  return item;
}

function optionsOf({ title, placeHolder, ...rest }: ListOptions): vscode.QuickPickOptions {
  const options: vscode.QuickPickOptions = { ...rest, placeHolder: harmless(placeHolder) };
  if (title !== undefined) options.title = harmless(title);
  return options;
}
