import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { createAtlassian, type Atlassian } from '../../../src/sources/atlassian/connection.ts';
import { createHttp } from '../../../src/sources/http.ts';
import { noAnswerOf } from '../../../src/sources/noAnswer.ts';
import { explain } from '../../../src/views/kit/sentences.ts';
import { waysForward } from '../../../src/views/kit/waysForward.ts';
import { refusingAddress } from '../../simulator/unreachable.ts';
import { caseDesk, type CaseAnswer, type CaseDesk } from '../../support/feeds/caseDesk.ts';
import { allRows, words } from '../../support/vscode/headless.ts';

type Reply = (url: URL, init: RequestInit | undefined) => Response | Promise<Response>;

const cloudId = '11111111-2222-4333-8444-555555555555';

function atlassian(reply: Reply): Atlassian {
  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.pathname === '/_edge/tenant_info' && url.host === 'site.example') {
      const answer = reply(url, init);
      return Promise.resolve(answer);
    }
    return Promise.resolve(reply(url, init));
  };
  return createAtlassian({
    http: createHttp({ fetch, now: () => 0 }),
    site: new URL('https://site.example'),
    apiUrl: new URL('https://api.example'),
    credentials: () => Promise.resolve({ email: 'dana@example.org', token: 'secret-token' }),
    log: () => undefined,
  });
}

const call = { operation: 'read something', path: '/rest/api/3/x' };
const tenant = (url: URL): Response | undefined =>
  url.pathname === '/_edge/tenant_info' ? Response.json({ cloudId }) : undefined;

async function failureOf(read: Promise<{ ok: boolean; failure?: Failure }>): Promise<Failure> {
  const { ok, failure } = await read;
  assert.ok(!ok && failure !== undefined);
  return failure;
}

describe('what is between here and a service', () => {
  it('a redirect to another host is named and not followed: no credential arrives there', async () => {
    const asked: string[] = [];
    const jira = atlassian((url, init) => {
      asked.push(url.host);
      assert.equal(init?.redirect, 'manual');
      return tenant(url) ?? new Response(null, { status: 302, headers: { location: 'https://portal.example/login' } });
    });
    const failure = await failureOf(jira.jira(call));
    assert.deepEqual([failure.kind, failure.detail], ['intercepted', 'redirects to portal.example']);
    assert.ok(!asked.includes('portal.example'));
    assert.match(explain(failure).title, /^Can't reach Jira: something else answers: redirects to portal\.example$/);
  });

  for (const [what, headers, body] of [
    ['by its type', { 'content-type': 'text/html' }, 'Welcome'],
    ['by what it is', { 'content-type': 'application/json' }, '  <!DOCTYPE html><html>'],
  ] as const) {
    it(`a web page with status 200 is not reported as a malformed answer, recognized ${what}`, async () => {
      const failure = await failureOf(atlassian((url) => tenant(url) ?? new Response(body, { headers })).jira(call));
      assert.deepEqual([failure.kind, failure.status], ['intercepted', 200]);
    });
  }

  for (const [code, detail, notSent] of [
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'the certificate of site.example is not trusted', true],
    ['CERT_HAS_EXPIRED', 'the certificate of site.example has expired or is not valid yet', true],
    ['ENOTFOUND', 'the name site.example is not resolved', true],
    ['ECONNREFUSED', 'site.example refuses the connection', true],
    ['ECONNRESET', 'site.example dropped the connection', undefined],
  ] as const) {
    it(`${code} is said in words, and whether anything was sent`, async () => {
      const reply: Reply = () => {
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) });
      };
      const failure = await failureOf(atlassian(reply).jira(call));
      assert.deepEqual([failure.kind, failure.detail, failure.notSent], ['unreachable', detail, notSent]);
    });
  }

  it('Chromium’s own words and those of a proxy are understood too', () => {
    const cases = [
      ['net::ERR_CERT_AUTHORITY_INVALID', 'the certificate of h is not trusted'],
      ['net::ERR_NAME_NOT_RESOLVED', 'the name h is not resolved'],
      ['Proxy response (407) !== 200 when HTTP Tunneling', 'a proxy requires a sign-in (407)'],
    ] as const;
    for (const [message, detail] of cases) assert.equal(noAnswerOf(new Error(message), 'h').detail, detail);
  });

  it('a connection that this machine refuses is reported so by the real fetch', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const http = createHttp({ fetch, now: Date.now });
    const url = new URL(`http://127.0.0.1:${port}/`);
    const failure = await failureOf(http.json({ service: 'jira', operation: 'x', url }));
    assert.deepEqual([failure.detail, failure.notSent], ['127.0.0.1 refuses the connection', true]);
  });

  it('a site that does not answer is named by what reads alerts, with its own setting', async () => {
    const dead: Reply = (url) => {
      if (url.host === 'site.example') {
        throw new TypeError('fetch failed', { cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
      }
      return Response.json({});
    };
    const failure = await failureOf(atlassian(dead).ops({ operation: 'list alerts', path: '/v1/alerts' }));
    const { title, wayForward } = explain(failure);
    assert.equal(title, "Can't reach Jira: the certificate of site.example is not trusted");
    assert.match(wayForward, /drDre\.atlassian\.site/);
    assert.doesNotMatch(wayForward, /apiUrl/);
  });

  it('the way to the gateway is taken for good only when it worked, and given up when it fails', async () => {
    let [site, gateway] = [401, 503];
    const asked: string[] = [];
    const jira = atlassian((url) => {
      const known = tenant(url);
      if (known !== undefined) return known;
      asked.push(url.host);
      const status = url.host === 'site.example' ? site : gateway;
      return Response.json(status === 200 ? {} : { message: 'no' }, { status });
    });
    assert.equal((await failureOf(jira.jira(call))).kind, 'server');
    assert.equal(jira.jiraHost, 'site');
    site = 200;
    assert.ok((await jira.jira(call)).ok, 'one failure of the site changes nothing');
    [site, gateway] = [401, 200];
    assert.ok((await jira.jira(call)).ok);
    assert.equal(jira.jiraHost, 'gateway');
    gateway = 503;
    assert.equal((await failureOf(jira.jira(call))).kind, 'server');
    assert.equal(jira.jiraHost, 'site');
    site = 200;
    asked.length = 0;
    assert.ok((await jira.jira(call)).ok);
    assert.deepEqual(asked, ['site.example']);
  });

  it('one missing ticket is not explained by the setting of the epic', () => {
    const failure: Failure = { kind: 'notFound', service: 'jira', operation: 'read ticket', status: 404 };
    assert.doesNotMatch(explain(failure).wayForward, /drDre\./);
    assert.deepEqual(
      waysForward(failure).map(({ token }) => token),
      ['retryable', 'logged'],
    );
  });
});

describe('what GitHub refuses', () => {
  let desk: CaseDesk | undefined;
  afterEach(() => desk?.stop());

  async function ci(answer: CaseAnswer): Promise<string> {
    desk = await caseDesk(() => answer);
    await desk.feeds.pullRequests.refresh();
    await desk.feeds.workflowRuns.refresh();
    return words(desk.view('ci'));
  }

  const refused = {
    status: 403,
    body: { message: 'Resource protected by organization SAML enforcement. You must grant your token access.' },
  };

  it('a token that the organisation wants authorised: the page to do it, and one full stop', async () => {
    const page = 'https://github.com/orgs/example/sso?authorization_request=AAA';
    const text = await ci({ ...refused, headers: { 'x-github-sso': `required; url=${page}` } });
    assert.ok(text.includes(`Authorize the token for the organization at ${page}`), text);
    const way = allRows(desk?.view('ci').rows ?? []).find(({ link }) => link !== undefined);
    assert.deepEqual([way?.link, way?.command], [page, 'drDre.ci.open']);
    assert.match(text, /grant your token access\. Authorize/);
    assert.doesNotMatch(text, /\.\./);
  });

  it('an address elsewhere is not shown', async () => {
    for (const url of [
      'https://github.com.evil.example/sso',
      'http://github.com/sso',
      'https://u:p@github.com/x',
      'command:x',
    ]) {
      const text = await ci({ ...refused, headers: { 'x-github-sso': `required; url=${url}` } });
      assert.doesNotMatch(text, /evil|Authorize the token|command:/);
      await desk?.stop();
    }
  });

  it('a repository that was renamed: that it was, and which setting to change', async () => {
    const location = new URL('/repositories/1000/pulls', refusingAddress).href;
    const text = await ci({ status: 301, headers: { location }, body: { message: 'Moved Permanently' } });
    assert.match(text, /Renamed or moved in GitHub: dfinity\/dre\./);
    assert.match(text, /Change the setting drDre\.github\.repository to its new name/);
  });
});
