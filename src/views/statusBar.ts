import type { Account, Person, Rotation } from '../domain/rotation.ts';
import type { Failure } from '../domain/failure.ts';
import type { FeedState } from '../engine/store.ts';
import { ago, moment, type Viewpoint } from './format.ts';
import { explain } from './sentences.ts';

/** What the rotation item of the status bar shows. */
export interface StatusBarModel {
  readonly text: string;
  readonly tooltip: readonly string[];
  /** The person on call is the one who looks. */
  readonly mine: boolean;
  readonly spoken: string;
}

/** The status bar item: who holds the ops rotation and until when. `account` is the person signed in, if known. */
export function rotationStatus(
  state: FeedState<Rotation, Failure>,
  account: Account | undefined,
  from: Viewpoint,
): StatusBarModel {
  const ops = rotationOf(state, 'ops');
  if (ops === undefined) return withoutRotation(state);
  const mine = account !== undefined && ops.current.some((person) => person.accountId === account.accountId);
  const who = mine ? 'You are Dr. DRE' : ops.current.length === 0 ? 'Nobody is Dr. DRE' : names(ops.current);
  const until = ops.until === undefined ? '' : ` until ${moment(ops.until, from)}`;
  const doubt = state.status === 'fresh' ? '' : ' (?)';
  const tooltip = [
    ops.name,
    `${who}${until}`,
    ...(ops.next === undefined ? [] : [`Next: ${names(ops.next.people)} from ${moment(ops.next.from, from)}`]),
    ...alertsLine(state, from),
    ...doubtLines(state, from),
  ];
  return {
    text: `$(${mine ? 'pulse' : 'person'}) ${who}${until}${doubt}`,
    tooltip,
    mine,
    spoken: `${ops.name}: ${who}${until}`,
  };
}

/** The rotation that the settings call `role`. */
export function rotationOf(state: FeedState<Rotation, Failure>, role: string): Rotation | undefined {
  return [...state.records.values()].find((rotation) => rotation.role === role);
}

/** Names of people, or a short form of the account id where the name is not known. */
export function names(people: readonly Person[]): string {
  if (people.length === 0) return 'nobody';
  return people.map((person) => person.name ?? `user ${person.accountId.slice(-6)}`).join(', ');
}

function alertsLine(state: FeedState<Rotation, Failure>, from: Viewpoint): string[] {
  const alerts = rotationOf(state, 'alerts');
  if (alerts === undefined) return [];
  const until = alerts.until === undefined ? '' : ` until ${moment(alerts.until, from)}`;
  return [`${alerts.name}: ${names(alerts.current)}${until}`];
}

function doubtLines(state: FeedState<Rotation, Failure>, from: Viewpoint): string[] {
  if (state.status === 'fresh') return [];
  const since = state.asOf === undefined ? [] : [`As of ${moment(state.asOf, from)} (${ago(state.asOf, from)})`];
  return state.failure === undefined ? since : [...since, explain(state.failure).title];
}

function withoutRotation(state: FeedState<Rotation, Failure>): StatusBarModel {
  const model = (text: string, sentence: string): StatusBarModel => ({
    text,
    tooltip: [sentence],
    mine: false,
    spoken: sentence,
  });
  if (state.failure !== undefined) {
    const { title, wayForward } = explain(state.failure);
    const icon = state.status === 'notSignedIn' ? 'sign-in' : 'warning';
    return model(`$(${icon}) Dr. DRE`, `${title}. ${wayForward}`);
  }
  if (state.status === 'neverLoaded') return model('$(sync~spin) Dr. DRE', 'Reading who is on call…');
  return model('$(warning) Dr. DRE', 'No schedule of the name in drDre.ops.schedules was found.');
}
