import type * as vscode from 'vscode';
import { EventEmitter } from './vscodeTypes.ts';

/** What a person sees of lists and fields, and does with them. */
export interface PersonAtQuickInput {
  readonly draw: (place: 'list' | 'field', ...texts: readonly unknown[]) => void;
  readonly drawItems: (items: readonly vscode.QuickPickItem[]) => void;
  readonly usePicker: (picker: Picker) => void;
  readonly answer: (box: Box) => string | undefined;
}

/** A picker that is filled while a person types. */
export class Picker {
  readonly #person: PersonAtQuickInput;
  #items: readonly vscode.QuickPickItem[] = [];
  title: string | undefined;
  placeholder: string | undefined;
  selectedItems: readonly vscode.QuickPickItem[] = [];
  activeItems: readonly vscode.QuickPickItem[] = [];
  buttons: readonly vscode.QuickInputButton[] = [];
  canSelectMany = false;
  ignoreFocusOut = false;
  #isBusy = false;
  #isShown = false;
  value = '';
  readonly #value = new EventEmitter<string>();
  readonly #accept = new EventEmitter<void>();
  readonly #hide = new EventEmitter<void>();
  readonly #trigger = new EventEmitter<vscode.QuickInputButton>();
  readonly onDidChangeValue = this.#value.event;
  readonly onDidAccept = this.#accept.event;
  readonly onDidHide = this.#hide.event;
  readonly onDidTriggerButton = this.#trigger.event;

  constructor(person: PersonAtQuickInput) {
    this.#person = person;
  }

  get items(): readonly vscode.QuickPickItem[] {
    return this.#items;
  }

  set items(items: readonly vscode.QuickPickItem[]) {
    this.#items = items;
    this.#person.drawItems(items);
  }

  /** A person waits until it is not busy any more. */
  set busy(isBusy: boolean) {
    this.#isBusy = isBusy;
    this.#use();
  }

  show(): void {
    this.#person.draw('list', this.title, this.placeholder);
    this.#isShown = true;
    this.#use();
  }

  type(text: string): void {
    this.value = text;
    this.#value.fire(text);
  }

  accept(...items: readonly (vscode.QuickPickItem | undefined)[]): void {
    this.selectedItems = items.filter((item) => item !== undefined);
    this.#accept.fire();
  }

  /** Presses the button with this tooltip. */
  press(tooltip: string): void {
    const button = this.buttons.find((each) => each.tooltip === tooltip);
    if (button !== undefined) this.#trigger.fire(button);
  }

  dispose(): void {
    this.#hide.fire();
  }

  #use(): void {
    if (this.#isShown && !this.#isBusy) this.#person.usePicker(this);
  }
}

/** A field to type into. A test that sets nothing accepts it as it is. */
export class Box {
  readonly #person: PersonAtQuickInput;
  value = '';
  title: string | undefined;
  prompt: string | undefined;
  placeholder: string | undefined;
  validationMessage: vscode.InputBoxValidationMessage | undefined;
  password = false;
  buttons: readonly vscode.QuickInputButton[] = [];
  readonly #value = new EventEmitter<string>();
  readonly #accept = new EventEmitter<void>();
  readonly #hide = new EventEmitter<void>();
  readonly #trigger = new EventEmitter<vscode.QuickInputButton>();
  readonly onDidTriggerButton = this.#trigger.event;
  readonly onDidChangeValue = this.#value.event;
  readonly onDidAccept = this.#accept.event;
  readonly onDidHide = this.#hide.event;

  constructor(person: PersonAtQuickInput) {
    this.#person = person;
  }

  show(): void {
    const typed = this.#person.answer(this);
    if (typed !== undefined) {
      this.value = typed;
      this.#value.fire(typed);
    }
    this.#accept.fire();
    this.#person.draw('field', this.title, this.prompt, this.placeholder, this.validationMessage?.message);
    // Whoever is refused leaves.
    this.#hide.fire();
  }

  /** Presses the button with this tooltip. */
  press(tooltip: string): void {
    const button = this.buttons.find((each) => each.tooltip === tooltip);
    if (button !== undefined) this.#trigger.fire(button);
  }

  dispose(): void {
    this.#hide.fire();
  }
}
