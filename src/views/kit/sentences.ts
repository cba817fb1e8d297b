import type { Failure, Service } from '../../domain/base/failure.ts';
import { duration } from './format.ts';

/** A failure as a person reads it: what is wrong, and the way forward. */
export interface Explanation {
  /** One short sentence without a full stop, fit for a row. */
  readonly title: string;
  /** What to do about it, one sentence. */
  readonly wayForward: string;
}

const names: Record<Service, string> = {
  ops: 'Jira Service Management',
  jira: 'Jira',
  github: 'GitHub',
  governance: 'NNS governance',
  rollouts: 'The rollout dashboard',
  slack: 'Slack',
  dre: 'dre',
  disk: 'The local disk',
};

/** What a service is called in a sentence. */
export function serviceName(service: Service): string {
  return names[service];
}

/** The setting that says where a service is. */
const addresses: Partial<Record<Service, string>> = {
  ops: 'drDre.atlassian.apiUrl',
  jira: 'drDre.atlassian.site',
  github: 'drDre.github.apiUrl',
  governance: 'drDre.governance.host',
  rollouts: 'drDre.rollouts.url',
  slack: 'drDre.slack.apiUrl',
  dre: 'drDre.dre.path',
};

/** Those that a person signs in to. */
const tokenServices: ReadonlySet<Service> = new Set(['ops', 'jira', 'github', 'slack']);

/** Id of the setting that can mend a failure; undefined where none can. */
export function settingOf({ kind, service, setting }: Failure): string | undefined {
  if (setting !== undefined) return setting;
  switch (kind) {
    case 'notConfigured':
    case 'unreachable':
    case 'intercepted':
    case 'malformed':
    case 'toolMissing':
      return addresses[service];
    case 'unauthorized':
      return tokenServices.has(service) ? undefined : addresses[service];
    // What is asked for is not there: whoever asked knows whether a setting names it.
    case 'forbidden':
    case 'notFound':
    case 'moved':
    case 'rejected':
    case 'notSignedIn':
    case 'addressChanged':
    case 'paymentRequired':
    case 'rateLimited':
    case 'server':
    case 'timeout':
    case 'streamEnded':
    case 'storage':
    case 'cancelled':
      return undefined;
  }
}

/** What is read once, because a person wants it: nothing asks for it again by itself. */
export const askedOnce = 'Run “Dr. DRE: Refresh” to ask again';

/** The one place that turns failures into sentences. `again` is how what failed comes to be asked again. */
export function explain(failure: Failure, again = 'It is asked again by itself'): Explanation {
  const name = serviceName(failure.service);
  // What a service says may be a sentence with its full stop: the title gets its own.
  const detail = failure.detail?.replace(/[\s.]+$/, '') ?? '';
  const said = detail === '' ? '' : `: ${detail}`;
  const named = settingOf(failure);
  const setting = named ?? 'the settings';
  switch (failure.kind) {
    case 'notConfigured':
      return { title: `${name} is not configured${said}`, wayForward: `Check the setting ${setting}.` };
    case 'notSignedIn':
      return { title: `Not signed in to ${name}`, wayForward: 'Run “Dr. DRE: Sign In…”.' };
    case 'addressChanged':
      return {
        title: `The address of ${name} was changed`,
        wayForward:
          'Your token was given for another one. Run “Dr. DRE: Sign In…” to confirm this one or to sign in anew.',
      };
    case 'unauthorized':
      if (!tokenServices.has(failure.service)) {
        return {
          title: `${name} asks for a sign-in that Dr. DRE does not have${said}`,
          wayForward: `Check the network or VPN, and the setting ${setting}.`,
        };
      }
      return {
        title: `${name} did not accept the token${said}`,
        wayForward: 'It may have expired, or lack a scope. Sign in again with a fresh token.',
      };
    case 'forbidden':
      return {
        title: `${name} does not permit this${said}`,
        wayForward:
          failure.page !== undefined
            ? `Authorize the token for the organization at ${failure.page}`
            : named === undefined
              ? 'Ask an administrator for access.'
              : `Ask an administrator for access, or check the setting ${named}.`,
      };
    case 'notFound':
      return {
        title: `${name} does not know what was asked for${said}`,
        wayForward: `It may have been removed, or you may not be permitted to see it.${named === undefined ? '' : ` Check ${named}.`}`,
      };
    case 'moved':
      return {
        title: `${name} has another name for what was asked for${said}`,
        wayForward:
          named === undefined
            ? 'Read the list again: it has the new name.'
            : `It was renamed or moved. Change the setting ${named} to its new name.`,
      };
    case 'paymentRequired':
      return {
        title: `The plan of the site lacks this feature${said}`,
        wayForward: 'Nothing to do here; the rest works.',
      };
    case 'rateLimited':
      return {
        title: `${name} asks to slow down${said}`,
        wayForward:
          failure.retryAfterMs === undefined ? `${again}, less often.` : `${again} ${soon(failure.retryAfterMs)}.`,
      };
    case 'rejected':
      return { title: `${name} refused${said}`, wayForward: 'The log has the details.' };
    case 'server':
      return {
        title: `${name} has a problem (${failure.status ?? 500})${said}`,
        wayForward: `${again}. See its status page if this lasts.`,
      };
    case 'unreachable':
      return {
        title: `${name} cannot be reached${said}`,
        wayForward: `Check the network or VPN, and the setting ${setting}.`,
      };
    case 'intercepted':
      return {
        title: `Something else answers in place of ${midSentence(name)}${said}`,
        wayForward: `It may be the sign-in page of the network, a proxy or single sign-on: open any page in a browser to sign in. Check the network or VPN, and the setting ${setting}.`,
      };
    case 'timeout':
      return { title: `${name} did not answer in time${said}`, wayForward: `${again}.` };
    case 'malformed':
      return {
        title: `${name} gave an answer that cannot be read${said}`,
        wayForward: `It may be a proxy or a changed service. The log has the details; check ${setting}.`,
      };
    case 'streamEnded':
      return {
        title: `${name} stopped sending changes${said}`,
        wayForward: 'What you see may be old. It is connected again by itself.',
      };
    case 'toolMissing':
      return {
        title: `The program dre cannot be run${said}`,
        wayForward: `Install dre, or set its path in ${setting}.`,
      };
    case 'storage':
      return {
        title: `The local disk refused${said}`,
        wayForward: 'Everything works, but it will not be there at once on the next start. Check the disk.',
      };
    case 'cancelled':
      return { title: 'Cancelled', wayForward: 'Run it again when you want to.' };
  }
}

function midSentence(name: string): string {
  return name.replace(/^The /, 'the ');
}

function soon(ms: number): string {
  const length = duration(ms);
  return length === 'now' ? 'in a moment' : `in ${length}`;
}
