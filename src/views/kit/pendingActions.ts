import type { Failure } from '../../domain/base/failure.ts';
import type { NotSent, WriteEnd, WriteState, WriteStatus } from '../../engine/writes/kind.ts';
import type { Icon, Token } from './row.ts';
import { explain } from './sentences.ts';

/** What is under way for a record, or became a moment ago, of something that a person did. */
export interface PendingAction {
  /** Dim text: "acknowledging…", "could not be acknowledged". */
  readonly text: string;
  readonly state: WriteState<Failure>['kind'];
  /** What can be done about it. */
  readonly tokens: readonly Token[];
  /** What a person typed for something that did not go through. It is kept. */
  readonly kept?: string;
}

/** What is said while a verb is under way, where it is not said by its own name. */
const doing: Readonly<Record<string, string>> = {
  acknowledge: 'acknowledging…',
  unacknowledge: 'unacknowledging…',
  close: 'closing…',
  snooze: 'snoozing…',
  assign: 'assigning…',
  escalate: 'escalating…',
  'add note': 'adding the note…',
  'add tags': 'adding tags…',
  'remove tags': 'removing tags…',
  'change priority': 'changing the priority…',
  'create override': 'creating the override…',
  'cancel override': 'cancelling the override…',
};

/** What is said of a record for which a verb failed, after its name. */
const failures: Readonly<Record<string, string>> = {
  acknowledge: 'could not be acknowledged',
  unacknowledge: 'could not be unacknowledged',
  close: 'could not be closed',
  snooze: 'could not be snoozed',
  assign: 'could not be assigned',
  escalate: 'could not be escalated',
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
  failed: { id: 'error', color: 'problemsErrorIcon.foreground' },
  notSent: { id: 'debug-pause', color: 'problemsWarningIcon.foreground' },
  unconfirmed: { id: 'question', color: 'problemsWarningIcon.foreground' },
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
    const now = action(write);
    actions.set(write.record, before === undefined ? now : together(before, now));
  }
  return actions;
}

/**
 * Which of several writes to one record its row shows: what was not sent, was not because of one that failed; what waits
 * for its turn, waits for the one that is being sent.
 */
const rank: Record<PendingAction['state'], number> = {
  applied: 0,
  notSent: 1,
  unconfirmed: 2,
  failed: 2,
  waiting: 3,
  sending: 4,
};

/** Two writes to one record. What can be tried again is from either, only the later one can be undone. */
function together(before: PendingAction, now: PendingAction): PendingAction {
  const shown = rank[now.state] >= rank[before.state] ? now : before;
  const kept = [before.kept, now.kept].filter((text) => text !== undefined).join('\n');
  const tokens = [...before.tokens.filter((token) => token !== 'undoable'), ...now.tokens];
  return { ...shown, tokens: [...new Set(tokens)], ...(kept === '' ? {} : { kept }) };
}

function action(write: WriteStatus<Failure>): PendingAction {
  const { title, state } = write;
  const failed = failures[title] ?? `${title} failed`;
  const kept = write.typed !== undefined && troubled(state) ? write.typed : undefined;
  const tokens: Token[] = [];
  if (write.retryable || kept !== undefined) tokens.push('troubled');
  if (write.undoUntil !== undefined) tokens.push('undoable');
  const texts: Record<PendingAction['state'], () => string> = {
    waiting: () => `${title} waits for its turn`,
    sending: () => doing[title] ?? `${title}…`,
    applied: () => 'confirmed',
    failed: () => [failed, reasonOf(state)].filter((part) => part !== undefined).join(': '),
    notSent: () => `${title} was not sent: ${reasonOf(state) ?? ''}`,
    unconfirmed: () => `${title} not confirmed by the service`,
  };
  const text = kept === undefined ? texts[state.kind]() : `${texts[state.kind]()}, its text is kept`;
  return { text, state: state.kind, tokens, ...(kept === undefined ? {} : { kept }) };
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
  const failed = failures[title];
  switch (end.kind) {
    case 'applied':
      return `${names}: ${title} applied${end.by === undefined ? '' : ` for ${end.by}`}`;
    case 'failed': {
      const why = end.failure === undefined ? undefined : explain(end.failure);
      const said = why === undefined ? '' : `. ${why.title}. ${why.wayForward.replace(/\.$/, '')}`;
      return failed === undefined ? `${names}: ${title} failed${said}` : `${names} ${failed}${said}`;
    }
    case 'notSent':
      return `${names}: ${title} was not sent, ${reasons[end.because]}`;
    case 'unconfirmed':
      return `${names}: ${title} may not have been applied, the service did not say. Look at the row before you try again`;
  }
}
