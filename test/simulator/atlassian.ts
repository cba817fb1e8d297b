import type { ServerResponse } from 'node:http';
import { alertRoutes, newAlert } from './atlassian/alertRoutes.ts';
import { createAlerts } from './atlassian/alerts.ts';
import { identify, jiraScopes, opsScopes } from './atlassian/auth.ts';
import { createClock } from './atlassian/clock.ts';
import { type Call, type Caller, createRouter, isFields, Refusal, type Reply } from './atlassian/http.ts';
import { jiraError, unauthorized } from './atlassian/jiraHttp.ts';
import { jiraRoutes } from './atlassian/jiraRoutes.ts';
import { opsError, unprocessable } from './atlassian/opsHttp.ts';
import { notificationRoutes } from './atlassian/notificationRoutes.ts';
import { scheduleRoutes } from './atlassian/scheduleRoutes.ts';
import { setSwitch, standardSwitches } from './atlassian/switches.ts';
import { teamRoutes } from './atlassian/teamRoutes.ts';
import type { SimRequest, SimService } from './service.ts';
import { cloudId, type World } from './world.ts';

// Atlassian, as two services with one state, because it is two hosts to which tokens go (atlassian.md 1.1):
//   site  https://SITE.atlassian.net    /_edge/tenant_info, /rest/api/3
//   api   https://api.atlassian.com     /jsm/ops/api/{cloudId}/v1 and the gateway /ex/jira/{cloudId}/rest/api/3
// Switches: atlassian/switches.ts. Not served: what is in attachments, audit log, calendars, policies, watchers, bulk writes, OAuth.

const scopeMismatch: Reply = { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } };
const opsUnauthorized: Reply = { status: 401, body: { code: 401, message: 'Unauthorized' } };
const noSuchPage: Reply = {
  status: 404,
  text: '<!doctype html><title>Not found</title>',
  type: 'text/html; charset=utf-8',
};

export function createAtlassianServices(world: World): { atlassianSite: SimService; atlassianApi: SimService } {
  const switches = standardSwitches();
  const clock = createClock(world);
  const alerts = createAlerts(world, clock, switches);
  const findOps = createRouter({
    ...alertRoutes(alerts, clock, switches),
    ...scheduleRoutes(world, clock, switches),
    ...teamRoutes(world, clock, switches),
    ...notificationRoutes(world, switches),
  });
  const findJira = createRouter(jiraRoutes(world, clock, switches));

  function site(request: SimRequest): Reply {
    const { pathname } = request.url;
    if (pathname === '/_edge/tenant_info') return { status: 200, body: { cloudId } };
    const path = below(pathname, '/rest/api/3');
    if (path === undefined) return noSuchPage;
    const identity = identify(request.headers.authorization);
    const bad = identity.kind === 'bad' || (identity.kind === 'known' && identity.caller.token === 'scoped');
    if (bad && switches.badCredentials === 'refused') return unauthorized(switches);
    const caller = identity.kind === 'known' && !bad ? identity.caller : undefined;
    return jira(request, path, caller, request.url.origin);
  }

  function api(request: SimRequest): Reply {
    const { pathname, origin } = request.url;
    const identity = identify(request.headers.authorization);
    const ops = below(pathname, `/jsm/ops/api/${cloudId}/v1`);
    if (ops !== undefined) {
      if (identity.kind !== 'known') return opsUnauthorized;
      return operations(request, ops, identity.caller, `${origin}/jsm/ops/api/${cloudId}`);
    }
    // Basic does not work at the gateway's way to operations, and nothing says so (0.1 #1).
    if (pathname.startsWith(`/ex/jira/${cloudId}/jsm/ops/`)) return opsUnauthorized;
    if (pathname === '/oauth/token/accessible-resources') return opsUnauthorized;
    const path = below(pathname, `/ex/jira/${cloudId}/rest/api/3`);
    if (path === undefined) return { status: 404, body: { code: 404, message: 'Not Found' } };
    if (identity.kind !== 'known') return opsUnauthorized;
    if (identity.caller.token === 'scoped' && !hasScopes(jiraScopes(request.method, path))) return scopeMismatch;
    return jira(request, path, identity.caller, `${origin}/ex/jira/${cloudId}`);
  }

  function operations(request: SimRequest, path: string, caller: Caller, base: string): Reply {
    if (caller.token === 'scoped') {
      if (!switches.scopedTokenOnOps || !hasScopes(opsScopes(request.method, path))) return scopeMismatch;
    }
    if (caller.token === 'noOps' && switches.noOpsForm === 'forbidden') {
      const message = 'Account does not have access to Opsgenie.';
      return {
        status: 403,
        body: { code: 40301, message, took: 0.01, requestId: 'c1b85a37-2f0e-4c39-9a64-4c5f7d6a1b22' },
      };
    }
    alerts.settle();
    const found = findOps(request.method, path);
    if (found === undefined) return opsError(404, 'No such address', 'NOT_FOUND');
    if (found === 'method') {
      const message = `Request method '${request.method}' is not supported`;
      return { status: 405, body: { took: 0, requestId: 'c1b85a37-2f0e-4c39-9a64-4c5f7d6a1b22', message } };
    }
    const reply = answered(() => found.handler(callOf(request, path, caller, base, found.params, unprocessable)));
    return switches.opsRateLimitHeaders ? limited(reply) : reply;
  }

  function jira(request: SimRequest, path: string, caller: Caller | undefined, base: string): Reply {
    const found = findJira(request.method, path);
    if (found === undefined) return limited({ status: 404, body: { errorMessages: ['No such address.'], errors: {} } });
    if (found === 'method') return limited({ status: 405 });
    const refuse = (problem: string): Refusal => jiraError(400, [problem]);
    return limited(answered(() => found.handler(callOf(request, path, caller, base, found.params, refuse))));
  }

  function hasScopes(needed: readonly string[]): boolean {
    return needed.every((scope) => switches.scopes.includes(scope));
  }

  function serve(request: SimRequest, response: ServerResponse, answer: (request: SimRequest) => Reply): void {
    const reply = tooMany() ?? answer(request);
    if (switches.dropAfterWrite > 0 && request.method !== 'GET') {
      switches.dropAfterWrite -= 1;
      response.destroy();
    } else send(response, reply);
  }

  /** The 429 of section 3.9, in the three forms that its body has. */
  function tooMany(): Reply | undefined {
    if (switches.rateLimited === 'off') return undefined;
    const reply = {
      status: 429,
      headers: {
        'retry-after': `${switches.retryAfterSeconds}`,
        'ratelimit-reason': 'jira-burst-based',
        'x-ratelimit-reset': new Date(clock.now() + switches.retryAfterSeconds * 1000).toISOString(),
      },
    };
    switch (switches.rateLimited) {
      case 'json':
        return { ...reply, body: { errorMessages: ['Rate limit exceeded.'], errors: {} } };
      case 'html':
        return { ...reply, text: '<html><body>Too many requests</body></html>', type: 'text/html' };
      case 'empty':
        return reply;
    }
  }

  function configure(name: string, value: unknown): void {
    if (name === 'storm' || name === 'raise') event(name, value);
    else setSwitch(switches, name, value);
  }

  function event(name: 'storm' | 'raise', value: unknown): void {
    const given = isFields(value) ? value : {};
    if (name === 'raise') return alerts.raise(newAlert(given));
    const { count, seconds = 60 } = given;
    if (typeof count !== 'number' || typeof seconds !== 'number') throw new Error('storm takes {count, seconds}');
    alerts.storm(count, seconds * 1000);
  }

  const service = (name: string, answer: (request: SimRequest) => Reply): SimService => ({
    name,
    handle: (request, response) => serve(request, response, answer),
    configure,
    advanced: () => alerts.settle(),
    dispose: () => undefined,
  });
  return { atlassianSite: service('atlassianSite', site), atlassianApi: service('atlassianApi', api) };
}

function below(pathname: string, base: string): string | undefined {
  return pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : undefined;
}

function answered(answer: () => Reply): Reply {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

function callOf(
  request: SimRequest,
  path: string,
  caller: Caller | undefined,
  base: string,
  params: Readonly<Record<string, string>>,
  refuse: (problem: string) => Refusal,
): Call {
  const json = (): unknown => {
    if (request.body.length === 0) return undefined;
    try {
      return JSON.parse(request.body.toString()) as unknown;
    } catch {
      throw refuse('The request body is not JSON');
    }
  };
  return {
    caller,
    method: request.method,
    path,
    query: request.url.searchParams,
    base,
    param: (name) => {
      const value = params[name];
      if (value === undefined) throw new Error(`The route has no {${name}}`);
      return value;
    },
    json,
    body: () => {
      const value = json();
      if (!isFields(value)) throw refuse('A request body is required');
      return value;
    },
  };
}

/** The headers of an answer of Jira (3.9). */
function limited(reply: Reply): Reply {
  return { ...reply, headers: { 'x-ratelimit-limit': '350', 'x-ratelimit-remaining': '349', ...reply.headers } };
}

function send(response: ServerResponse, reply: Reply): void {
  const headers = { 'atl-traceid': '7c1f0a52b4e94d6c8a3e5f9012345678', ...reply.headers };
  if (reply.text !== undefined) {
    response.writeHead(reply.status, { ...headers, 'content-type': reply.type ?? 'text/plain; charset=utf-8' });
    response.end(reply.text);
  } else if (reply.body === undefined) response.writeHead(reply.status, headers).end();
  else {
    response.writeHead(reply.status, { ...headers, 'content-type': 'application/json;charset=UTF-8' });
    response.end(JSON.stringify(reply.body));
  }
}
