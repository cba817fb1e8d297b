import * as vscode from 'vscode';
import { harmless } from '../../domain/base/harmless.ts';
import { openPage } from './openPage.ts';
import { askInChain, back } from './chain.ts';

// Fields to type into. All texts around the field may come from outside; no link and no icon is made of them.

/** What a field says. */
export interface FieldOptions {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder?: string | undefined;
  /** What the field holds at first. */
  readonly value?: string;
}

/** A field whose answer is a secret, or not worth keeping when the person leaves. */
export interface LineOptions extends FieldOptions {
  readonly isSecret?: boolean;
  /** Why a text is refused, as a sentence. */
  readonly problem: (text: string) => string | undefined;
}

/** Asks for a line of text; undefined when the person leaves. What was typed is then gone. */
export async function askLine(line: LineOptions): Promise<string | undefined> {
  return askInChain(({ canGoBack, before }) => {
    const { problem, ...field } = typeof before === 'string' ? { ...line, value: before } : line;
    return canGoBack ? askWithBack(createField(field), problem) : askAlone(line);
  });
}

async function askAlone({
  title,
  prompt,
  placeHolder,
  value,
  isSecret = false,
  problem,
}: LineOptions): Promise<string | undefined> {
  const options: vscode.InputBoxOptions = {
    title: harmless(title),
    prompt: harmless(prompt),
    password: isSecret,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const found = problem(text);
      return found === undefined ? undefined : harmless(found);
    },
  };
  if (placeHolder !== undefined) options.placeHolder = harmless(placeHolder);
  if (value !== undefined) options.value = value;
  return vscode.window.showInputBox(options);
}

/** VS Code's own field has no button that leads back: where there is a question before, the field is made by hand. */
async function askWithBack(
  { box, say }: InputField,
  problem: (text: string) => string | undefined,
): Promise<string | typeof back | undefined> {
  const isRefused = (text: string): boolean => {
    const found = problem(text);
    say(found === undefined ? undefined : { refused: found });
    return found !== undefined;
  };
  box.buttons = [vscode.QuickInputButtons.Back];
  return answerIn(box, { typed: isRefused, isRefused });
}

/**
 * Shows a field until its text is taken; `back` when the person presses the button that leads back, undefined when they
 * leave. `typed`: what is done at each change of the text. A text that is refused is not taken.
 */
export async function answerIn(
  box: InputField['box'],
  { typed, isRefused }: { readonly typed: (text: string) => unknown; readonly isRefused: (text: string) => boolean },
): Promise<string | typeof back | undefined> {
  const { Back } = vscode.QuickInputButtons;
  try {
    return await new Promise((resolve) => {
      box.onDidChangeValue(typed);
      box.onDidTriggerButton((button) => {
        if (button === Back) resolve(back);
      });
      box.onDidAccept(() => {
        if (!isRefused(box.value)) resolve(box.value);
      });
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
  } finally {
    box.dispose();
  }
}

/** A field whose answer is a secret, as the second step of a question: it leads back to the first one. */
export interface SecretOptions extends Pick<LineOptions, 'title' | 'prompt' | 'problem'> {
  /** The page where the secret is made: a button of the field opens it. An address of ours. */
  readonly page?: { readonly label: string; readonly address: string } | undefined;
}

/** Asks for a secret: what is typed, `back` when the person goes back to the first step, undefined when they leave. */
export async function askSecret({
  title,
  prompt,
  problem,
  page,
}: SecretOptions): Promise<{ readonly text: string } | 'back' | undefined> {
  const { box, say } = createField({ title, prompt });
  const { Back } = vscode.QuickInputButtons;
  box.password = true;
  box.buttons = [
    Back,
    ...(page === undefined ? [] : [{ iconPath: new vscode.ThemeIcon('link-external'), tooltip: page.label }]),
  ];
  try {
    return await new Promise((resolve) => {
      box.onDidChangeValue(() => say(undefined));
      box.onDidTriggerButton((button) => {
        if (button === Back) resolve('back');
        else if (page !== undefined) void openPage(page.address);
      });
      box.onDidAccept(() => {
        const found = problem(box.value);
        if (found === undefined) resolve({ text: box.value });
        else say({ refused: found });
      });
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
  } finally {
    box.dispose();
  }
}

/** What is said below a field: why its text is refused, or what is made of it. */
export type FieldNote = { readonly refused: string } | { readonly note: string };

/** A field that stays open until it is disposed of. */
export interface InputField {
  readonly box: Pick<
    vscode.InputBox,
    | 'value'
    | 'valueSelection'
    | 'password'
    | 'buttons'
    | 'onDidChangeValue'
    | 'onDidTriggerButton'
    | 'onDidAccept'
    | 'onDidHide'
    | 'show'
    | 'dispose'
  >;
  /** Says something below it; undefined takes it away. */
  readonly say: (note: FieldNote | undefined) => void;
}

/** Makes a field; it is not shown yet. */
export function createField({ title, prompt, placeHolder, value = '' }: FieldOptions): InputField {
  const box = vscode.window.createInputBox();
  box.title = harmless(title);
  box.prompt = harmless(prompt);
  box.placeholder = placeHolder === undefined ? undefined : harmless(placeHolder);
  box.ignoreFocusOut = true;
  box.value = value;
  return {
    box,
    say: (note) => {
      box.validationMessage = note === undefined ? undefined : messageOf(note);
    },
  };
}

function messageOf(note: FieldNote): vscode.InputBoxValidationMessage {
  const { Info, Error } = vscode.InputBoxValidationSeverity;
  return 'refused' in note
    ? { message: harmless(note.refused), severity: Error }
    : { message: harmless(note.note), severity: Info };
}
