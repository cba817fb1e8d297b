import assert from 'node:assert/strict';
import { meterDocument } from '../../../src/views/meterDocument.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);

describe('the request meter as a document', () => {
  it('says what was asked, what is left, and what comes next and why', () => {
    const text = meterDocument(
      [
        {
          service: 'github',
          calls: 40,
          unchanged: 38,
          failures: 1,
          quota: { limit: 60, remaining: 20, resetAt: now + 600_000 },
        },
        { service: 'ops', calls: 3, unchanged: 0, failures: 0, quota: undefined },
      ],
      [
        {
          name: 'alerts',
          service: 'ops',
          dueAt: now + 45_000,
          reason: { kind: 'pace', attention: 'active', everyMs: 45_000, slowed: 'no' },
        },
        { name: 'pullRequests', service: 'github', dueAt: now + 360_000, reason: { kind: 'asked', waitMs: 360_000 } },
        { name: 'queue', service: 'jira', dueAt: now + 12_000, reason: { kind: 'failures', count: 3 } },
        { name: 'rollouts', service: 'rollouts', dueAt: undefined, reason: undefined },
      ],
      { now, timeZone: 'UTC' },
    );
    assert.equal(
      text,
      `# Request meter

Requests of this window in the last hour, as of Wed 26 Aug 2026, 13:50:11 UTC.

| Service | Requests | Unchanged (304) | Failed | Quota left |
| --- | ---: | ---: | ---: | --- |
| GitHub | 40 | 38 (95 %) | 1 | 20 of 60, whole again at 14:00 |
| Jira Service Management | 3 | 0 (0 %) | 0 | not told |

GitHub is read without signing in: 60 requests an hour for the whole network address, so it is read less often.

## Next reads

| What | Service | Next read | Why |
| --- | --- | --- | --- |
| alerts | Jira Service Management | 13:50 | in sight and on shift, every 45 s |
| pull requests | GitHub | 13:56 | the service asked to wait 6 min |
| queue | Jira | 13:50 | after a failure, number 3 in a row |
| rollouts | The rollout dashboard | not planned | being read now, or waits for you (sign-in, permission or a setting) |
`,
    );
  });
});
