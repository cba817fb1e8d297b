import type { Failure } from '../domain/failure.ts';
import type { NotSent, WriteEnd, WriteState, WriteStatus } from '../engine/writes/kind.ts';
import type { Icon, Token } from './row.ts';
import { explain } from './sentences.ts';

/** What is under way for a record, or became a moment ago, of something that a person did. */
export interface PendingAction {
  /** Dim text: "acknowledging…", "could not be acknowledged". */
  readonly text: string;
  readonly state: WriteState<Failure>['kind'];
  /** What can be done about it. */
  readonly tokens: readonly Token[];
}

/** How verbs are said that are not said by their own name. */
const verbs: Readonly<Record<string, readonly [doing: string, failed: string]>> = {
  acknowledge: ['acknowledging…', 'could not be acknowledged'],
};

const reasons: Record<NotSent, string> = {
  earlierFailed: 'what was done before it did not go through',
  cancelled: 'cancelled',
  closed: 'the window closed before its turn',
  storage: 'the local disk refused',
  elsewhere: 'another window has taken it over',
};

const icons: Record<PendingAction['state'], Icon> = {
  waiting: { id: 'watch' },
  sending: { id: 'sync~spin' },
  applied: { id: 'pass-filled', color: 'drDre.alert.handled' },
  failed: { id: 'error', color: 'list.errorForeground' },
  notSent: { id: 'debug-pause', color: 'list.warningForeground' },
  unconfirmed: { id: 'question', color: 'list.warningForeground' },
};

/** The icon of a row while something is under way for it. */
export function pendingIcon({ state }: PendingAction): Icon {
  return icons[state];
}

/** What rows say of the writes that are under way or have ended a moment ago, by record. Trouble is never hidden. */
export function pendingActions(writes: readonly WriteStatus<Failure>[]): ReadonlyMap<string, PendingAction> {
  const actions = new Map<string, PendingAction>();
  for (const write of writes) {
    const before = actions.get(write.record);
    if (before === undefined || rank[write.state.kind] >= rank[before.state]) actions.set(write.record, action(write));
  }
  return actions;
}

/** Which of several writes to one record its row shows. */
const rank: Record<PendingAction['state'], number> = {
  applied: 0,
  notSent: 1,
  unconfirmed: 1,
  failed: 1,
  waiting: 2,
  sending: 2,
};

function action(write: WriteStatus<Failure>): PendingAction {
  const { title, state } = write;
  const [doing, failed] = verbs[title] ?? [`${title}…`, `${title} failed`];
  const tokens: Token[] = [];
  if (write.retryable || (write.typed !== undefined && troubled(state))) tokens.push('troubled');
  if (write.undoUntil !== undefined) tokens.push('undoable');
  const texts: Record<PendingAction['state'], () => string> = {
    waiting: () => `${title} waits for its turn`,
    sending: () => doing,
    applied: () => 'confirmed',
    failed: () => [failed, reasonOf(state)].filter((part) => part !== undefined).join(': '),
    notSent: () => `${title} was not sent: ${reasonOf(state) ?? ''}`,
    unconfirmed: () => `${title} not confirmed by the service`,
  };
  return { text: texts[state.kind](), state: state.kind, tokens };
}

function troubled(state: WriteState<Failure>): boolean {
  return state.kind === 'failed' || state.kind === 'notSent' || state.kind === 'unconfirmed';
}

/** Why a write failed or was not sent, in a few words. */
export function reasonOf(state: WriteState<Failure>): string | undefined {
  if (state.kind === 'notSent') return reasons[state.because];
  return state.kind === 'failed' && state.failure !== undefined ? explain(state.failure).title : undefined;
}

/** How a write ended, as a sentence without a full stop: for messages and for the journal. `names` are its records. */
export function endSentence(title: string, names: string, end: WriteEnd<Failure>): string {
  const [, failed] = verbs[title] ?? ['', `${title} failed`];
  switch (end.kind) {
    case 'applied':
      return `${names}: ${title} applied${end.by === undefined ? '' : ` for ${end.by}`}`;
    case 'failed': {
      const why = end.failure === undefined ? undefined : explain(end.failure);
      const said = why === undefined ? '' : `. ${why.title}. ${why.wayForward.replace(/\.$/, '')}`;
      return verbs[title] === undefined ? `${names}: ${failed}${said}` : `${names} ${failed}${said}`;
    }
    case 'notSent':
      return `${names}: ${title} was not sent, ${reasons[end.because]}`;
    case 'unconfirmed':
      return `${names}: ${title} may not have been applied, the service did not say. Look at the row before you try again`;
  }
}
