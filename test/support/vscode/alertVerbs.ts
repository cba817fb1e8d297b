import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { AlertVerb } from '../../../src/feeds/alerts/verb.ts';
import { alertVerbs, type AlertVerbs } from '../../../src/feeds/alerts/verbs.ts';
import { people } from '../../simulator/world.ts';

// What a person can do to alerts, as `alertVerbs` says it, and besides: how it is started, what is answered, and how the
// service shows the result.

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

/** How a verb is done in the end-to-end test, in one of the ways there are. */
interface Performance {
  readonly way: 'row' | 'several' | 'keyboard' | 'palette';
  /** For the row: it is in the row itself, and need not be searched for in the menu. */
  readonly inline?: true;
  /** For the keyboard: its key in the list, or else the context menu or the palette. */
  readonly key?: string;
  readonly by?: 'menu' | 'palette';
  /** What it asks for; absent when it asks nothing. */
  readonly answer?: Answer;
  /** An alert must be acknowledged before. */
  readonly acknowledged?: true;
  /** The alert leaves the list. */
  readonly leaves?: true;
  /** Whether the service has done it; `now` is its time, epoch milliseconds. */
  readonly done: (held: Held, now: number) => boolean;
}

const [, eli] = people;
const note = 'Looked at by the night shift.';

const performances: Readonly<Record<keyof AlertVerbs, Performance>> = {
  acknowledge: {
    way: 'several',
    done: ({ alert }) => alert.status === 'acknowledged',
  },
  acknowledgeWithNote: {
    way: 'keyboard',
    key: 'Shift+Alt+a',
    answer: { kind: 'text', text: note },
    done: ({ alert, notes }) => alert.status === 'acknowledged' && notes.includes(note),
  },
  unacknowledge: {
    way: 'row',
    acknowledged: true,
    done: ({ alert }) => alert.status === 'open',
  },
  close: {
    way: 'keyboard',
    key: 'Alt+c',
    leaves: true,
    done: ({ alert }) => alert.status === 'closed',
  },
  snooze: {
    way: 'row',
    inline: true,
    answer: { kind: 'entry', label: '1 hour' },
    done: ({ alert: { status, snoozedUntil = 0 } }, now) =>
      status === 'snoozed' && Math.abs(snoozedUntil - now - 3_600_000) < 300_000,
  },
  assign: {
    way: 'palette',
    answer: { kind: 'entry', label: eli?.name ?? '' },
    done: ({ alert }) => alert.owner === eli?.name,
  },
  escalate: {
    way: 'keyboard',
    by: 'palette',
    answer: { kind: 'entry', label: 'DRE escalation' },
    done: ({ log }) => log.some((text) => text.includes('escalated')),
  },
  addTags: {
    way: 'keyboard',
    by: 'menu',
    answer: { kind: 'text', text: 'night, handed over' },
    done: ({ alert }) => ['night', 'handed over'].every((tag) => alert.tags.includes(tag)),
  },
  removeTags: {
    way: 'palette',
    answer: { kind: 'ticks', label: 'old' },
    done: ({ alert }) => !alert.tags.includes('old') && alert.tags.includes('prod'),
  },
  setPriority: {
    way: 'several',
    answer: { kind: 'entry', label: 'P2 high' },
    done: ({ alert }) => alert.priority === 'P2',
  },
  addNote: {
    way: 'row',
    answer: { kind: 'text', text: note },
    done: ({ notes }) => notes.includes(note),
  },
};

/** A verb with its words and what the end-to-end test does with it. */
export interface Verb extends Performance {
  /** In menus and, after "Dr. DRE: ", in the palette. */
  readonly title: string;
  /** What the row says meanwhile. */
  readonly doing: readonly string[];
  /** Before it a question is asked, also for one alert, which says this. */
  readonly warning: string | undefined;
  /** The button of that question for so many alerts; undefined where nothing is asked. */
  button(count: number): string | undefined;
}

export const verbs: readonly Verb[] = (Object.keys(performances) as (keyof AlertVerbs)[]).map((key) => {
  const { label, labelEnd = '', asks, alwaysAsk, after, write }: AlertVerb = alertVerbs[key];
  const before: AlertVerb | undefined = Object.entries(alertVerbs).find(([name]) => name === after)?.[1];
  return {
    ...performances[key],
    title: `${label} Alert${labelEnd}${asks === 'nothing' ? '' : '…'}`,
    doing: [before, { write }].flatMap((each) => (each === undefined ? [] : [`${each.write.doing}…`])),
    warning: write.warning,
    button: (count) => {
      if (alwaysAsk !== true) return undefined;
      return `${label} ${count === 1 ? 'Alert' : `${count} Alerts`}${labelEnd}`;
    },
  };
});
