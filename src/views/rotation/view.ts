import { capitalized } from '../../domain/base/capitalized.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Person, Rotation, Shift } from '../../domain/rotation/rotation.ts';
import { gaps, holding, samePeople, type Holding } from '../../domain/rotation/shift.ts';
import { type Instant, type Span } from '../../domain/base/time.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { eachRow } from '../kit/faults.ts';
import { frame } from '../kit/frame.ts';
import { dayMoment, clockTime, fullMoment, moment, shortMoment, type Viewpoint } from '../kit/format.ts';
import { factsWith, stays, type PendingAction } from '../kit/pendingActions.ts';
import type { Icon, RecordRef, Row, ViewModel } from '../kit/row.ts';
import { fitsBeside, neededTitle, pixelsBesideGroups, pixelsInIconGroup, titleBeside } from '../kit/rowWidth.ts';
import { openSetting } from '../kit/waysForward.ts';
import { rowName } from '../kit/people.ts';
import { teamPage } from '../kit/teamPage.ts';
import { names, pagingWords, whoWords } from './statusBar.ts';

const mostRows = 3;

const standInWords: Partial<Record<Shift['type'], string>> = { override: 'Override', forwarding: 'Forwarding' };

/**
 * The Week view: who holds each schedule and until when, whether it pages now, who is next, and when it is my turn.
 * `duties`: what the week requires besides, below the schedules.
 */
export function weekView(
  state: FeedState<Rotation, Failure>,
  account: Account | undefined,
  from: Viewpoint,
  onCallUrl: string,
  pending: ReadonlyMap<string, PendingAction> = new Map(),
  duties: readonly Row[] = [],
): ViewModel {
  const model = frame(state, from, {
    noun: 'schedules',
    empty: "Can't find any schedule that drDre.ops.schedules names. Check the names, and whether you may see them.",
    ways: [openSetting('drDre.ops.schedules')],
    rows: eachRow(
      state.records.values(),
      ({ id }) => `rotation/${id}`,
      (rotation) => rotationRow(rotation, account, from, onCallUrl, pending.get(rotation.id)),
    ),
  });
  return model.situation !== 'rows' || duties.length === 0 ? model : { ...model, rows: [...model.rows, ...duties] };
}

function rotationRow(
  rotation: Rotation,
  account: Account | undefined,
  from: Viewpoint,
  onCallUrl: string,
  pending: PendingAction | undefined,
): Row {
  const standing = holding(rotation, account, from.now);
  const who = whoWords(standing, from);
  const paging = pagingWords(standing, from);
  const onCall = naming(standing.onCall ?? []);
  const off = rotation.disabled === true ? 'switched off, it pages nobody' : undefined;
  const known = [
    rotation.name,
    ...(off === undefined ? [] : [capitalized(off)]),
    `On call: ${who}`,
    ...(paging === undefined ? [] : [capitalized(paging)]),
  ];
  return {
    id: `rotation/${rotation.id}`,
    ...onCall,
    ...textsOf(rotation, standing, pending, from),
    icon: rotationIcon(rotation, standing),
    tokens: [
      'rotation',
      // Who is not known to hold it may take it.
      ...(standing.mine.onCall === true ? [] : (['takeable'] as const)),
      ...(isHandable(standing) ? (['handable'] as const) : []),
      'linked',
      'identified',
      ...onCall.tokens,
      ...(pending?.tokens ?? []),
    ],
    record: { kind: 'rotation', key: rotation.id },
    hover: [...known, `Time zone of the schedule: ${rotation.timeZone}`],
    spoken: `${rotation.name}: ${[pending?.text, off]
      .filter((fact) => fact !== undefined)
      .map((fact) => `${fact}, `)
      .join('')}on call: ${who}${paging === undefined ? '' : `, ${paging}`}`,
    copied: rotation.id,
    link: onCallUrl,
    expanded: true,
    children: [
      ...gapRows(rotation, from),
      ...notReadRows(rotation),
      ...pagingRows(rotation, paging, standing),
      ...nextRows(rotation, standing, account, from),
      ...myRows(rotation, standing, from),
      ...overrideRows(rotation, standing, account, from),
    ].map((row) => offering(row, onCallUrl)),
  };
}

/**
 * Its name, and who is on call and until when in the first of these words that leaves enough of the name: with the hour,
 * then with the day alone, and with fewer letters of names. What became of an action stands in front while it stays.
 */
function textsOf(
  { name, disabled }: Rotation,
  standing: Holding,
  pending: PendingAction | undefined,
  from: Viewpoint,
): Pick<Row, 'label'> & { readonly description: string } {
  const off = disabled === true ? ['switched off'] : [];
  const words = [moment, shortMoment, dayMoment, undefined].flatMap((format) =>
    nameLengths.map((longest) => {
      const named = (people: readonly Person[]): string => shortNames(people, longest);
      return format === undefined
        ? whoWords({ ...standing, until: undefined }, from, named)
        : whoWords(standing, from, named, format);
    }),
  );
  const textsWith = (who: string): Pick<Row, 'label'> & { readonly facts: readonly string[] } => {
    const facts = [...off, who];
    const seen = pending !== undefined && stays(pending) ? factsWith(pending, facts) : facts;
    return { label: titleBeside(name, seen, pixelsBesideGroups(from)), facts };
  };
  const texts = words.map(textsWith);
  const { label, facts } = texts.find((each) => !each.label.endsWith('…') || each.label.length >= neededTitle) ??
    texts.at(-1) ?? { label: name, facts: off };
  return { label, description: factsWith(pending, facts).join(' · ') };
}

/** What *Copy Name* takes from a row that is about these people. */
function naming(people: readonly Person[]): Pick<Row, 'tokens' | 'name'> {
  return people.length === 0 ? { tokens: [] } : { tokens: ['named'], name: names(people) };
}

/** A click on a row of a schedule offers what can be done about it; the menu copies the link of the on-call page. */
function offering(row: Row, link: string): Row {
  return row.command === undefined
    ? { ...row, command: 'drDre.rotation.showActions', tokens: [...row.tokens, 'linked'], link }
    : row;
}

/** What is done to a schedule changes nothing here, as it is said in words. */
function rotationIcon(rotation: Rotation, { mine, onCall, hours }: Holding): Icon {
  if (rotation.disabled === true) return { id: 'warning', color: 'drDre.warning' };
  if (mine.onCall === true) return { id: 'pulse', color: 'charts.green' };
  if (onCall?.length !== 0) return { id: 'person' };
  return hours.kind === 'closed' ? { id: 'bell-slash' } : { id: 'warning', color: 'drDre.warning' };
}

/** A turn that runs or comes can be given to somebody. */
function isHandable({ mine }: Holding): boolean {
  return mine.current !== undefined || mine.next !== undefined;
}

/** What a row of a shift or an override is a row of: the schedule and when it starts. */
export function spanOf(record: RecordRef): { readonly scheduleId: string; readonly start: Instant } | undefined {
  const [, scheduleId, start] = /^([^/]+)\/(\d{1,16})$/.exec(record.key) ?? [];
  return scheduleId === undefined ? undefined : { scheduleId, start: Number(start) };
}

function pagingRows(rotation: Rotation, paging: string | undefined, { hours }: Holding): Row[] {
  if (paging === undefined) return [];
  const icon = hours.kind === 'closed' ? 'bell-slash' : 'bell';
  const label = capitalized(paging);
  return [{ id: `rotation/${rotation.id}/paging`, label, icon: { id: icon }, tokens: [], spoken: label }];
}

/** Who takes over next. A turn that begins with an override or a forwarding is that one's row, too. */
function nextRows(rotation: Rotation, { next }: Holding, account: Account | undefined, from: Viewpoint): Row[] {
  if (next === undefined) return [];
  const standIn = standInsOf(rotation, from).find((each) => isTurnOf(each, next));
  const word = standIn === undefined ? [] : [(standInWords[standIn.type] ?? '').toLowerCase()];
  const who = nameOrYou(next.people, account);
  const when = [`from ${moment(next.from, from)}`, `from ${shortMoment(next.from, from)}`];
  const { label, description } = whoRow('Next', next.people, account, when, from);
  const named = naming(next.people);
  return [
    {
      id: `rotation/${rotation.id}/next`,
      label,
      description: [description, ...word].join(' · '),
      icon: { id: standIn === undefined ? 'arrow-small-right' : 'arrow-swap' },
      ...named,
      ...cancelable(rotation, standIn, named.tokens),
      hover: [
        `Next: ${who}`,
        ...(standIn === undefined ? [] : [standInWords[standIn.type] ?? '']),
        `From ${fullMoment(next.from, from)}`,
        ...(standIn === undefined ? [] : [`To ${fullMoment(standIn.end, from)}`]),
      ],
      spoken: [`Next is ${who} from ${moment(next.from, from)}`, ...word].join(', '),
    },
  ];
}

function myRows(rotation: Rotation, { mine }: Holding, from: Viewpoint): Row[] {
  // The turn that runs stands in the row of the schedule itself, except in its nights.
  const current = mine.current !== undefined && mine.onCall === false ? [shiftRow('My shift', mine.current)] : [];
  const next = mine.next === undefined ? [] : [shiftRow('My next shift', mine.next)];
  return [...current, ...next];

  function shiftRow(label: string, { start, end }: Span): Row {
    return {
      id: `rotation/${rotation.id}/mine/${start}`,
      label,
      description: whenBeside(label, spanWords({ start, end }, from), from),
      icon: { id: 'pulse' },
      tokens: ['handable'],
      record: { kind: 'shift', key: `${rotation.id}/${start}` },
      hover: [label, `From ${fullMoment(start, from)}`, `To ${fullMoment(end, from)}`],
      spoken: `${label}: from ${moment(start, from)} to ${moment(end, from)}`,
    };
  }
}

/** The first few times within the hours in which nobody would be paged. */
function gapRows(rotation: Rotation, from: Viewpoint): Row[] {
  return gaps(rotation, from.now)
    .slice(0, mostRows)
    .map(({ start, end }) => ({
      id: `rotation/${rotation.id}/gap/${start}`,
      label: 'Nobody is on call',
      description: whenBeside('Nobody is on call', spanWords({ start, end }, from), from),
      icon: { id: 'warning', color: 'drDre.warning' },
      tokens: [],
      hover: ['Nobody is on call', `From ${fullMoment(start, from)}`, `To ${fullMoment(end, from)}`],
      spoken: `Nobody is on call from ${moment(start, from)} to ${moment(end, from)}`,
    }));
}

/** What could not be read of a schedule: without it a row without a warning would say that all is known. */
function notReadRows(rotation: Rotation): Row[] {
  const what = [
    ...(rotation.partial === true ? ['who is on call when'] : []),
    ...(rotation.hoursNotTold === true ? ['its hours'] : []),
  ].join(' and ');
  if (what === '') return [];
  const label = `Can't read all of it: ${what}`;
  return [
    {
      id: `rotation/${rotation.id}/notTold`,
      label,
      description: 'the log has more',
      icon: { id: 'warning', color: 'drDre.warning' },
      tokens: ['logged'],
      hover: [label],
      spoken: label,
      command: 'drDre.showLog',
    },
  ];
}

/** Those that run or come in which somebody stands in for somebody else. */
function standInsOf(rotation: Rotation, { now }: Viewpoint): readonly Shift[] {
  return rotation.shifts.filter(({ end, type }) => end > now && standInWords[type] !== undefined);
}

/** Whether a turn that comes next begins with a shift, which is of the same people. */
function isTurnOf({ start, people }: Shift, next: NonNullable<Holding['next']>): boolean {
  return start === next.from && samePeople(people, next.people);
}

/** What an override offers. Forwarding is a rule of the person, not of the schedule. */
function cancelable({ id }: Rotation, shift: Shift | undefined, tokens: Row['tokens']): Pick<Row, 'tokens' | 'record'> {
  if (shift?.type !== 'override') return { tokens };
  return { tokens: ['override', ...tokens], record: { kind: 'override', key: `${id}/${shift.start}` } };
}

/** Those in which somebody stands in for somebody else, but for the next turn. A forwarding that comes again is shown once. */
function overrideRows(rotation: Rotation, { next }: Holding, account: Account | undefined, from: Viewpoint): Row[] {
  const standIns = standInsOf(rotation, from).filter((each) => next === undefined || !isTurnOf(each, next));
  const again = ({ type, people }: Shift): readonly Shift[] =>
    type === 'forwarding' ? standIns.filter((each) => each.type === type && samePeople(each.people, people)) : [];
  const shown = standIns.filter((each) => again(each).indexOf(each) <= 0);
  return shown.slice(0, mostRows).map((standIn) => {
    const { start, end, people, type } = standIn;
    const what = standInWords[type] ?? '';
    const label = `${what}: ${nameOrYou(people, account)}`;
    const named = naming(people);
    return {
      id: `rotation/${rotation.id}/standIn/${start}`,
      ...whoRow(what, people, account, startOrEnd({ start, end }, from), from),
      icon: { id: 'arrow-swap' },
      ...named,
      ...cancelable(rotation, standIn, named.tokens),
      hover: [
        label,
        `From ${fullMoment(start, from)}`,
        `To ${fullMoment(end, from)}`,
        ...again(standIn)
          .slice(1, mostRows + 1)
          .map((each) => `Again from ${fullMoment(each.start, from)}`),
      ],
      spoken: `${label}, from ${moment(start, from)} to ${moment(end, from)}`,
    };
  });
}

/** Letters of a first name: as many as there is room for. */
const nameLengths = [8, 7, 6, 5, 4];

/** "Override: Eli" or, of several people, "Override: Eli +1", and when, in the first of these words that fits. */
function whoRow(
  what: string,
  people: readonly Person[],
  account: Account | undefined,
  words: readonly string[],
  from: Viewpoint,
): { readonly label: string; readonly description: string } {
  const isMine = nameOrYou(people, account) === 'you';
  const [first] = people;
  const labelWith = (longest: number): string => {
    const who = isMine ? 'you' : shortNames(first === undefined ? [] : [first], longest);
    return `${what}: ${who}${people.length > 1 ? ` +${people.length - 1}` : ''}`;
  };
  for (const description of words) {
    const label = nameLengths.map(labelWith).find((each) => fitsBeside(each, [description], pixelsInIconGroup(from)));
    if (label !== undefined) return { label, description };
  }
  return { label: labelWith(4), description: words.at(-1) ?? '' };
}

/** The first of these words for which there is room, or the last. */
function whenBeside(label: string, words: readonly string[], from: Viewpoint): string {
  return words.find((each) => fitsBeside(label, [each], pixelsInIconGroup(from))) ?? words.at(-1) ?? '';
}

/** "Thu 14:00 – 18:00" within a day, unless it is shorter than a minute; else what comes next of it. */
function spanWords({ start, end }: Span, from: Viewpoint): readonly string[] {
  const [starts, ends] = [clockTime(start, from), clockTime(end, from)];
  const sameDay = moment(end, { ...from, now: start }) === ends;
  return sameDay && starts !== ends ? [`${moment(start, from)} – ${ends}`] : startOrEnd({ start, end }, from);
}

/** "from Thu 14:00" of what comes, "until Thu 18:00" of what runs; then the same in fewer letters. */
function startOrEnd({ start, end }: Span, from: Viewpoint): readonly string[] {
  const [word, instant] = start > from.now ? (['from', start] as const) : (['until', end] as const);
  return [`${word} ${moment(instant, from)}`, `${word} ${shortMoment(instant, from)}`];
}

/** By first names, as a narrow row names people; the hover has the whole names. */
function shortNames(people: readonly Person[], longest?: number): string {
  return names(
    people.map((person) => (isPerson(person) ? { ...person, name: rowName(person.name, undefined, longest) } : person)),
  );
}

function isPerson(person: Person): person is Person & { readonly name: string } {
  return person.name !== undefined && person.group === undefined;
}

function nameOrYou(people: readonly Person[], account: Account | undefined): string {
  return people.length === 1 && people[0]?.accountId === account?.accountId ? 'you' : names(people);
}

/** The team's on-call page (dre.md 7). */
export function onCallUrl(siteUrl: string, team: string): string {
  return teamPage(siteUrl, team, '/on-call');
}
