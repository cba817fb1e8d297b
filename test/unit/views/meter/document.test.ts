import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { planNext } from '../../../../src/engine/read/schedule.ts';
import type { FeedPlan } from '../../../../src/feeds/feeds.ts';
import { meterDocument as meterTree, type MeterFacts } from '../../../../src/views/meter/document.ts';

/** Its Markdown. */
const meterDocument = (...of: Parameters<typeof meterTree>): string => serialise(meterTree(...of));

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
type State = ReturnType<MeterFacts['stateOf']>;

const states: Readonly<Record<string, State>> = {
  rollouts: { status: 'fresh', loading: true },
  queue: { status: 'notSignedIn', loading: false },
  heartbeats: { status: 'notPermitted', loading: false },
  proposals: { status: 'notConfigured', loading: false },
};
const stateOf = (feed: string): State => states[feed] ?? { status: 'fresh', loading: false };

function unplanned(name: string, service: FeedPlan['service']): FeedPlan {
  return { name, service, dueAt: undefined, reason: undefined };
}

describe('the request meter as a document', () => {
  it('says what was requested, what is left, and what comes next and why', () => {
    const services = [
      {
        service: 'github',
        calls: 40,
        unchanged: 38,
        failures: 1,
        quota: { limit: 60, remaining: 20, resetAt: now + 600_000 },
      },
      { service: 'ops', calls: 3, unchanged: 0, failures: 0, quota: undefined },
    ];
    const plans: readonly FeedPlan[] = [
      {
        name: 'alerts',
        service: 'ops',
        dueAt: now + 45_000,
        reason: { kind: 'pace', attention: 'active', everyMs: 45_000, slowed: 'no' },
      },
      { name: 'pullRequests', service: 'github', dueAt: now + 360_000, reason: { kind: 'pause', waitMs: 360_000 } },
      { name: 'rotations', service: 'ops', dueAt: now + 12_000, reason: { kind: 'failures', count: 3 } },
      unplanned('rollouts', 'rollouts'),
      unplanned('queue', 'jira'),
      unplanned('heartbeats', 'ops'),
      unplanned('proposals', 'governance'),
      unplanned('closedAlerts', 'ops'),
      unplanned('workflowRuns', 'github'),
    ];
    assert.equal(
      meterDocument({ services, plans, role: 'leader', stateOf }, from),
      `# Request Meter

Requests of this window in the last hour, as of Wed 26 Aug 2026, 13:50:11 UTC. It reads for all windows.

| Service | Sent | Unchanged (304) | Failed | Quota left |
| - | -: | -: | -: | - |
| GitHub | 40 | 38 (95 %) | 1 | 20 of 60, resets at 14:00 |
| Jira Service Management | 3 | 0 (0 %) | 0 | unknown |

GitHub is read without signing in: 60 requests an hour for the whole network address, so it is read less often.

## Next reads

| What | Service | Next read (UTC) | Why |
| - | - | - | - |
| alerts | Jira Service Management | 13:50 | visible, on shift, every 45 s to 54 s |
| pull requests | GitHub | 13:56 | the service requires a wait of 6 min |
| rotations | Jira Service Management | 13:50 | after 3 failures in a row |
| rollouts | The rollout dashboard | not planned | being read now |
| queue | Jira | not planned | waits until you sign in |
| heartbeats | Jira Service Management | not planned | waits until you have permission |
| proposals | NNS governance | not planned | waits for a setting |
| closed alerts | Jira Service Management | not planned | read while it is shown |
| workflow runs | GitHub | not planned | about to be read |
`,
    );
  });

  it('says in a window that follows that another one reads and counts', () => {
    const plans = [unplanned('alerts', 'ops'), unplanned('queue', 'jira')];
    assert.equal(
      meterDocument({ services: [], plans, role: 'follower', stateOf }, from),
      `# Request Meter

Requests of this window in the last hour, as of Wed 26 Aug 2026, 13:50:11 UTC. Another window reads for all windows, and its requests are counted there.

This window has sent no request yet.

## Next reads

The window that reads for all windows plans them: its own request meter shows when and why. This one takes over what was read.
`,
    );
  });

  it('says of a window that cannot share the reading that it reads for itself', () => {
    assert.match(
      meterDocument({ services: [], plans: [], role: 'alone', stateOf }, from),
      /13:50:11 UTC\. It cannot share the reading with other windows, so each reads for itself\./,
    );
  });

  it('names an interval in which the next read is, also where chance puts it off most', () => {
    for (const random of [0, 0.5, 0.999]) {
      const pace = { activeMs: minute, idleMs: 5 * minute, quietMs: 12 * hour };
      const { delayMs, reason } = planNext(pace, {
        attention: 'quiet',
        failures: 0,
        unchanged: 0,
        retryAfterMs: undefined,
        burst: 0,
        random,
      });
      const plan: FeedPlan = { name: 'pullRequests', service: 'github', dueAt: now + delayMs, reason };
      const text = meterDocument({ services: [], plans: [plan], role: 'leader', stateOf }, from);
      assert.match(text, /off shift, every 12 h to 14 h \|/);
      assert.ok(delayMs >= 12 * hour && delayMs < 15 * hour, `${delayMs}`);
    }
  });
});
