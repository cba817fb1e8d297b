import type { Failure, Service } from '../../domain/base/failure.ts';
import { documentOf, heading, paragraph, table, type Block, type Document } from '../../domain/documents/tree.ts';
import type { ServiceUse } from '../../engine/read/meter.ts';
import { longestJitter, type Reason } from '../../engine/read/schedule.ts';
import type { FeedState } from '../../engine/read/store.ts';
import type { Role } from '../../engine/windows/windows.ts';
import { closedAlertsKey } from '../../feeds/alerts/keys.ts';
import type { FeedPlan } from '../../feeds/feeds.ts';
import { clockTime, duration, fullMoment, shortMoment, zoneName, type Viewpoint } from '../kit/format.ts';
import { serviceName } from '../kit/sentences.ts';

/** GitHub's hourly quota without a token; with one it is in the thousands. */
const anonymousQuota = 60;

/** What the meter shows. */
export interface MeterFacts {
  /** The requests of this window; other windows count their own. */
  readonly services: readonly ServiceUse[];
  readonly plans: readonly FeedPlan[];
  /** Whether this window reads for all, another one does, or each for itself. */
  readonly role: Role;
  readonly stateOf: (feed: string) => Pick<FeedState<unknown, Failure>, 'status' | 'loading'>;
}

/** The request meter as a document: the requests to each service, and when each feed is read next and why. */
export function meterDocument(facts: MeterFacts, from: Viewpoint): Document {
  const { services, role } = facts;
  const anonymous = services.some(({ service, quota }) => service === 'github' && quota?.limit === anonymousQuota);
  return documentOf(
    heading(1, 'Request Meter'),
    paragraph(`Requests of this window in the last hour, as of ${fullMoment(from.now, from)}. ${roleWords[role]}`),
    services.length === 0 ? paragraph('This window has sent no request yet.') : serviceTable(services, from),
    anonymous ? paragraph(anonymousNote) : undefined,
    heading(2, 'Next reads'),
    role === 'follower' ? paragraph(readElsewhere) : planTable(facts, from),
  );
}

const anonymousNote =
  'GitHub is read without signing in: 60 requests an hour for the whole network address, so it is read less often.';

const roleWords: Record<Role, string> = {
  leader: 'It reads for all windows.',
  follower: 'Another window reads for all windows, and its requests are counted there.',
  alone: 'It cannot share the reading with other windows, so each reads for itself.',
};

const readElsewhere =
  'The window that reads for all windows plans them: its own request meter shows when and why. This one takes over what was read.';

function serviceTable(services: readonly ServiceUse[], from: Viewpoint): Block {
  const rows = services.map((use) => {
    const share = use.calls === 0 ? '' : ` (${Math.round((100 * use.unchanged) / use.calls)} %)`;
    // The engine has services as words; only ours are ever counted.
    const name = serviceName(use.service as Service);
    return [[name], [`${use.calls}`], [`${use.unchanged}${share}`], [`${use.failures}`], [quotaText(use, from)]];
  });
  // As narrow as an editor beside another one: a table that is wider is cut.
  const head = [['Service'], ['Sent'], ['Unchanged (304)'], ['Failed'], ['Quota left']];
  return table([head, ...rows], [null, 'right', 'right', 'right', null]);
}

function quotaText({ quota }: ServiceUse, from: Viewpoint): string {
  if (quota === undefined) return 'unknown';
  const of = quota.limit === undefined ? '' : ` of ${quota.limit}`;
  return `${quota.remaining}${of}${quota.resetAt === undefined ? '' : `, resets at ${clockTime(quota.resetAt, from)}`}`;
}

function planTable({ plans, stateOf }: MeterFacts, from: Viewpoint): Block {
  const rows = plans.map(({ name, service, dueAt, reason }) => {
    const when = dueAt === undefined ? 'not planned' : shortMoment(dueAt, from);
    const why = reason === undefined ? unplannedText(name, stateOf(name)) : reasonText(reason);
    return [[feedWords(name)], [serviceName(service)], [when], [why]];
  });
  return table([[['What'], ['Service'], [`Next read (${zoneName(from.now, from)})`], ['Why']], ...rows]);
}

/** Why no read of a feed is planned. */
function unplannedText(name: string, { status, loading }: ReturnType<MeterFacts['stateOf']>): string {
  if (loading) return 'being read now';
  switch (status) {
    case 'notSignedIn':
      return 'waits until you sign in';
    case 'notPermitted':
      return 'waits until you have permission';
    case 'notConfigured':
      return 'waits for a setting';
    case 'neverLoaded':
    case 'fresh':
    case 'stale':
    case 'failing':
      return name === closedAlertsKey.name ? 'read while it is shown' : 'about to be read';
  }
}

/** A feed's name as words: "pullRequests" is "pull requests". */
function feedWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Why a read is when it is, in a few words. */
function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'pace': {
      return `${attentionWords[reason.attention]}, every ${intervalWords(reason.everyMs)}${slowedWords[reason.slowed]}`;
    }
    case 'failures':
      return reason.count === 1 ? 'after a failure' : `after ${reason.count} failures in a row`;
    case 'wake':
      return 'the machine woke up, or its network changed';
    case 'burst':
      return 'soon, after an action of yours';
    case 'doubt':
      return 'checks again: the last read found nothing';
    case 'notYet':
      return reason.count === 1
        ? 'the service had nothing yet'
        : `the service had nothing yet, ${reason.count} times in a row`;
    case 'pause':
      return `the service requires a wait of ${duration(reason.waitMs)}`;
  }
}

/** The shortest and the longest interval of a pace, as each read is put off at random. */
function intervalWords(everyMs: number): string {
  return [...new Set([duration(everyMs), duration(everyMs * longestJitter)])].join(' to ');
}

const attentionWords = { active: 'visible, on shift', idle: 'in background', quiet: 'off shift' } as const;
const slowedWords = { no: '', calm: ', slower as nothing changes', pages: ', slower as there are many' } as const;
