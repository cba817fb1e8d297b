import type { ServiceUse } from '../engine/meter.ts';
import type { Reason } from '../engine/schedule.ts';
import type { FeedPlan } from '../feeds/feeds.ts';
import type { Service } from '../domain/failure.ts';
import { blocks } from './documentParts.ts';
import { clockTime, duration, fullMoment, type Viewpoint } from './format.ts';
import { serviceName } from './sentences.ts';

/** GitHub's hourly quota without a token; with one it is in the thousands. */
const anonymousQuota = 60;

/** The request meter as a document: what each service was asked, and when each feed is read next and why. */
export function meterDocument(services: readonly ServiceUse[], plans: readonly FeedPlan[], from: Viewpoint): string {
  const anonymous = services.some(({ service, quota }) => service === 'github' && quota?.limit === anonymousQuota);
  return blocks(
    '# Request meter',
    `Requests of this window in the last hour, as of ${fullMoment(from.now, from)}.`,
    services.length === 0 ? 'No service was asked yet.' : serviceTable(services, from),
    anonymous
      ? 'GitHub is read without signing in: 60 requests an hour for the whole network address, so it is read less often.'
      : '',
    '## Next reads',
    planTable(plans, from),
  );
}

function serviceTable(services: readonly ServiceUse[], from: Viewpoint): string {
  return [
    '| Service | Requests | Unchanged (304) | Failed | Quota left |',
    '| --- | ---: | ---: | ---: | --- |',
    ...services.map((use) => {
      const share = use.calls === 0 ? '' : ` (${Math.round((100 * use.unchanged) / use.calls)} %)`;
      // The engine knows services as words; only ours are ever counted.
      const name = serviceName(use.service as Service);
      return `| ${name} | ${use.calls} | ${use.unchanged}${share} | ${use.failures} | ${quotaText(use, from)} |`;
    }),
  ].join('\n');
}

function quotaText({ quota }: ServiceUse, from: Viewpoint): string {
  if (quota === undefined) return 'not told';
  const of = quota.limit === undefined ? '' : ` of ${quota.limit}`;
  return `${quota.remaining}${of}${quota.resetAt === undefined ? '' : `, whole again at ${clockTime(quota.resetAt, from)}`}`;
}

function planTable(plans: readonly FeedPlan[], from: Viewpoint): string {
  return [
    '| What | Service | Next read | Why |',
    '| --- | --- | --- | --- |',
    ...plans.map(({ name, service, dueAt, reason }) => {
      const when = dueAt === undefined ? 'not planned' : clockTime(dueAt, from);
      return `| ${feedWords(name)} | ${serviceName(service)} | ${when} | ${reasonText(reason)} |`;
    }),
  ].join('\n');
}

/** A feed's name as words: "pullRequests" is "pull requests". */
function feedWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Why a read is when it is, in a few words. */
export function reasonText(reason: Reason | undefined): string {
  if (reason === undefined) return 'being read now, or waits for you (sign-in, permission or a setting)';
  switch (reason.kind) {
    case 'pace': {
      return `${attentionWords[reason.attention]}, every ${duration(reason.everyMs)}${slowedWords[reason.slowed]}`;
    }
    case 'failures':
      return `after a failure, number ${reason.count} in a row`;
    case 'wake':
      return 'the machine woke up, or its network changed';
    case 'burst':
      return 'soon, after an action of yours';
    case 'asked':
      return `the service asked to wait ${duration(reason.waitMs)}`;
  }
}

const attentionWords = { active: 'in sight and on shift', idle: 'not looked at closely', quiet: 'off shift' } as const;
const slowedWords = { no: '', calm: ', slower as nothing changes', pages: ', slower as there are many' } as const;
