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
  airflow: 'Airflow',
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
    // What was requested is not there: the failure has the setting, if one names it.
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

/** What is read once, at a person's request: nothing reads it again by itself. */
export const askedOnce = 'Run “Dr. DRE: Refresh” to retry';

/** The one place that turns failures into sentences. `again` is how what failed comes to be read again. */
export function explain(failure: Failure, again = 'Retrying automatically'): Explanation {
  const name = serviceName(failure.service);
  const inside = midSentence(name);
  // What a service says may be a sentence with its full stop: the title gets its own.
  const detail = failure.detail?.replace(/[\s.]+$/, '') ?? '';
  const said = detail === '' ? '' : `: ${detail}`;
  const named = settingOf(failure);
  const setting = named ?? 'the settings';
  switch (failure.kind) {
    case 'notConfigured':
      return { title: `${name} not configured${said}`, wayForward: `Check the setting ${setting}.` };
    case 'notSignedIn':
      return { title: `Not signed in to ${name}`, wayForward: 'Run “Dr. DRE: Sign In…”.' };
    case 'addressChanged':
      return {
        title: `Confirm the new address of ${inside}`,
        wayForward: 'Your token was given for another address. Run “Dr. DRE: Sign In…”.',
      };
    case 'unauthorized':
      if (!tokenServices.has(failure.service)) {
        return {
          title: `${name} requires a sign-in that Dr. DRE doesn't have${said}`,
          wayForward: `Check the network or VPN, and the setting ${setting}.`,
        };
      }
      return {
        title: 'Token rejected: sign in again',
        wayForward: `${name} did not accept it${said}. It may have expired or lack a scope.`,
      };
    case 'forbidden':
      return {
        title: `You don't have permission (403)${said}`,
        wayForward:
          failure.page !== undefined
            ? `Authorize the token for the organization at ${failure.page}`
            : named === undefined
              ? 'Ask an administrator for access.'
              : `Ask an administrator for access, or check the setting ${named}.`,
      };
    case 'notFound':
      return {
        title: `Not found in ${inside}${said}`,
        wayForward: `It was removed, or you can't see it.${named === undefined ? '' : ` Check ${named}.`}`,
      };
    case 'moved':
      return {
        title: `Renamed or moved in ${inside}${said}`,
        wayForward:
          named === undefined ? 'Refresh to get the new name.' : `Change the setting ${named} to its new name.`,
      };
    case 'paymentRequired':
      return {
        title: `Not in the site's plan${said}`,
        wayForward: 'Everything else works.',
      };
    case 'rateLimited':
      return {
        title: `Too many requests to ${inside}${said}`,
        wayForward:
          failure.retryAfterMs === undefined ? `${again}, less often.` : `${again} ${soon(failure.retryAfterMs)}.`,
      };
    case 'rejected':
      return { title: `Rejected by ${inside}${said}`, wayForward: 'The log has the details.' };
    case 'server':
      if (failure.service === 'airflow') {
        return {
          title: `The rollout dashboard can't read Airflow${said}`,
          wayForward: `${again}. The dashboard itself answers: if this lasts, look at Airflow.`,
        };
      }
      return {
        title: `Server error ${failure.status ?? 500} from ${inside}${said}`,
        wayForward: `${again}. If this lasts, see its status page.`,
      };
    case 'unreachable':
      return {
        title: `Can't reach ${inside}${said}`,
        wayForward: `Check the network or VPN, and the setting ${setting}.`,
      };
    case 'intercepted':
      return {
        title: `Can't reach ${inside}: something else answers${said}`,
        wayForward: `It may be a network's sign-in page, a proxy or single sign-on: open any page in a browser to sign in. Check the network or VPN, and the setting ${setting}.`,
      };
    case 'timeout':
      return { title: `No answer from ${inside} in time${said}`, wayForward: `${again}.` };
    case 'malformed':
      return {
        title: `Can't read the answer from ${inside}${said}`,
        wayForward: `A proxy may be in between, or the service changed. See the log, and check the setting ${setting}.`,
      };
    case 'streamEnded':
      return {
        title: `Lost the live connection to ${inside}${said}`,
        wayForward: 'Rows may be out of date. Reconnecting automatically.',
      };
    case 'toolMissing':
      return {
        title: `Can't run dre${said}`,
        wayForward: `Install dre, or set its path in ${setting}.`,
      };
    case 'storage':
      return {
        title: `Can't write to disk${said}`,
        wayForward: 'Everything works, but the next start will be slower. Check the disk.',
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
