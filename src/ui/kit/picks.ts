import * as vscode from 'vscode';
import { harmless } from '../../domain/base/harmless.ts';
import { systemClock } from '../../engine/base/clock.ts';
import { askInChain, back, type StepOptions } from './chain.ts';

// Lists to choose from. All texts may come from outside; no icon is made of them.

/**
 * So many milliseconds a list stays open whatever gets the focus. A document that had it before the palette gets it back
 * from VS Code 50 ms after the palette closes, by way of the document's page: on a slow machine that is when the list is
 * there already, which would close before a person sees it.
 */
const stayOpenMs = 1_000;

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
  /** It stays open when another part of VS Code gets the focus, and not for its first moment alone. */
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

async function pick<E extends PickEntry>(
  entries: readonly E[] | Promise<readonly E[]>,
  options: ListOptions,
  { canGoBack, before }: StepOptions,
  several: boolean,
): Promise<readonly E[] | typeof back | undefined> {
  const picker = newPicker<E>(options);
  picker.canSelectMany = several;
  const { Back } = vscode.QuickInputButtons;
  if (canGoBack) picker.buttons = [Back];
  const fill = (all: readonly E[]): void => {
    const items = all.map(itemOf);
    picker.items = items;
    const chosen = itemsChosen(items, before);
    if (chosen.length > 0) picker.activeItems = chosen;
    if (several) picker.selectedItems = items.filter(({ picked = false }) => picked);
  };
  return answerOf(picker, options, (resolve, reject) => {
    picker.onDidTriggerButton((button) => {
      if (button === Back) resolve(back);
    });
    picker.onDidAccept(() => {
      // Enter where nothing matches what was typed.
      if (several || picker.selectedItems.length > 0) resolve(picker.selectedItems.map(({ entry }) => entry));
    });
    if (!(entries instanceof Promise)) {
      fill(entries);
      return;
    }
    picker.busy = true;
    entries.then((all) => {
      fill(all);
      picker.busy = false;
    }, reject);
  });
}

/** Shows a list until it is answered, or the person leaves. `ask` fills it and listens to it. */
async function answerOf<E extends PickEntry, T>(
  picker: vscode.QuickPick<PickItem<E>>,
  { ignoreFocusOut = false }: ListOptions,
  ask: (resolve: (answer: T) => void, reject: (cause: unknown) => void) => void,
): Promise<T | undefined> {
  picker.ignoreFocusOut = true;
  const settled = systemClock.after(stayOpenMs, () => {
    picker.ignoreFocusOut = ignoreFocusOut;
  });
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      picker.onDidHide(() => resolve(undefined));
      ask(resolve, reject);
      picker.show();
    });
  } finally {
    settled.dispose();
    picker.dispose();
  }
}

function newPicker<E extends PickEntry>(options: ListOptions): vscode.QuickPick<PickItem<E>> {
  const picker = vscode.window.createQuickPick<PickItem<E>>();
  const { title, placeHolder, matchOnDescription = false, matchOnDetail = false } = options;
  picker.title = title === undefined ? undefined : harmless(title);
  picker.placeholder = harmless(placeHolder);
  picker.matchOnDescription = matchOnDescription;
  picker.matchOnDetail = matchOnDetail;
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
    const chosen = itemsChosen(picker.items, before);
    if (chosen.length > 0) picker.activeItems = chosen;
    return answerOf<E, E>(picker, options, (resolve) => {
      picker.onDidChangeValue((text) => {
        picker.items = offer(text, true).map(itemOf);
      });
      picker.onDidAccept(() => {
        const [item] = picker.selectedItems;
        if (item !== undefined) resolve(item.entry);
      });
    });
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
