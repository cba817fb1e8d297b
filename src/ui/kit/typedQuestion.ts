import * as vscode from 'vscode';
import type { Draft, DraftKey } from '../../engine/disk/drafts.ts';
import { ago, moment } from '../../views/kit/format.ts';
import type { Host } from './host.ts';
import { answerIn, createField } from './inputs.ts';
import { askInChain, type back, type StepOptions } from './chain.ts';
import { viewpoint } from './viewpoint.ts';

/** What the field of a question says, and which texts it takes. */
export interface TypedQuestionOptions {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder?: string;
  /** What the field holds at first, where nothing was typed before. */
  readonly value?: string | undefined;
  /** Why a text is refused, as a sentence, or what is made of it (`note`). */
  readonly check?: ((text: string) => string | { readonly note: string } | undefined) | undefined;
}

/**
 * Asks a question that is answered by typing. What is typed is kept until it is used, and offered when the same question
 * is asked about the same records again: whoever uses the answer calls `handOver` or `remove` of the drafts. Undefined
 * when the person leaves. Not for secrets.
 */
export async function askTyped(
  host: Pick<Host, 'drafts' | 'clock'>,
  draftKey: DraftKey,
  options: TypedQuestionOptions,
): Promise<string | undefined> {
  return askInChain((step) => ask(host, draftKey, options, step));
}

async function ask(
  { drafts, clock }: Pick<Host, 'drafts' | 'clock'>,
  draftKey: DraftKey,
  options: TypedQuestionOptions,
  { canGoBack, before }: StepOptions,
): Promise<string | typeof back | undefined> {
  const draft = await drafts.offered(draftKey);
  const { title, prompt, placeHolder, value = '', check } = options;
  const { box, say } = createField({
    title,
    // Who has just come back knows what they typed.
    prompt: draft === undefined || before !== undefined ? prompt : `${prompt} ${keptWords(draft, clock)}`,
    placeHolder,
    value: typeof before === 'string' ? before : (draft?.text ?? value),
  });
  if (canGoBack) box.buttons = [vscode.QuickInputButtons.Back];
  // Typing goes on where it ended.
  if (draft !== undefined) box.valueSelection = [draft.text.length, draft.text.length];
  const isRefused = (text: string): boolean => {
    const found = check?.(text);
    say(typeof found === 'string' ? { refused: found } : found);
    return typeof found === 'string';
  };
  // The question, or the age of what was kept, is read first: the text is checked when it is touched, and when it is taken.
  const typed = (text: string): void => {
    drafts.type(draftKey, text);
    isRefused(text);
  };
  return answerIn(box, { typed, isRefused });
}

function keptWords({ at }: Draft, clock: Host['clock']): string {
  const from = viewpoint(clock);
  const age = ago(at, from);
  const when = age === 'now' ? 'a moment ago' : `at ${moment(at, from)} (${age})`;
  return `You typed this ${when}; it was not applied.`;
}
