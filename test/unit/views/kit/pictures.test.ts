import assert from 'node:assert/strict';
import { halfAnHourAgo, now, pictures } from '../../../support/views/pictures.ts';

describe('what views without rows show', () => {
  it('never loaded', () => {
    assert.equal(
      pictures(() => ({})),
      [
        'week: loading',
        'Reading schedules for the first time…',
        'alerts: loading',
        'Reading alerts for the first time…',
        'queue: loading',
        'Reading tickets of DRE-350 for the first time…',
        'proposals: loading',
        'Reading proposals for the first time…',
        'releases: loading',
        'Reading rollouts for the first time…',
        'ci: loading',
        'Reading pull requests for the first time…',
      ].join('\n'),
    );
  });

  it('empty', () => {
    assert.equal(
      pictures(() => ({ status: 'fresh', asOf: now })),
      [
        'week: empty',
        "Can't find any schedule that drDre.ops.schedules names. Check the names, and whether you may see them.",
        '$(settings-gear) Open the setting  ops.schedules',
        'alerts: empty',
        'No open alerts, as of 13:50.',
        'queue: empty',
        'DRE-350 has no child tickets.',
        '$(settings-gear) Open the setting  queue.epic',
        'proposals: empty',
        'No open proposals.',
        'releases: empty',
        'The dashboard lists no rollout.',
        'ci: rows',
        'Pull requests  0',
        '  No open pull requests.',
        'Workflow runs  0',
        '  No workflow runs on the main branch.',
      ].join('\n'),
    );
  });

  it('stale', () => {
    assert.equal(
      pictures(() => ({ status: 'stale', asOf: halfAnHourAgo })),
      [
        'week: empty',
        "Can't find any schedule that drDre.ops.schedules names. Check the names, and whether you may see them. That was 30 min ago; reading again…",
        '$(settings-gear) Open the setting  ops.schedules',
        'alerts: empty',
        'No open alerts, as of 13:20. That was 30 min ago; reading again…',
        'queue: empty',
        'DRE-350 has no child tickets. That was 30 min ago; reading again…',
        '$(settings-gear) Open the setting  queue.epic',
        'proposals: empty',
        'No open proposals. That was 30 min ago; reading again…',
        'releases: empty',
        'The dashboard lists no rollout. That was 30 min ago; reading again…',
        'ci: rows',
        'Pull requests  0 · as of 13:20 (30 min ago)',
        '  No open pull requests. That was 30 min ago; reading again…',
        'Workflow runs  0 · as of 13:20 (30 min ago)',
        '  No workflow runs on the main branch. That was 30 min ago; reading again…',
      ].join('\n'),
    );
  });
});
