import type { FieldValues, HostMessage, PageMessage } from '../../domain/operations/pageMessages.ts';
import { isFields } from '../../domain/base/fields.ts';
import { onMessageOf } from '../kit/messages.ts';

/** What VS Code gives to a page. It can be acquired only once. */
export interface PageApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: SavedState): void;
}

/** What the page keeps while it is hidden and over a reload. */
export interface SavedState {
  readonly search: string;
  /** The operation whose form is shown. */
  readonly open: string | undefined;
  /** What was typed, by operation. */
  readonly values: Readonly<Record<string, FieldValues>>;
}

/** What was kept, without the parts that have another form than today. */
export function readSaved(state: unknown): SavedState {
  const { search, open, values } = isFields(state) ? state : {};
  const kept = isFields(values) ? Object.entries(values) : [];
  return {
    search: typeof search === 'string' ? search : '',
    open: typeof open === 'string' ? open : undefined,
    values: Object.fromEntries(kept.filter((each): each is [string, FieldValues] => isValues(each[1]))),
  };
}

/** Calls back for each message from the host; returns how to stop. */
export function onMessage(listener: (message: HostMessage) => void): () => void {
  return onMessageOf(isHostMessage, listener);
}

function isHostMessage(data: unknown): data is HostMessage {
  if (!isFields(data)) return false;
  if (data['type'] === 'view') return Array.isArray(data['operations']);
  return data['type'] === 'checked' && Array.isArray(data['faults']) && typeof data['command'] === 'string';
}

function isValues(value: unknown): value is FieldValues {
  return isFields(value) && Object.values(value).every((text) => typeof text === 'string');
}
