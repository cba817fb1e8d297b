import * as z from 'zod/mini';
import type { AtlassianCredentials } from '../../domain/base/atlassianCredentials.ts';
import { visibleLine } from '../../domain/base/harmless.ts';
import type { Failure, Service } from '../../domain/base/failure.ts';
import { fail, ok, type Result } from '../../domain/base/result.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Http, HttpRequest } from '../http.ts';
import { createReport, type Report } from '../records.ts';

export interface AtlassianOptions {
  readonly http: Http;
  /** The Jira site. */
  readonly site: URL;
  /** The API gateway. */
  readonly apiUrl: URL;
  /**
   * Undefined when nobody is signed in; `addressChanged` when what there is was given for other addresses than these.
   */
  readonly credentials: () => Promise<AtlassianCredentials | 'addressChanged' | undefined>;
  readonly log: (line: string) => void;
}

/** A call by its path below a base. */
export interface AtlassianCall {
  readonly operation: string;
  readonly method?: HttpRequest['method'];
  /** Begins with a slash; every id in it was checked and encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Where a name stands more than once. */
  readonly search?: URLSearchParams;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** What a sign-in reaches. */
export interface SignInReport {
  readonly jira: Result<Account, Failure>;
  readonly ops: Result<{ readonly teams: number }, Failure>;
}

/** The connection to one Atlassian site: credentials, cloud id, and which host works for them. */
export interface Atlassian {
  /** A call to the Jira platform, paths as `/rest/api/3/…`. */
  jira(call: AtlassianCall): Promise<Result<unknown, Failure>>;
  /** A call to the alert operations API, paths as `/v1/…`. */
  ops(call: AtlassianCall): Promise<Result<unknown, Failure>>;
  /** Which host is used for Jira first: the gateway once the credentials have worked there only, until it fails. */
  readonly jiraHost: 'site' | 'gateway';
  /** Who is signed in. */
  account(signal?: AbortSignal): Promise<Result<Account, Failure>>;
  /** What the credentials reach, of Jira and of the alert API separately. */
  checkSignIn(signal?: AbortSignal): Promise<SignInReport>;
  readonly log: (line: string) => void;
  /** What could not be read of records. */
  readonly report: Report;
}

const siteSetting = 'drDre.atlassian.site';
const gatewaySetting = 'drDre.atlassian.apiUrl';
const tenantSchema = z.object({ cloudId: z.string().check(z.regex(/^[0-9a-f-]{36}$/i)) });
const userSchema = z.object({
  accountId: z.string(),
  displayName: z.optional(z.string()),
  timeZone: z.optional(z.string()),
});
const teamsSchema = z.object({ platformTeams: z.optional(z.array(z.unknown())) });

export function createAtlassian(options: AtlassianOptions): Atlassian {
  const { http, site, apiUrl, credentials, log } = options;
  let cloudId: string | undefined;
  /** Tokens with scopes work at the gateway only (atlassian.md 1.1). */
  let jiraHost: Atlassian['jiraHost'] = 'site';

  async function readCloudId(signal: AbortSignal | undefined, service: Service): Promise<Result<string, Failure>> {
    if (cloudId !== undefined) return ok(cloudId);
    const operation = 'find the site';
    const read = await http.json({ service, operation, url: at(site, '/_edge/tenant_info'), signal });
    // Whatever is requested: it is the site that did not answer, and its setting that can mend it.
    if (!read.ok) return fail({ ...read.failure, service: 'jira', setting: siteSetting });
    const parsed = tenantSchema.safeParse(read.value.body);
    if (!parsed.success) {
      const detail = 'the site does not give its id';
      return fail({ kind: 'malformed', service: 'jira', operation, detail, setting: siteSetting, cause: parsed.error });
    }
    cloudId = parsed.data.cloudId;
    return ok(cloudId);
  }

  async function send(service: Service, base: URL, call: AtlassianCall): Promise<Result<unknown, Failure>> {
    const found = await credentials();
    const { operation } = call;
    if (found === undefined || found === 'addressChanged') return fail(withoutCredentials(found, service, operation));
    const url = at(base, call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, `${value}`);
    }
    for (const [name, value] of call.search ?? []) url.searchParams.append(name, value);
    const authorization = `Basic ${toBase64(`${found.email}:${found.token}`)}`;
    const answer = await http.json({
      service,
      operation,
      url,
      signal: call.signal,
      headers: { Authorization: authorization },
      method: call.method,
      body: call.body,
    });
    return answer.ok ? ok(answer.value.body) : answer;
  }

  async function gateway(signal: AbortSignal | undefined): Promise<Result<URL, Failure>> {
    const id = await readCloudId(signal, 'jira');
    return id.ok ? ok(at(apiUrl, `/ex/jira/${id.value}`)) : id;
  }

  async function atGateway(call: AtlassianCall): Promise<Result<unknown, Failure>> {
    const base = await gateway(call.signal);
    if (!base.ok) return base;
    const answer = await send('jira', base.value, call);
    return answer.ok ? answer : fail(ofAddress(answer.failure, gatewaySetting));
  }

  async function jira(call: AtlassianCall): Promise<Result<unknown, Failure>> {
    if (jiraHost === 'gateway') {
      const answer = await atGateway(call);
      if (!answer.ok && isGivenUp(answer.failure)) {
        jiraHost = 'site';
        log(`Jira at the gateway failed (${answer.failure.kind}): the next request goes to the site first`);
      }
      return answer;
    }
    const answer = await send('jira', site, call);
    if (answer.ok || answer.failure.kind !== 'unauthorized') return answer;
    const second = await atGateway(call);
    if (second.ok) {
      jiraHost = 'gateway';
      log('Jira answers at the gateway for this token, not at the site');
      return second;
    }
    // A second refusal without a text says no more than the first one, nor does a gateway that is not found.
    const { kind, operation, detail } = second.failure;
    if (operation !== call.operation) return answer;
    return kind === 'unauthorized' && detail === undefined ? answer : second;
  }

  async function ops(call: AtlassianCall): Promise<Result<unknown, Failure>> {
    const found = await credentials();
    if (found === undefined || found === 'addressChanged') {
      return fail(withoutCredentials(found, 'ops', call.operation));
    }
    const id = await readCloudId(call.signal, 'ops');
    // E-mail address and token work on this base only (atlassian.md 0.1 fact 1).
    return id.ok ? send('ops', at(apiUrl, `/jsm/ops/api/${id.value}`), call) : id;
  }

  async function account(signal?: AbortSignal): Promise<Result<Account, Failure>> {
    const operation = 'read the account';
    const read = await jira({ operation, path: '/rest/api/3/myself', signal });
    if (!read.ok) return read;
    const parsed = userSchema.safeParse(read.value);
    if (!parsed.success) return fail({ kind: 'malformed', service: 'jira', operation, cause: parsed.error });
    const { accountId, displayName, timeZone } = parsed.data;
    const name = visibleLine(displayName ?? '') === '' ? accountId : (displayName ?? accountId);
    return ok({ accountId, name, timeZone });
  }

  return {
    jira,
    ops,
    get jiraHost() {
      return jiraHost;
    },
    account,
    log,
    report: createReport(log),
    async checkSignIn(signal) {
      const [mine, teams] = await Promise.all([
        account(signal),
        ops({ operation: 'list teams', path: '/v1/teams', signal }),
      ]);
      if (!teams.ok) return { jira: mine, ops: teams };
      const parsed = teamsSchema.safeParse(teams.value);
      const count = parsed.success ? (parsed.data.platformTeams?.length ?? 0) : 0;
      if (count > 0) return { jira: mine, ops: ok({ teams: count }) };
      // Missing access shows as an empty list (atlassian.md 0.1 fact 3).
      const failure: Failure = {
        kind: 'forbidden',
        service: 'ops',
        operation: 'list teams',
        detail: 'no team is visible',
      };
      return { jira: mine, ops: fail(failure) };
    },
  };
}

function withoutCredentials(found: 'addressChanged' | undefined, service: Service, operation: string): Failure {
  return { kind: found ?? 'notSignedIn', service, operation };
}

/** Failures that mean that the gateway does not serve this account now. Other failures are its answers. */
function isGivenUp({ kind }: Failure): boolean {
  return (
    kind === 'unauthorized' ||
    kind === 'server' ||
    kind === 'unreachable' ||
    kind === 'intercepted' ||
    kind === 'timeout' ||
    kind === 'malformed'
  );
}

/** Where an address can mend a failure, it is the one that was requested. */
function ofAddress(failure: Failure, setting: string): Failure {
  const { kind } = failure;
  return kind === 'unreachable' || kind === 'intercepted' || kind === 'malformed' ? { ...failure, setting } : failure;
}

/** A path below a base that may have a path of its own. */
function at(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, '')}${path}`;
  return url;
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
