import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import type { Alert, Priority } from '../../domain/alerts/alert.ts';
import { alertConditionsOf } from '../../domain/alerts/conditions.ts';
import { forgottenReason, type Forgotten } from '../../domain/alerts/forgotten.ts';
import { alertNames, alertText } from '../../domain/alerts/name.ts';
import type { Links } from '../../domain/links/join.ts';
import type { Account } from '../../domain/rotation/rotation.ts';
import { forgottenSentence, forgottenWords, statusSentence } from './words.ts';
import { age, fullMoment, grouped, moment, shortAgo, shortMoment, spokenAgo, type Viewpoint } from '../kit/format.ts';
import { alertFacts, alertHover, alertPlaces } from '../links/words.ts';
import { factsWith, stays, type PendingAction } from '../kit/pendingActions.ts';
import { rowName } from '../kit/people.ts';
import type { Icon, Row, RowToken } from '../kit/row.ts';
import { RowMemory } from '../kit/rowMemory.ts';
import { fitsBeside, pixelsInGroup, restOf } from '../kit/rowWidth.ts';
import { priorityNames } from './priorityNames.ts';

/** Each priority has a shape and a color of its own. */
const priorityIcons: Record<Priority, Required<Icon>> = {
  P1: { id: 'flame', color: 'drDre.alert.p1' },
  P2: { id: 'bell-dot', color: 'drDre.alert.p2' },
  P3: { id: 'bell', color: 'drDre.alert.p3' },
  P4: { id: 'info', color: 'drDre.alert.p4' },
  P5: { id: 'circle-small', color: 'drDre.alert.p4' },
};

/** By what an open or acknowledged alert counts as forgotten. */
export interface ForgottenRules {
  /** How long an alert may be open without anybody acknowledging it, milliseconds. */
  readonly openAgeMs: number;
  /** Whether an alert has a note, as far as that is known. */
  readonly hasNote: (alertId: string) => boolean | undefined;
}

/** What a row says besides the alert itself. */
export interface AlertRowMore {
  readonly pending?: PendingAction | undefined;
  readonly links?: Links | undefined;
  /** Without them no alert counts as forgotten. */
  readonly forgotten?: ForgottenRules | undefined;
  /** Who is signed in. */
  readonly account?: Account | undefined;
  /** What names of alerts leave out at their beginning. */
  readonly hiddenPrefixes?: readonly string[] | undefined;
  /** The cluster that the group of the row names. */
  readonly cluster?: string | undefined;
  /** The rows around it have other priorities, so that the description names its own. */
  readonly priorityShown?: boolean | undefined;
  /** Its group says that it is closed. */
  readonly isAmongClosed?: boolean | undefined;
  /** How much room its texts have. */
  readonly pixels?: number | undefined;
}

/** One alert as a row. */
export function alertRow(alert: Alert, from: Viewpoint, siteUrl: string, more: AlertRowMore = {}): Row {
  const words = wordsOf(alert, from, more);
  const { decisive, further, linked, places, sentences, pending, forgotten } = words;
  const { account, cluster, hiddenPrefixes = [], pixels = pixelsInGroup(from) } = more;
  const raised = age(alert.createdAt, from);
  const done = [pending?.text, pending?.state, pending?.kept];
  const besides = [siteUrl, from.timeZone, raised, cluster, ...done, account?.name, `${pixels}`];
  const lists = [decisive, further, linked, places, sentences, hiddenPrefixes, pending?.tokens ?? []].flatMap(
    (list) => [...list, ''],
  );
  return rows.row(alert, [...besides, ...lists], () => {
    const names = alertNames(alert, { hiddenPrefixes, cluster, places });
    const label = nameBeside(names, words, pixels);
    const rest = label.endsWith('…') ? restOf(names(wholeName), label) : [];
    return {
      id: `alert/${alert.id}`,
      label,
      description: [...factsWith(pending, decisive), ...further, ...rest].join(' · '),
      icon: iconOf(alert, forgotten),
      tokens: tokensOf(alert, pending, forgotten),
      record: { kind: 'alert', key: alert.id },
      hover: hover(alert, from, words),
      spoken: spoken(alert, from, words),
      command: 'drDre.alerts.open',
      copied: alert.id,
      name: alert.message,
      link: alertUrl(siteUrl, alert.id),
    };
  });
}

const rows = new RowMemory<Alert>();

/** No name has more characters than this. */
const wholeName = 20_000;

/**
 * Characters of a name: first where there is room for so many beside all facts, then beside since when the alert is
 * there and who has it; the shortest whatever else the row says, so that an alert keeps its name.
 */
const namesBesideAll = [96, 80, 64, 52, 44, 40, 36, 32, 28];
const namesBesideDecisive = [24, 22, 20, 18];
const shortestName = 16;

/** The longest name beside which the facts are seen. What is being done is none, so that the name stays meanwhile. */
function nameBeside(
  names: (longest: number) => string,
  { decisive, further, pending }: RowWords,
  pixels: number,
): string {
  const facts = [...decisive, ...further];
  const least = pending !== undefined && stays(pending) ? factsWith(pending, decisive) : decisive;
  for (const [lengths, seen] of [
    [namesBesideAll, facts],
    [namesBesideDecisive, least],
  ] as const) {
    for (const length of lengths) {
      const name = names(length);
      if (fitsBeside(name, seen, pixels)) return name;
    }
  }
  return names(shortestName);
}

/** What a row says that the alert alone does not decide. */
interface RowWords {
  /** What must be seen beside the name: since when it is as it is, and who has it. */
  readonly decisive: readonly string[];
  /** What is said where there is room. */
  readonly further: readonly string[];
  /** What it is related to, for the hover. */
  readonly linked: readonly string[];
  /** What it is about, as short as people say it. */
  readonly places: readonly string[];
  /** How it stands, for the hover. */
  readonly sentences: readonly string[];
  readonly pending: PendingAction | undefined;
  readonly forgotten: Forgotten | undefined;
}

function prioritySentence(alert: Alert): string {
  if (alert.unknownPriority !== undefined) return `Priority ${priorityWord(alert)}, which is not known here`;
  return `${alert.priority} ${priorityNames[alert.priority]}`;
}

/** More facts than these are in the hover. */
const mostFacts = 3;

function wordsOf(alert: Alert, from: Viewpoint, more: AlertRowMore): RowWords {
  const { pending, links } = more;
  const forgotten = forgottenIn(alert, from, more.forgotten);
  const state = stateFacts(alert, forgotten, from, more);
  // Of a snoozed one until when it is quiet, of the others since when and, where that is known, who.
  const isSnoozed = alert.status === 'snoozed' && forgotten === undefined;
  const decisive = state.slice(0, isSnoozed || (alert.status === 'acknowledged' && alert.owner === undefined) ? 1 : 2);
  const further = [
    ...(forgotten === undefined ? [] : [forgottenWords(forgotten)]),
    ...(links === undefined ? [] : alertFacts(alert, links, from)),
    ...(alert.count > 1 ? [`×${grouped(alert.count)}`] : []),
  ];
  return {
    // A priority that is not known stands in the row as the service wrote it: it may be an urgent one.
    decisive:
      more.priorityShown === true || alert.unknownPriority !== undefined
        ? [priorityWord(alert), ...decisive]
        : decisive,
    further: [...state.slice(decisive.length), ...further].slice(0, mostFacts - decisive.length),
    linked: links === undefined ? [] : alertHover(alert, links, from),
    places: links === undefined ? [] : alertPlaces(alert, links),
    sentences: [
      statusSentence(alert, from),
      ...(forgotten === undefined ? [] : [forgottenSentence(forgotten, from)]),
      ...lastFired(alert, from),
    ],
    pending,
    forgotten,
  };
}

function forgottenIn(alert: Alert, { now }: Viewpoint, rules: ForgottenRules | undefined): Forgotten | undefined {
  if (rules === undefined) return undefined;
  return forgottenReason(alert, { now, openAgeMs: rules.openAgeMs, hasNote: rules.hasNote(alert.id) });
}

/** What the menus offer, by what the alert's state allows. */
function tokensOf(
  alert: Alert,
  pending: PendingAction | undefined,
  forgotten: Forgotten | undefined,
): readonly RowToken[] {
  return [
    'alert',
    ...alertConditionsOf(alert),
    ...(forgotten === undefined ? [] : ['forgotten' as const]),
    'linked',
    'identified',
    ...(pending?.tokens ?? []),
  ];
}

/**
 * The shape is the priority's, whatever else is to be said. In color: it waits for somebody. What was done to it changes
 * nothing here, as it is said in words.
 */
function iconOf({ priority, status }: Alert, forgotten: Forgotten | undefined): Icon {
  const icon = priorityIcons[priority];
  return status === 'open' || forgotten !== undefined ? icon : { id: icon.id, color: 'drDre.alert.handled' };
}

/** Since when it is as it is, and who has it or until when it is quiet. */
function stateFacts(
  alert: Alert,
  forgotten: Forgotten | undefined,
  from: Viewpoint,
  { account, isAmongClosed = false }: AlertRowMore,
): readonly string[] {
  const { status, unknownStatus, createdAt, snoozedUntil, closedAt } = alert;
  const owner = alert.owner === undefined ? [] : [rowName(alert.owner, account)];
  switch (status) {
    case 'open':
      return [...(unknownStatus === undefined ? [] : [`“${unknownStatus}”`]), age(createdAt, from), ...owner];
    case 'acknowledged':
      return [age(createdAt, from), ...(alert.owner === undefined ? ['acknowledged'] : owner)];
    case 'snoozed':
      if (forgotten !== undefined) return [age(createdAt, from), ...owner];
      return [
        snoozedUntil === undefined ? 'snoozed' : `until ${shortMoment(snoozedUntil, from)}`,
        age(createdAt, from),
        ...owner,
      ];
    case 'closed':
      if (closedAt === undefined) return ['closed'];
      return [isAmongClosed ? age(closedAt, from) : `closed ${age(closedAt, from)}`];
  }
}

/** "Fired 3 times, last 4m ago", for an alert that came more than once. */
function lastFired({ lastOccurredAt, count }: Alert, from: Viewpoint): readonly string[] {
  if (count <= 1) return [];
  const last = lastOccurredAt === undefined ? '' : `, last ${shortAgo(lastOccurredAt, from)}`;
  return [`Fired ${grouped(count)} times${last}`];
}

function spoken(alert: Alert, from: Viewpoint, { pending, forgotten }: RowWords): string {
  const said = [
    `${alert.status} ${priorityWord(alert)} alert: ${alertText(alert)}`,
    pending?.text,
    alert.status === 'open' && alert.unknownStatus !== undefined ? statusSentence(alert, from) : undefined,
    `raised ${spokenAgo(alert.createdAt, from)}`,
    alert.owner === undefined ? 'no owner' : `owner ${alert.owner}`,
    forgotten === undefined ? undefined : forgottenWords(forgotten),
    alert.status === 'snoozed' && alert.snoozedUntil !== undefined
      ? `snoozed until ${moment(alert.snoozedUntil, from)}`
      : undefined,
    alert.count > 1 ? `fired ${grouped(alert.count)} times` : undefined,
  ];
  return said.filter((part) => part !== undefined).join(', ');
}

/** For reading: what it is, what failed, how it stands and since when, who has it, what it is related to, and the rest. */
function hover(alert: Alert, from: Viewpoint, words: RowWords): readonly string[] {
  const { pending, sentences, linked } = words;
  const title = alertText(alert);
  const shown = [title, ...linked].join('\n');
  const isNew = (text: string): boolean => text !== '' && !shown.includes(text);
  const tags = alert.tags.filter((tag) => isNew(tag.slice(tag.indexOf(':') + 1)));
  return [
    title,
    ...(pending === undefined ? [] : [pending.text]),
    ...(pending?.kept === undefined ? [] : [`Not sent, but kept: ${pending.kept}`]),
    `${prioritySentence(alert)}, raised ${shortAgo(alert.createdAt, from)}, ${fullMoment(alert.createdAt, from)}`,
    ...sentences,
    ...linked,
    ...(isNew(alert.entity) ? [`Entity: ${alert.entity}`] : []),
    ...(alert.source === '' ? [] : [`Source: ${alert.source}`]),
    ...(tags.length === 0 ? [] : [`Tags: ${tags.join(', ')}`]),
    `#${alert.tinyId}`,
  ];
}

/** The alert's page in Jira (atlassian.md 2.7: the API gives no address, this form is used by live tools). */
export function alertUrl(siteUrl: string, alertId: string): string {
  return new URL(`/jira/ops/alerts/${encodeURIComponent(alertId)}`, siteUrl).href;
}
