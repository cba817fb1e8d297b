import type { Failure } from '../domain/failure.ts';
import type { Account, Rotation } from '../domain/rotation.ts';
import type { FeedState } from '../engine/store.ts';
import { frame } from './frame.ts';
import { fullMoment, moment, type Viewpoint } from './format.ts';
import type { Row, ViewModel } from './row.ts';
import { names } from './statusBar.ts';

/** The Week view: who holds each schedule, until when, and who is next. */
export function weekView(
  state: FeedState<Rotation, Failure>,
  account: Account | undefined,
  from: Viewpoint,
  onCallUrl: string,
): ViewModel {
  return frame(state, from, {
    noun: 'schedules',
    empty: 'None of the schedules named in drDre.ops.schedules was found, or you may not see them.',
    rows: [...state.records.values()].map((rotation) => rotationRow(rotation, account, from, onCallUrl)),
  });
}

function rotationRow(rotation: Rotation, account: Account | undefined, from: Viewpoint, onCallUrl: string): Row {
  const mine = account !== undefined && rotation.current.some((person) => person.accountId === account.accountId);
  const who = mine ? 'you' : names(rotation.current);
  const until = rotation.until === undefined ? '' : ` until ${moment(rotation.until, from)}`;
  return {
    id: `rotation/${rotation.id}`,
    label: rotation.name,
    description: `${who}${until}`,
    icon: mine ? { id: 'pulse', color: 'charts.green' } : { id: 'person' },
    tokens: ['rotation', 'linked'],
    record: { kind: 'rotation', key: rotation.id },
    hover: [rotation.name, `On call: ${who}${until}`, `Time zone of the schedule: ${rotation.timeZone}`],
    spoken: `${rotation.name}: on call is ${who}${until}`,
    link: onCallUrl,
    expanded: true,
    children: shiftRows(rotation, account, from),
  };
}

function shiftRows(rotation: Rotation, account: Account | undefined, from: Viewpoint): Row[] {
  const coming = rotation.shifts.filter((shift) => shift.start > from.now).slice(0, 3);
  return coming.map((shift) => {
    const mine = account !== undefined && shift.people.some((person) => person.accountId === account.accountId);
    const who = mine ? 'you' : names(shift.people);
    const kind = shift.type === 'base' || shift.type === 'historical' ? '' : ` (${shift.type})`;
    return {
      id: `rotation/${rotation.id}/${shift.start}`,
      label: `${moment(shift.start, from)} – ${moment(shift.end, from)}`,
      description: `${who}${kind}`,
      icon: { id: mine ? 'pulse' : 'arrow-small-right' },
      tokens: [],
      hover: [`${who}${kind}`, `From ${fullMoment(shift.start, from)}`, `To ${fullMoment(shift.end, from)}`],
      spoken: `From ${moment(shift.start, from)} to ${moment(shift.end, from)}: ${who}${kind}`,
    };
  });
}

/** The team's on-call page (dre.md 7). */
export function onCallUrl(siteUrl: string, team: string): string {
  const id = team.startsWith('og-') ? team : `og-${team}`;
  return new URL(`/jira/ops/teams/${encodeURIComponent(id)}/on-call`, siteUrl).href;
}
