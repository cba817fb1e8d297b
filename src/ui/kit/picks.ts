import * as vscode from 'vscode';
import { harmless } from '../../domain/base/harmless.ts';
import { askInChain, back, type StepOptions } from './chain.ts';

// Lists to choose from. All texts may come from outside; no icon is made of them.

/** An entry of a list. */
export interface PickEntry {
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
export async function pickOne<E extends PickEntry>(
  entries: readonly E[] | Promise<readonly E[]>,
  options: ListOptions,
): Promise<E | undefined> {
  return askInChain(async (step) => {
    const picked = await pick(entries, options, step, false);
    return picked === back ? back : picked?.[0];
  });
}

/** Asks for any number of these entries; undefined when the person leaves. */
export async function pickSeveral<E extends PickEntry>(
  entries: readonly E[],
  options: ListOptions,
): Promise<readonly E[] | undefined> {
  return askInChain((step) => pick(entries, options, step, true));
}

/** VS Code's own list has no button that leads back: where there is a question before, the list is made by hand. */
async function pick<E extends PickEntry>(
  entries: readonly E[] | Promise<readonly E[]>,
  options: ListOptions,
  { canGoBack, before }: StepOptions,
  several: boolean,
): Promise<readonly E[] | typeof back | undefined> {
  const shown = Promise.resolve(entries).then((all) => all.map(itemOf));
  if (!canGoBack) {
    if (!several) {
      const item = await vscode.window.showQuickPick(shown, optionsOf(options));
      return item === undefined ? undefined : [item.entry];
    }
    const picked = await vscode.window.showQuickPick(shown, { ...optionsOf(options), canPickMany: true });
    return picked?.map(({ entry }) => entry);
  }
  const picker = newPicker<E>(options);
  picker.canSelectMany = several;
  const fill = async (): Promise<void> => {
    picker.busy = true;
    const items = await shown;
    picker.busy = false;
    picker.items = items;
    picker.activeItems = itemsChosen(items, before);
    if (several) picker.selectedItems = items.filter(({ picked = false }) => picked);
  };
  return accepted(picker, fill);
}

/** Shows a list until something in it is accepted, or the person leaves or goes back. */
async function accepted<E extends PickEntry>(
  picker: vscode.QuickPick<PickItem<E>>,
  fill: () => Promise<void>,
): Promise<readonly E[] | typeof back | undefined> {
  const { Back } = vscode.QuickInputButtons;
  picker.buttons = [Back];
  try {
    return await new Promise((resolve, reject) => {
      picker.onDidTriggerButton((button) => {
        if (button === Back) resolve(back);
      });
      picker.onDidAccept(() => resolve(picker.selectedItems.map(({ entry }) => entry)));
      picker.onDidHide(() => resolve(undefined));
      fill().then(() => picker.show(), reject);
    });
  } finally {
    picker.dispose();
  }
}

function newPicker<E extends PickEntry>(options: ListOptions): vscode.QuickPick<PickItem<E>> {
  const picker = vscode.window.createQuickPick<PickItem<E>>();
  const { title, placeHolder, matchOnDescription = false, matchOnDetail = false, ignoreFocusOut = false } = options;
  picker.title = title === undefined ? undefined : harmless(title);
  picker.placeholder = harmless(placeHolder);
  picker.matchOnDescription = matchOnDescription;
  picker.matchOnDetail = matchOnDetail;
  picker.ignoreFocusOut = ignoreFocusOut;
  return picker;
}

/** Those of the items that are what was chosen before. */
function itemsChosen<I extends vscode.QuickPickItem>(items: readonly I[], before: unknown): readonly I[] {
  if (typeof before !== 'object' || before === null || !('label' in before)) return [];
  const chosen = typeof before.label === 'string' ? harmless(before.label) : undefined;
  return items.filter(({ label }) => label === chosen);
}

/**
 * Asks for one of the entries that `offer` has for what is typed so far; it is called at every change of the text.
 * Undefined when the person leaves. In a chain it is the first question.
 */
export async function pickWhileTyping<E extends PickEntry>(
  options: ListOptions,
  offer: (text: string, isTyped: boolean) => readonly E[],
): Promise<E | undefined> {
  return askInChain(async ({ before }) => {
    const picker = newPicker<E>(options);
    picker.items = offer('', false).map(itemOf);
    picker.activeItems = itemsChosen(picker.items, before);
    try {
      return await new Promise<E | undefined>((resolve) => {
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
  });
}

interface PickItem<E extends PickEntry> extends vscode.QuickPickItem {
  readonly entry: E;
}

function itemOf<E extends PickEntry>(entry: E): PickItem<E> {
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
