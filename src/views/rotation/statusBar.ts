import type { Account } from '../../domain/base/account.ts';
import { rotationOf, type Person, type Rotation } from '../../domain/rotation/rotation.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { holding, type Holding } from '../../domain/rotation/shift.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { ago, moment, type Viewpoint } from '../kit/format.ts';
import { explain } from '../kit/sentences.ts';

/** What the rotation item of the status bar shows. */
export interface StatusBarModel {
  /** Id of a codicon. */
  readonly icon: string;
  readonly text: string;
  readonly tooltip: readonly string[];
  /** What a click runs: signing in where nothing else works without it, else the choice of what can be done. */
  readonly command: 'drDre.signIn' | 'drDre.rotation.showActions';
  /** What the tooltip offers below its lines: nothing while there is nothing to be done with the schedules. */
  readonly offers: 'signIn' | 'rotation' | 'nothing';
  readonly spoken: string;
}

/** The status bar item: who holds the ops rotation and until when. `account` is the person signed in, if known. */
export function rotationStatus(
  state: FeedState<Rotation, Failure>,
  account: Account | undefined,
  from: Viewpoint,
): StatusBarModel {
  const ops = rotationOf(state.records.values(), 'ops');
  if (ops === undefined) return withoutRotation(state);
  const standing = holding(ops, account, from.now);
  const { onCall, next, mine } = standing;
  const isMine = mine.onCall === true;
  const who = `${whoIsDoctor(standing)}${untilWords(standing.until, from)}`;
  const signedOut = state.status === 'notSignedIn';
  const doubt = state.status === 'fresh' && onCall !== undefined ? '' : ' (?)';
  const tooltip = [
    ops.name,
    who,
    ...(next === undefined ? [] : [`Next: ${names(next.people)} from ${moment(next.from, from)}`]),
    ...(ops.disabled === true ? ['The schedule is switched off: it pages nobody'] : []),
    ...(mine.next === undefined ? [] : [`Your next shift: from ${moment(mine.next.start, from)}`]),
    ...alertsLine(state, account, from),
    ...doubtLines(state, from),
  ];
  return {
    icon: isMine ? 'pulse' : 'person',
    text: `${who}${doubt}`,
    tooltip,
    command: signedOut ? 'drDre.signIn' : 'drDre.rotation.showActions',
    offers: signedOut ? 'signIn' : 'rotation',
    spoken: `${ops.name}: ${who}`,
  };
}

function whoIsDoctor({ onCall, mine }: Holding): string {
  if (mine.onCall === true) return 'You are Dr. DRE';
  if (onCall === undefined) return 'Not known who is Dr. DRE';
  return onCall.length === 0 ? 'Nobody is Dr. DRE' : names(onCall);
}

/** Who is on call for a schedule and until when: "you until Fri 17:00", "Dana Oncall", "nobody". `named` names people. */
export function whoWords(
  { onCall, mine, until }: Holding,
  from: Viewpoint,
  named = names,
  format: typeof moment = moment,
): string {
  const who = mine.onCall === true ? 'you' : onCall === undefined ? 'not known who' : named(onCall);
  return `${who}${until === undefined ? '' : ` until ${format(until, from)}`}`;
}

/** A schedule in one line: its name, who is on call, until when, and whether it pages now. */
export function standingWords(rotation: Rotation, account: Account | undefined, from: Viewpoint): string {
  if (rotation.disabled === true) return `${rotation.name}: switched off, it pages nobody`;
  const standing = holding(rotation, account, from.now);
  const { onCall, next } = standing;
  const paging = pagingWords(standing, from);
  if (onCall?.length === 0 && paging !== undefined) {
    return `${rotation.name}: ${paging}${next === undefined ? '' : `, then ${names(next.people)}`}`;
  }
  return `${rotation.name}: ${whoWords(standing, from)}${paging === undefined ? '' : `, ${paging}`}`;
}

/**
 * Whether a schedule pages now and when that changes: "paging until 18:00", "no paging until Mon 09:00". Undefined when
 * it pages around the clock, or when who is on call says otherwise than the hours: then that counts.
 */
export function pagingWords({ hours, onCall }: Holding, from: Viewpoint): string | undefined {
  if (onCall === undefined) return undefined;
  const somebody = onCall.length > 0;
  if (hours.kind === 'open' && somebody) return `paging until ${moment(hours.until, from)}`;
  if (hours.kind === 'closed' && !somebody) return `no paging until ${moment(hours.from, from)}`;
  return undefined;
}

function untilWords(until: Instant | undefined, from: Viewpoint): string {
  return until === undefined ? '' : ` until ${moment(until, from)}`;
}

/** Names of people and groups, or a short form of the id where the name is not known. */
export function names(people: readonly Person[]): string {
  return people.length === 0 ? 'nobody' : people.map(nameOf).join(', ');
}

function nameOf({ accountId, name, group }: Person): string {
  switch (group) {
    case 'team':
    case 'escalation':
      return `${group} ${name ?? accountId.slice(0, 8)}`;
    case 'unknown':
      return 'somebody whom the service does not name';
    default:
      return name ?? `user ${accountId.slice(-6)}`;
  }
}

function alertsLine(state: FeedState<Rotation, Failure>, account: Account | undefined, from: Viewpoint): string[] {
  const alerts = rotationOf(state.records.values(), 'alerts');
  return alerts === undefined ? [] : [standingWords(alerts, account, from)];
}

function doubtLines(state: FeedState<Rotation, Failure>, from: Viewpoint): string[] {
  if (state.status === 'fresh') return [];
  const since = state.asOf === undefined ? [] : [`As of ${moment(state.asOf, from)} (${ago(state.asOf, from)})`];
  return state.failure === undefined ? since : [...since, explain(state.failure).title];
}

function withoutRotation(state: FeedState<Rotation, Failure>): StatusBarModel {
  if (state.status === 'notSignedIn') return signedOutStatus(state.failure);
  const model = (icon: string, sentence: string): StatusBarModel => ({
    icon,
    text: 'Dr. DRE',
    tooltip: [sentence],
    command: 'drDre.rotation.showActions',
    offers: 'nothing',
    spoken: sentence,
  });
  if (state.failure !== undefined) {
    const { title, wayForward } = explain(state.failure);
    return model('warning', `${title}. ${wayForward}`);
  }
  if (state.asOf === undefined) return model('sync~spin', 'Reading who is on call…');
  return model('warning', "Can't find the schedule that drDre.ops.schedules names. Check the name.");
}

/** Nobody is signed in, or the token was refused: then it says why. */
function signedOutStatus(failure: Failure | undefined): StatusBarModel {
  const sentence = 'Sign in to see who is on call.';
  const why = failure === undefined || failure.kind === 'notSignedIn' ? [] : [`${explain(failure).title}.`];
  return {
    icon: 'sign-in',
    text: 'Dr. DRE: Sign In',
    tooltip: [sentence, ...why],
    command: 'drDre.signIn',
    offers: 'signIn',
    spoken: ['Dr. DRE: not signed in.', ...why, sentence].join(' '),
  };
}
