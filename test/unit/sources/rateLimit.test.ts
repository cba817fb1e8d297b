import assert from 'node:assert/strict';
import { parseRetryAfter, pollIntervalOf, quotaOf, rateLimitOf } from '../../../src/sources/rateLimit.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const reset = now / 1000 + 1800;

describe('what services say about how often to ask', () => {
  const cases: readonly [string, number, Record<string, string>, string | undefined, number | undefined][] = [
    ['429 with seconds', 429, { 'retry-after': '30' }, undefined, 30_000],
    ['429 with a date', 429, { 'retry-after': new Date(now + 60_000).toUTCString() }, undefined, 60_000],
    ['429 with nothing', 429, {}, undefined, 60_000],
    ['403, quota empty', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` }, undefined, 1_801_000],
    ['403 with seconds', 403, { 'retry-after': '5', 'x-ratelimit-remaining': '4000' }, undefined, 5_000],
    ['403 in words', 403, {}, 'You have exceeded a secondary rate limit.', 60_000],
    ['403, plain', 403, { 'x-ratelimit-remaining': '4000' }, 'Resource not accessible', undefined],
    ['500', 500, { 'retry-after': '5' }, undefined, undefined],
    ['a reset in the past', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, undefined, 1_000],
    ['senseless', 429, { 'retry-after': 'soon', 'x-ratelimit-remaining': 'none' }, undefined, 60_000],
  ];
  for (const [name, status, headers, detail, expected] of cases) {
    it(`distinguishes a limit from a refusal: ${name}`, () => {
      assert.equal(rateLimitOf(status, new Headers(headers), detail, now)?.retryAfterMs, expected);
    });
  }

  it('goes by the clock of the service, as ours may be wrong', () => {
    const headers = {
      date: new Date(now).toUTCString(),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': `${now / 1000 + 60}`,
    };
    assert.equal(rateLimitOf(403, new Headers(headers), undefined, now - 86_400_000)?.retryAfterMs, 61_000);
  });

  it('reads quotas of GitHub and of Jira, and ignores invalid ones', () => {
    const github = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': `${reset}` };
    assert.deepEqual(quotaOf(new Headers(github)), { limit: 5000, remaining: 12, resetAt: reset * 1000 });
    const jira = { 'x-ratelimit-remaining': '349', 'x-ratelimit-reset': '2026-08-26T14:00Z' };
    assert.equal(quotaOf(new Headers(jira))?.resetAt, Date.UTC(2026, 7, 26, 14));
    assert.equal(quotaOf(new Headers({ 'x-ratelimit-remaining': '-1' })), undefined);
    assert.equal(pollIntervalOf(new Headers({ 'x-poll-interval': 'NaN' })), undefined);
    assert.equal(parseRetryAfter('soon', now), undefined);
  });
});
