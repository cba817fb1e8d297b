import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { people } from '../../simulator/world.ts';
import type { Hands } from '../../support/ui/hands.ts';

// What a person can do to alerts, as a table: how it is asked for, what it asks, and by what the service shows it.

/** An alert with what hangs on it, as the service has it. */
export interface Held {
  readonly alert: Alert;
  readonly notes: readonly string[];
  readonly log: readonly string[];
}

/** How a question is answered. */
export type By = 'mouse' | 'keyboard';

export interface Verb {
  /** In menus and, after "Dr. DRE: ", in the palette. */
  readonly title: string;
  /** It stands in the row itself, and need not be looked for in the menu. */
  readonly inline?: true;
  /** Its key in the list; else the keyboard goes by the context menu or by the palette. */
  readonly key?: string;
  readonly by?: 'menu' | 'palette';
  /** The button of the question before it, for one alert; several put their number in. */
  readonly sure?: string;
  /** What that question says. */
  readonly warns?: RegExp;
  /** Gives it what it asks for. */
  readonly answer: (hands: Hands, by: By) => Promise<void>;
  /** An alert must be acknowledged before. */
  readonly acknowledged?: true;
  /** What the row says meanwhile, and when it did not work. */
  readonly doing: string;
  readonly failed: string;
  /** The request, for faults. */
  readonly request: string;
  /** The alert goes out of the list. */
  readonly leaves?: true;
  /** The service has done it when it answers: nothing is accepted first. */
  readonly synchronous?: true;
  readonly done: (held: Held) => boolean;
}

const [, eli] = people;
const note = 'Looked at by the night shift.';
const nothing = (): Promise<void> => Promise.resolve();

/** Writes into the field that is open. */
const write =
  (text: string) =>
  async (hands: Hands): Promise<void> => {
    await hands.quickPick.title();
    await hands.quickPick.type(text);
    await hands.quickPick.accept();
  };

/** Chooses from the list that is open. */
const choose =
  (label: string) =>
  async ({ quickPick }: Hands, by: By): Promise<void> => {
    if (by === 'mouse') return quickPick.choose(label);
    await quickPick.title();
    await quickPick.type(label);
    await quickPick.only(label);
    await quickPick.accept();
  };

/** Ticks one entry of the list that is open. */
const tick =
  (label: string) =>
  async (hands: Hands, by: By): Promise<void> => {
    await hands.quickPick.tick(label, by);
    await hands.quickPick.accept();
  };

export const verbs: readonly Verb[] = [
  {
    title: 'Acknowledge Alert',
    inline: true,
    key: 'Alt+a',
    answer: nothing,
    doing: 'acknowledging…',
    failed: 'could not be acknowledged',
    request: 'POST .*/acknowledge',
    done: ({ alert }) => alert.status === 'acknowledged',
  },
  {
    title: 'Acknowledge Alert with Note…',
    key: 'Shift+Alt+a',
    answer: write(note),
    doing: 'acknowledging…',
    failed: 'could not be acknowledged',
    request: 'POST .*/acknowledge',
    done: ({ alert, notes }) => alert.status === 'acknowledged' && notes.includes(note),
  },
  {
    title: 'Unacknowledge Alert',
    by: 'menu',
    sure: 'Unacknowledge Alert',
    warns: /pages again/,
    answer: nothing,
    acknowledged: true,
    doing: 'unacknowledging…',
    failed: 'could not be unacknowledged',
    request: 'POST .*/unacknowledge',
    done: ({ alert }) => alert.status === 'open',
  },
  {
    title: 'Close Alert',
    key: 'Alt+c',
    sure: 'Close Alert',
    warns: /Nothing opens an alert again/,
    leaves: true,
    answer: nothing,
    doing: 'closing…',
    failed: 'could not be closed',
    request: 'POST .*/close',
    done: ({ alert }) => alert.status === 'closed',
  },
  {
    title: 'Snooze Alert…',
    inline: true,
    key: 'Alt+z',
    answer: choose('1 hour'),
    doing: 'snoozing…',
    failed: 'could not be snoozed',
    request: 'POST .*/snooze',
    done: ({ alert: { status, snoozedUntil = 0 } }) =>
      status === 'snoozed' && Math.abs(snoozedUntil - Date.now() - 3_600_000) < 120_000,
  },
  {
    title: 'Assign Alert…',
    key: 'Alt+o',
    answer: choose(eli?.name ?? ''),
    doing: 'assigning…',
    failed: 'could not be assigned',
    request: 'POST .*/assign',
    done: ({ alert }) => alert.owner === eli?.name,
  },
  {
    title: 'Escalate Alert…',
    by: 'palette',
    sure: 'Escalate Alert',
    warns: /pages the next people/,
    answer: choose('DRE escalation'),
    doing: 'escalating…',
    failed: 'could not be escalated',
    request: 'POST .*/escalate',
    done: ({ log }) => log.some((text) => text.includes('escalated')),
  },
  {
    title: 'Add Tags to Alert…',
    by: 'menu',
    answer: write('night, handed over'),
    doing: 'adding tags…',
    failed: 'add tags failed',
    request: 'POST .*/tags',
    done: ({ alert }) => ['night', 'handed over'].every((tag) => alert.tags.includes(tag)),
  },
  {
    title: 'Remove Tags from Alert…',
    by: 'palette',
    answer: tick('old'),
    doing: 'removing tags…',
    failed: 'remove tags failed',
    request: 'DELETE .*/tags',
    done: ({ alert }) => !alert.tags.includes('old') && alert.tags.includes('prod'),
  },
  {
    title: 'Change Priority of Alert…',
    key: 'Alt+p',
    answer: choose('P2 high'),
    doing: 'changing the priority…',
    failed: 'change priority failed',
    request: 'PATCH .*/priority',
    done: ({ alert }) => alert.priority === 'P2',
  },
  {
    title: 'Add Note to Alert…',
    key: 'Alt+n',
    answer: write(note),
    doing: 'adding the note…',
    failed: 'add note failed',
    request: 'POST .*/notes',
    synchronous: true,
    done: ({ notes }) => notes.includes(note),
  },
];

/** The button of the question before a verb for so many alerts. */
export function sureButton({ sure }: Verb, count: number): string | undefined {
  return count === 1 ? sure : sure?.replace('Alert', `${count} Alerts`);
}
