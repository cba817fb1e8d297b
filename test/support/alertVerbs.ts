import type { Alert } from '../../src/domain/alerts/alert.ts';
import { people } from '../simulator/world.ts';

// A table of what a person can do to alerts: how it is started, what it asks for, and how the service shows the result.

/** An alert with its notes and its log, as the service has them. */
export interface Held {
  readonly alert: Alert;
  readonly notes: readonly string[];
  readonly log: readonly string[];
}

/** How the question of a verb is answered: with a text, with one entry of a list, or with the ticks of some. */
export type Answer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'entry'; readonly label: string }
  | { readonly kind: 'ticks'; readonly label: string };

export interface Verb {
  /** Its id, after `drDre.alerts.`. */
  readonly id: string;
  /** In menus and, after "Dr. DRE: ", in the palette. */
  readonly title: string;
  /** It is in the row itself, and need not be searched for in the menu. */
  readonly inline?: true;
  /** Its key in the list; else the keyboard goes by the context menu or by the palette. */
  readonly key?: string;
  readonly by?: 'menu' | 'palette';
  /** The button of the question before it, for one alert; several put their number in. */
  readonly sure?: string;
  /** What that question says. */
  readonly warns?: RegExp;
  /** What it asks for; absent when it asks nothing. */
  readonly answer?: Answer;
  /** An alert must be acknowledged before. */
  readonly acknowledged?: true;
  /** What the row says meanwhile, and when it did not work. */
  readonly doing: string;
  readonly failed: string;
  /** The request, for faults. */
  readonly request: string;
  /** The alert leaves the list. */
  readonly leaves?: true;
  /** The service has done it when it answers: nothing is accepted first. */
  readonly synchronous?: true;
  /** Whether the service has done it; `now` is its time, epoch milliseconds. */
  readonly done: (held: Held, now: number) => boolean;
}

const [, eli] = people;
const note = 'Looked at by the night shift.';

export const verbs: readonly Verb[] = [
  {
    id: 'acknowledge',
    title: 'Acknowledge Alert',
    inline: true,
    key: 'Alt+a',
    doing: 'acknowledging…',
    failed: "Couldn't acknowledge",
    request: 'POST .*/acknowledge',
    done: ({ alert }) => alert.status === 'acknowledged',
  },
  {
    id: 'acknowledgeWithNote',
    title: 'Acknowledge Alert with Note…',
    key: 'Shift+Alt+a',
    answer: { kind: 'text', text: note },
    doing: 'acknowledging…',
    failed: "Couldn't acknowledge",
    request: 'POST .*/acknowledge',
    done: ({ alert, notes }) => alert.status === 'acknowledged' && notes.includes(note),
  },
  {
    id: 'unacknowledge',
    title: 'Unacknowledge Alert',
    by: 'menu',
    sure: 'Unacknowledge Alert',
    warns: /pages again/,
    acknowledged: true,
    doing: 'unacknowledging…',
    failed: "Couldn't unacknowledge",
    request: 'POST .*/unacknowledge',
    done: ({ alert }) => alert.status === 'open',
  },
  {
    id: 'close',
    title: 'Close Alert',
    key: 'Alt+c',
    sure: 'Close Alert',
    warns: /A closed alert cannot be reopened/,
    leaves: true,
    doing: 'closing…',
    failed: "Couldn't close",
    request: 'POST .*/close',
    done: ({ alert }) => alert.status === 'closed',
  },
  {
    id: 'snooze',
    title: 'Snooze Alert…',
    inline: true,
    key: 'Alt+z',
    answer: { kind: 'entry', label: '1 hour' },
    doing: 'snoozing…',
    failed: "Couldn't snooze",
    request: 'POST .*/snooze',
    done: ({ alert: { status, snoozedUntil = 0 } }, now) =>
      status === 'snoozed' && Math.abs(snoozedUntil - now - 3_600_000) < 300_000,
  },
  {
    id: 'assign',
    title: 'Assign Alert…',
    key: 'Alt+o',
    answer: { kind: 'entry', label: eli?.name ?? '' },
    doing: 'assigning…',
    failed: "Couldn't assign",
    request: 'POST .*/assign',
    done: ({ alert }) => alert.owner === eli?.name,
  },
  {
    id: 'escalate',
    title: 'Escalate Alert…',
    by: 'palette',
    sure: 'Escalate Alert',
    warns: /pages the next people/,
    answer: { kind: 'entry', label: 'DRE escalation' },
    doing: 'escalating…',
    failed: "Couldn't escalate",
    request: 'POST .*/escalate',
    done: ({ log }) => log.some((text) => text.includes('escalated')),
  },
  {
    id: 'addTags',
    title: 'Add Tags to Alert…',
    by: 'menu',
    answer: { kind: 'text', text: 'night, handed over' },
    doing: 'adding tags…',
    failed: "Couldn't add tags",
    request: 'POST .*/tags',
    done: ({ alert }) => ['night', 'handed over'].every((tag) => alert.tags.includes(tag)),
  },
  {
    id: 'removeTags',
    title: 'Remove Tags from Alert…',
    by: 'palette',
    answer: { kind: 'ticks', label: 'old' },
    doing: 'removing tags…',
    failed: "Couldn't remove tags",
    request: 'DELETE .*/tags',
    done: ({ alert }) => !alert.tags.includes('old') && alert.tags.includes('prod'),
  },
  {
    id: 'setPriority',
    title: 'Change Priority of Alert…',
    key: 'Alt+p',
    answer: { kind: 'entry', label: 'P2 high' },
    doing: 'changing the priority…',
    failed: "Couldn't change priority",
    request: 'PATCH .*/priority',
    done: ({ alert }) => alert.priority === 'P2',
  },
  {
    id: 'addNote',
    title: 'Add Note to Alert…',
    key: 'Alt+n',
    answer: { kind: 'text', text: note },
    doing: 'adding the note…',
    failed: "Couldn't add note",
    request: 'POST .*/notes',
    synchronous: true,
    done: ({ notes }) => notes.includes(note),
  },
];

/** The button of the question before a verb for so many alerts. */
export function sureButton({ sure }: Verb, count: number): string | undefined {
  return count === 1 ? sure : sure?.replace('Alert', `${count} Alerts`);
}
