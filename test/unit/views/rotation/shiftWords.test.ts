import assert from 'node:assert/strict';
import { complete, completenessOf } from '../../../../src/domain/base/listed.ts';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { forgottenReason } from '../../../../src/domain/alerts/forgotten.ts';
import type { PagingLimit } from '../../../../src/domain/rotation/notificationSetup.ts';
import { whyNotPaged, type NotPagedFacts } from '../../../../src/domain/rotation/notPaged.ts';
import { planOverride } from '../../../../src/domain/rotation/override.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import {
  forgottenSentence,
  forgottenWords,
  notificationWords,
  takenWords,
} from '../../../../src/views/alerts/words.ts';
import { snoozeErrorWords, snoozeItems } from '../../../../src/views/alerts/snoozeWords.ts';
import { findingWords } from '../../../../src/views/rotation/notPagedWords.ts';
import { overrideWords } from '../../../../src/views/rotation/overrideWords.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { account, at, dana, eli, fay, now, overrideFor, pagerOf } from '../../../support/feeds/rotationBuilder.ts';

const whole = { skipped: 0, completeness: complete };

const from = { now, timeZone: 'Europe/Zurich' };
const pager = pagerOf(['2026-08-31', eli]);

describe('the words of snoozing', () => {
  it('say the time that a choice leads to', () => {
    assert.deepEqual(
      snoozeItems({ ...from, hours: pager }).map(({ label, description }) => `${label}: ${description}`),
      [
        '30 minutes: until 16:20 (in 30 min)',
        '1 hour: until 16:50 (in 1 h)',
        'Until the next working hours: until Thu 09:00 (in 17 h)',
        'Until tomorrow: until Thu 09:00 (in 17 h)',
      ],
    );
    assert.match(snoozeErrorWords('unreadable'), /14:30/);
  });
});

describe('the words of a forgotten alert', () => {
  it('claim no more than is known', () => {
    const words = (more: Parameters<typeof alert>[1], hasNote?: boolean): string => {
      const reason = forgottenReason(alert('1', more), { now, hasNote, openAgeMs: hour });
      return reason === undefined ? 'none' : `${forgottenWords(reason)}: ${forgottenSentence(reason, from)}`;
    };
    const taken = { status: 'acknowledged', acknowledgedAt: now - hour } as const;
    assert.equal(words(taken), 'notes not read: Its notes were not read.');
    assert.equal(words(taken, false), 'no note: It has no note.');
    assert.equal(words({ snoozedUntil: now - hour }), 'snooze ended: The snooze ended 1h ago.');
    assert.equal(words({ createdAt: now - 20 * hour }), 'unacknowledged: Unacknowledged since Tue 19:50.');
  });
});

describe('the words of a notification', () => {
  it('are one line, for one alert and for a storm', () => {
    const first = alert('1', { priority: 'P1', message: 'Subnet o3ow2 stalled' });
    assert.equal(notificationWords({ kind: 'one', alert: first }, whole), 'P1: Subnet o3ow2 stalled');
    const byPriority = { P1: 1, P2: 0, P3: 1_999, P4: 0, P5: 0 };
    assert.equal(
      notificationWords({ kind: 'several', count: 2_000, byPriority, first }, whole),
      '2,000 new alerts (1 P1, 1999 P3). First: Subnet o3ow2 stalled',
    );
  });

  it('say what could not be read: there may be more alerts than they name', () => {
    const one = { kind: 'one', alert: alert('1', { priority: 'P1', message: 'Subnet o3ow2 stalled' }) } as const;
    assert.equal(notificationWords(one, { ...whole, skipped: 2 }), "P1: Subnet o3ow2 stalled. Can't read 2 alerts.");
    const completeness = completenessOf('the service lists at most 20,000');
    assert.equal(
      notificationWords(one, { skipped: 1, completeness }),
      "P1: Subnet o3ow2 stalled. Can't read 1 alert. Not all alerts are listed.",
    );
  });

  it('hold nothing that VS Code would make a link of', () => {
    const words = (message: string): string =>
      notificationWords({ kind: 'one', alert: alert('1', { message }) }, whole);
    // What VS Code takes for a link in a message: `[text](http…)`, `(command:…)`, `(file:…)`.
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/i;
    for (const message of [
      '[fix](command:workbench.action.quit)',
      '[fix]\u200b(command:workbench.action.quit)',
      '[fix]\u0000(https://example.com)',
      '[[fix]](file:///etc/passwd)',
      `${'x'.repeat(130)} [f](command:q)`,
    ]) {
      assert.doesNotMatch(words(message), link, JSON.stringify(message));
    }
    assert.equal(words('[fix](command:workbench.action.quit)'), 'P3: [fix] (command:workbench.action.quit)');
    assert.equal(words('one\r\n\ttwo \u202eeerht\u0007'), 'P3: one two eerht');
    assert.equal(words('🧑‍🚀 東京'), 'P3: 🧑‍🚀 東京');
  });

  it('say who has an alert that is acted on too late', () => {
    const dana = { accountId: 'a1', name: 'Dana', timeZone: 'UTC' };
    const mine = (more: Partial<Alert>): Alert => alert('1', { message: '[fix](command:x) it', ...more });
    assert.equal(
      takenWords(mine({ status: 'acknowledged', owner: 'Eli' }), dana),
      'Eli has already acknowledged “[fix] (command:x) it”.',
    );
    assert.equal(
      takenWords(mine({ status: 'acknowledged', owner: 'Dana' }), dana),
      'You have already acknowledged “[fix] (command:x) it”.',
    );
    assert.equal(
      takenWords(mine({ status: 'closed' }), dana, 2),
      '“[fix] (command:x) it” was closed meanwhile. 2 others are left out too.',
    );
    assert.equal(
      takenWords(mine({ status: 'open' }), dana, 1),
      '“[fix] (command:x) it” is not acknowledged any more. 1 other is left out too.',
    );
    assert.equal(takenWords(undefined, dana), 'This alert is closed, or not among the alerts that are known now.');
  });
});

describe('the words of an override', () => {
  const words = (hours: number, who = fay, overrides: Parameters<typeof planOverride>[0]['overrides'] = []): unknown =>
    overrideWords(
      planOverride({ rotation: pager, overrides, now, ...overrideFor(who, hours, now) }),
      'DRE Alerts',
      account,
      from,
    );

  it('say whom it relieves, what it meets and what is not known, before anything is sent', () => {
    const there = { alias: 'o', person: eli, start: now, end: now + hour, rotationIds: [] };
    assert.deepEqual(words(2, fay, [there]), {
      title: 'Hand over DRE Alerts to Fay until 17:50?',
      errors: [],
      warnings: [
        'Existing override: Eli, 15:50 – 16:50.',
        "Outside the schedule's hours: 17:00 – 17:50. It may not page then.",
      ],
      changes: ['Replaces you: 15:50 – 17:00'],
    });
  });

  it('say why it cannot be sent', () => {
    assert.deepEqual(words(1, dana), {
      title: 'Take DRE Alerts until 16:50?',
      errors: ['You are already on call then.'],
      warnings: [],
      changes: [],
    });
    assert.deepEqual(words(Number.NaN), {
      title: 'DRE Alerts',
      errors: ['Not a time.'],
      warnings: [],
      changes: [],
    });
  });
});

describe('the words of “Troubleshoot paging”', () => {
  const facts: NotPagedFacts = {
    now,
    signedIn: true,
    account,
    rotation: pager,
    scheduleFailing: false,
    alertsFailing: false,
    overrides: undefined,
    notificationRules: undefined,
    contactMethods: 'none',
    alertsRoutedToSchedule: true,
    enabled: true,
    minimum: 'P3',
    doNotDisturb: undefined,
  };
  const lines = (change: Partial<NotPagedFacts>): readonly string[] =>
    whyNotPaged({ ...facts, ...change }).map((finding) => {
      const { icon, title } = findingWords(finding, { ...from, now: change.now ?? now });
      return `$(${icon}) ${title}`;
    });

  it('distinguish reasons, limits, what is not known, and what is fine', () => {
    assert.deepEqual(lines({}), [
      '$(error) You have no phone or e-mail address to be reached at',
      '$(warning) Alerts below P3 make no notification here',
      "$(question) Can't read overrides: somebody may have taken over",
      "$(question) Can't check whether your notification rules say to reach you",
      "$(question) Can't check whether Do Not Disturb is on in VS Code",
      '$(pass) You are signed in',
      '$(pass) Alerts are being read',
      '$(pass) The schedules are being read',
      '$(pass) You are on call for alerts now',
      '$(pass) The schedule pages until Wed 26 Aug 2026, 17:00:00 UTC+2',
      '$(pass) Alerts go to this schedule',
      '$(pass) Notifications of Dr. DRE are on',
    ]);
  });

  it('name who is on call instead, and the hours', () => {
    const [first, second] = lines({ now: at('2026-08-29T10:00Z'), contactMethods: 'some' });
    assert.equal(first, '$(error) You are not on call for alerts now: nobody is');
    assert.equal(second, '$(error) The schedule does not page now: its hours begin Mon 31 Aug 2026, 09:00:00 UTC+2');
    const over = { alias: 'o', person: eli, start: now, end: now + hour, rotationIds: [] };
    assert.equal(
      lines({ overrides: [over], contactMethods: 'some' })[0],
      '$(error) Eli has taken over until Wed 26 Aug 2026, 16:50:00 UTC+2',
    );
    const part = { ...over, rotationIds: ['other'] };
    assert.equal(
      lines({ overrides: [part], contactMethods: 'some' })[0],
      '$(warning) Eli has taken over until Wed 26 Aug 2026, 16:50:00 UTC+2, in a part of the schedule; you are on call all the same',
    );
  });

  it('name the limits of the rules', () => {
    const said = (limits: readonly PagingLimit[]): string | undefined =>
      lines({ contactMethods: 'some', notificationRules: { limits } })[0];
    assert.equal(
      said(['hours', 'someAlerts', 'emailOnly']),
      '$(warning) The best of your notification rules reaches you only at certain hours, only for some alerts, and only by e-mail',
    );
    assert.equal(
      said(['late']),
      '$(warning) The best of your notification rules reaches you only more than 10 min after an alert',
    );
  });
});
