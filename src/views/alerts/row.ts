import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import type { Alert, Priority } from '../../domain/alerts/alert.ts';
import { alertConditionsOf } from '../../domain/alerts/conditions.ts';
import { forgottenReason, type Forgotten } from '../../domain/alerts/forgotten.ts';
import { alertNames, alertText } from '../../domain/alerts/name.ts';
import { hour } from '../../domain/base/time.ts';
import type { Links } from '../../domain/links/join.ts';
import type { Account } from '../../domain/base/account.ts';
import { forgottenSentence, forgottenWords, statusSentence, timesWords } from './words.ts';
import {
  age,
  clockTime,
  dayMoment,
  fullMoment,
  grouped,
  moment,
  shortAgo,
  shortMoment,
  spokenAgo,
  type Viewpoint,
} from '../kit/format.ts';
import { alertFacts, alertHover, alertPlaces, alertTokens } from '../links/words.ts';
import { factsWith, stays, type PendingAction } from '../kit/pendingActions.ts';
import { rowName } from '../kit/people.ts';
import type { Icon, Row, RowToken } from '../kit/row.ts';
import { RowMemory } from '../kit/rowMemory.ts';
import { fitting, pixelsInGroup, neededTitle, restOf, titleBeside } from '../kit/rowWidth.ts';
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
  /** Its group says how it stands. */
  readonly isStatusShown?: boolean | undefined;
  /** How much room its texts have. */
  readonly pixels?: number | undefined;
}

/** One alert as a row. */
export function alertRow(alert: Alert, from: Viewpoint, siteUrl: string, more: AlertRowMore = {}): Row {
  const words = wordsOf(alert, from, more);
  const { wordings, linked, related, places, sentences, pending, forgotten } = words;
  const { account, cluster, hiddenPrefixes = [], pixels = pixelsInGroup(from) } = more;
  const raised = age(alert.createdAt, from);
  const done = [pending?.text, pending?.state, pending?.kept];
  const besides = [siteUrl, from.timeZone, raised, cluster, ...done, account?.name, `${pixels}`];
  const said = wordings.flatMap(({ decisive, further }) => [decisive, further]);
  const lists = [...said, linked, related, places, sentences, hiddenPrefixes, pending?.tokens ?? []].flatMap((list) => [
    ...list,
    '',
  ]);
  return rows.row(alert, [...besides, ...lists], () => {
    const names = alertNames(alert, { hiddenPrefixes, cluster, places });
    const { label, decisive, further } = textsOf(names, words, pixels);
    const rest = label.endsWith('…') ? restOf(names(wholeName), label) : [];
    return {
      id: `alert/${alert.id}`,
      label,
      description: [...factsWith(pending, decisive), ...further, ...rest].join(' · '),
      icon: iconOf(alert, forgotten),
      tokens: tokensOf(alert, words),
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
 * Characters of a name: first where there is room for so many beside all facts, then beside the decisive ones; the
 * shortest whatever else the row says, so that an alert keeps its name.
 */
const namesBesideAll = [96, 80, 64, 52, 44, 40, 36, 32, 28];
const namesBesideDecisive = [24, 22, 20, 18];
/** A name that is cut has so many characters before the row says the same in fewer words. */
const usualName = 18;
const shortestName = 16;

/** One way to say how an alert stands. */
interface Wording {
  /** What must be seen beside the name: since when it is as it is, and who has it; or until when it is snoozed. */
  readonly decisive: readonly string[];
  /** What is said where there is room. */
  readonly further: readonly string[];
}

/**
 * The first wording that leaves enough of a name, else the one that leaves most. What is being done is no fact, so that the
 * name stays meanwhile.
 */
function textsOf(
  names: (longest: number) => string,
  { wordings, pending }: RowWords,
  pixels: number,
): Pick<Wording, 'decisive' | 'further'> & { readonly label: string } {
  let best: (Wording & { readonly label: string }) | undefined;
  for (const wording of wordings) {
    const label = nameBeside(names, wording, pending, pixels);
    if (label === undefined) continue;
    if (best === undefined || label.length > best.label.length) best = { ...wording, label };
    if (!label.endsWith('…') || label.length >= usualName) break;
  }
  if (best !== undefined) return best;
  const { decisive = [], further = [] } = wordings.at(-1) ?? {};
  const name = names(shortestName);
  if (endsWithPlace(name)) return { label: name, decisive, further };
  const labels = decisive.map((_, fewer) => titleBeside(name, decisive.slice(0, decisive.length - fewer), pixels));
  return { label: labels.find(({ length }) => length >= neededTitle) ?? labels.at(-1) ?? name, decisive, further };
}

/** The longest name that is seen beside a wording; undefined where that is none. */
function nameBeside(
  names: (longest: number) => string,
  { decisive, further }: Wording,
  pending: PendingAction | undefined,
  pixels: number,
): string | undefined {
  const needed = pending !== undefined && stays(pending) ? factsWith(pending, decisive) : decisive;
  for (const [lengths, seen] of [
    [namesBesideAll, [...decisive, ...further]],
    [namesBesideDecisive, needed],
  ] as const) {
    const fits = fitting(seen, pixels);
    let longer: string | undefined;
    for (const length of lengths) {
      const label = names(length);
      if (label === longer) continue;
      longer = label;
      if (!fits(label)) continue;
      // Names end with a word; where that leaves room, the next one is seen in part.
      const cut = label.endsWith('…') ? titleBeside(names(wholeName), seen, pixels) : label;
      return cut.length > label.length && cut.startsWith(label.slice(0, -1)) ? cut : label;
    }
  }
  return undefined;
}

/** Whether a name ends with what the alert is about, without which it is the name of others, too. No place is longer. */
function endsWithPlace(name: string): boolean {
  return !name.endsWith('…') && !/\S{19}/.test(name);
}

/** What a row says that the alert alone does not decide. */
interface RowWords {
  /** The one in the most words first; where the last one fits beside no name, the shortest one is cut for it. */
  readonly wordings: readonly Wording[];
  /** What it is related to, for the hover. */
  readonly linked: readonly string[];
  /** What the menu offers of what it is related to. */
  readonly related: readonly RowToken[];
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
  const batch = links?.batchOf(alert, from.now);
  const forgotten = forgottenIn(alert, from, more.forgotten);
  const further = [
    ...(forgotten === undefined ? [] : [forgottenWords(forgotten)]),
    ...alertFacts(batch, from),
    ...(alert.count > 1 ? [`×${grouped(alert.count)}`] : []),
  ];
  return {
    wordings: wordingsOf(alert, forgotten, from, more, further),
    linked: links === undefined ? [] : alertHover(alert, batch, links, from),
    related: links === undefined ? [] : alertTokens(alert, batch, links),
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
  { pending, forgotten, related }: Pick<RowWords, 'pending' | 'forgotten' | 'related'>,
): readonly RowToken[] {
  return [
    'alert',
    ...alertConditionsOf(alert),
    ...(forgotten === undefined ? [] : ['forgotten' as const]),
    'linked',
    'identified',
    ...related,
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

/** How it stands, and what follows that. */
function wordingsOf(
  alert: Alert,
  forgotten: Forgotten | undefined,
  from: Viewpoint,
  { account, priorityShown = false, isStatusShown = false }: AlertRowMore,
  further: readonly string[],
): readonly Wording[] {
  const { status, snoozedUntil } = alert;
  const isUnknown = alert.unknownPriority !== undefined;
  // A priority that is not known stands in the row as the service wrote it: it may be an urgent one.
  const priority = priorityShown || isUnknown ? [priorityWord(alert)] : [];
  const owner = alert.owner === undefined ? [] : [rowName(alert.owner, account)];
  if (status === 'snoozed' && forgotten === undefined) {
    const rest = [...owner, age(alert.createdAt, from), ...further];
    if (snoozedUntil !== undefined && !isStatusShown) {
      return snoozeWordings(snoozedUntil, from, isUnknown ? { first: priority } : { next: priority }, rest);
    }
    const end = snoozedUntil === undefined ? 'snoozed' : `until ${shortMoment(snoozedUntil, from)}`;
    return [{ decisive: [...priority, end], further: rest.slice(0, mostFacts - 1) }];
  }
  const state = stateFacts(alert, owner, from, isStatusShown);
  const decisive = state.slice(0, status === 'acknowledged' && alert.owner === undefined ? 1 : 2);
  const left = [...state.slice(decisive.length), ...further].slice(0, mostFacts - decisive.length);
  return [{ decisive: [...priority, ...decisive], further: left }];
}

/** A snooze that ends within this needs no day, also where it ends after midnight. */
const clockAheadMs = 12 * hour;

/**
 * That it is snoozed and until when, before its priority, which its icon shows, too. Where even a short name leaves no
 * room for that, only until when.
 */
function snoozeWordings(
  end: number,
  from: Viewpoint,
  { first = [], next = [] }: { readonly first?: readonly string[]; readonly next?: readonly string[] },
  rest: readonly string[],
): readonly Wording[] {
  const ahead = end - from.now;
  const until = `until ${shortMoment(end, from)}`;
  const isClockEnough = ahead >= 0 && ahead < clockAheadMs;
  const short = isClockEnough ? clockTime(end, from) : dayMoment(end, from);
  const further = [...next, ...rest.slice(0, mostFacts - 1)];
  return [
    { decisive: [...first, `snoozed ${until}`], further },
    { decisive: [...first, `snoozed until ${short}`], further },
    {
      decisive: [...first, ...next, isClockEnough ? `until ${short}` : until],
      further: ['snoozed', ...rest].slice(0, mostFacts - 1),
    },
  ];
}

/** Since when it is as it is, and who has it. */
function stateFacts(
  { status, unknownStatus, createdAt, closedAt }: Alert,
  owner: readonly string[],
  from: Viewpoint,
  isStatusShown: boolean,
): readonly string[] {
  switch (status) {
    case 'open':
      return [...(unknownStatus === undefined ? [] : [`“${unknownStatus}”`]), age(createdAt, from), ...owner];
    case 'acknowledged':
      return [age(createdAt, from), ...(owner.length === 0 ? ['acknowledged'] : owner)];
    case 'snoozed':
      return [age(createdAt, from), ...owner];
    case 'closed':
      if (closedAt === undefined) return ['closed'];
      return [isStatusShown ? age(closedAt, from) : `closed ${age(closedAt, from)}`];
  }
}

/** "Fired 3 times, last 4m ago", for an alert that came more than once. */
function lastFired({ lastOccurredAt, count }: Alert, from: Viewpoint): readonly string[] {
  if (count <= 1) return [];
  const last = lastOccurredAt === undefined ? '' : `, last ${shortAgo(lastOccurredAt, from)}`;
  return [`Fired ${timesWords(count)}${last}`];
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
    alert.count > 1 ? `fired ${timesWords(alert.count)}` : undefined,
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
  if (pages?.siteUrl !== siteUrl) pages = { siteUrl, href: new URL('/jira/ops/alerts/', siteUrl).href };
  return `${pages.href}${encodeURIComponent(alertId)}`;
}

/** Where the alerts of a site have their pages: a list makes the address of each of its alerts. */
let pages: { readonly siteUrl: string; readonly href: string } | undefined;
