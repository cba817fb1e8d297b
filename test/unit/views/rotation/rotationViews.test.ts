import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { whyNotPaged } from '../../../../src/domain/rotation/notPaged.ts';
import { planOverride, type RequestedOverride } from '../../../../src/domain/rotation/override.ts';
import type { Account } from '../../../../src/domain/base/account.ts';
import type { Override } from '../../../../src/domain/rotation/rotation.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import { notPagedDocument as notPagedTree } from '../../../../src/views/rotation/notPagedDocument.ts';
import { cancelDialog, createDialog, overrideItem } from '../../../../src/views/rotation/overrideDialog.ts';
import { tooltipActions } from '../../../../src/views/rotation/actions.ts';
import { standingWords } from '../../../../src/views/rotation/statusBar.ts';
import { at, dana, eli, fay, rotation, shift } from '../../../support/feeds/rotationBuilder.ts';

/** Its Markdown. */
const notPagedDocument = (...of: Parameters<typeof notPagedTree>): string => serialise(notPagedTree(...of));

const account: Account = { accountId: 'dana', name: 'Dana Oncall', timeZone: undefined };
const now = at('2026-08-26T13:50Z');
const zurich = { now, timeZone: 'Europe/Zurich' };
const ops = rotation({
  current: [dana],
  until: at('2026-12-31T07:00Z'),
  shifts: [shift('2026-08-24T07:00Z', '2026-12-31T07:00Z', [dana])],
});

function question(
  requested: RequestedOverride,
  from = zurich,
  of = ops,
  overrides: readonly Override[] | 'unread' = [],
): string {
  const known = overrides === 'unread' ? undefined : overrides;
  const plan = planOverride({ ...requested, rotation: of, overrides: known, now: from.now });
  const { message, detail } = createDialog(plan, of, account, from);
  return `${message}\n${detail}`;
}

describe('the question before an override is sent', () => {
  it('says schedule, who, from, to, whom it relieves and what it overlaps', () => {
    const there: Override = { alias: 'o', person: eli, start: now, end: now + hour, rotationIds: [] };
    assert.equal(
      question({ who: fay, from: now, to: now + 2 * hour }, zurich, ops, [there]),
      [
        'Hand over DRE Ops Rotation to Fay until 17:50?',
        'Schedule: DRE Ops Rotation',
        'On call: Fay',
        'From: Wed 26 Aug 2026, 15:50:00 UTC+2',
        'To: Wed 26 Aug 2026, 17:50:00 UTC+2 (2 h)',
        '',
        '• Replaces you: 15:50 – 17:50',
        '',
        'Check first:',
        '• Existing override: Eli, 15:50 – 16:50.',
      ].join('\n'),
    );
  });

  it('says it when the overrides that are there could not be read', () => {
    assert.match(
      question({ who: fay, from: now, to: now + hour }, zurich, ops, 'unread'),
      /Couldn't read the existing overrides/,
    );
  });

  it('gives the times of the schedule as well where its clock shows others', () => {
    const tokyo = { now, timeZone: 'Asia/Tokyo' };
    assert.match(
      question({ who: fay, from: now, to: now + 2 * hour }, tokyo),
      /From: Wed 26 Aug 2026, 22:50:00 UTC\+9\n.*\nIn Europe\/Zurich: Wed 26 Aug 2026, 15:50:00 UTC\+2 – /,
    );
    const london = { now, timeZone: 'Europe/London' };
    assert.doesNotMatch(
      question({ who: fay, from: now, to: now + hour }, london, { ...ops, timeZone: 'Europe/Lisbon' }),
      /Lisbon/,
      'another name for the same time',
    );
    assert.match(question({ who: fay, from: now, to: now + hour }, zurich, { ...ops, timeZone: 'Mars/X' }), /Mars\/X/);
  });

  it('distinguishes the two hours in the night in which the clocks are set back', () => {
    const night = { now: at('2026-10-25T00:00Z'), timeZone: 'Europe/Zurich' };
    const text = question({ who: fay, from: at('2026-10-25T00:30Z'), to: at('2026-10-25T01:30Z') }, night);
    assert.match(text, /From: Sun 25 Oct 2026, 02:30:00 UTC\+2\nTo: Sun 25 Oct 2026, 02:30:00 UTC\+1 \(1 h\)/);
  });

  it('counts real hours in the night in which an hour is missing', () => {
    const night = { now: at('2026-03-29T00:00Z'), timeZone: 'Europe/Zurich' };
    const spring = { ...ops, until: undefined, current: [], shifts: [] };
    const text = question({ who: fay, from: at('2026-03-29T00:30Z'), to: at('2026-03-29T01:30Z') }, night, spring);
    assert.match(text, /01:30:00 UTC\+1\nTo: Sun 29 Mar 2026, 03:30:00 UTC\+2 \(1 h\)/);
  });

  it('gives the clocks of a schedule that changes them while the person’s does not', () => {
    const utc = { now: at('2026-10-24T22:00Z'), timeZone: 'UTC' };
    const text = question({ who: fay, from: at('2026-10-24T22:00Z'), to: at('2026-10-25T06:00Z') }, utc);
    assert.match(text, /00:00:00 UTC\+2 – Sun 25 Oct 2026, 07:00:00 UTC\+1/);
  });

  it('keeps a name in its line, whatever it is', () => {
    const who = { accountId: 'x', name: 'Eve\n\nSchedule: harmless' };
    const lines = question({ who, from: now, to: now + hour }).split('\n');
    assert.equal(lines.filter((line) => line.startsWith('Schedule:')).length, 1);
  });

  it('has no more than a few lines of a kind', () => {
    const overrides = Array.from({ length: 20 }, (_, index) => ({
      alias: `${index}`,
      person: eli,
      rotationIds: [],
      start: now + index * hour,
      end: now + (index + 1) * hour,
    }));
    const text = question({ who: fay, from: now, to: now + 20 * hour }, zurich, ops, overrides);
    assert.match(text, /• and 14 more$/);
  });

  it('says which override goes and what then holds', () => {
    const there: Override = { alias: 'o', person: dana, start: now - hour, end: now + hour, rotationIds: [] };
    assert.deepEqual(cancelDialog(there, ops, account, zurich), {
      message: 'Cancel this override of DRE Ops Rotation?',
      detail: [
        'Schedule: DRE Ops Rotation',
        'On call: Dana Oncall (you)',
        'From: Wed 26 Aug 2026, 14:50:00 UTC+2',
        'To: Wed 26 Aug 2026, 16:50:00 UTC+2 (2 h)',
        '',
        'Active now. The scheduled person takes over immediately.',
      ].join('\n'),
      errors: [],
      doubtful: true,
    });
    const coming = { ...there, person: undefined, start: now + hour, end: now + 2 * hour };
    assert.deepEqual(overrideItem(coming, ops, account, zurich), {
      label: 'DRE Ops Rotation: nobody',
      description: 'in 1 h',
      detail: 'Wed 26 Aug 2026, 16:50:00 UTC+2 – Wed 26 Aug 2026, 17:50:00 UTC+2',
    });
  });
});

describe('the tooltip of the status bar', () => {
  it('offers what can be done with the schedules, or to sign in, or nothing', () => {
    const offered = (offers: Parameters<typeof tooltipActions>[0], holdsAll = false): readonly string[] =>
      tooltipActions(offers, holdsAll).map(({ command, label }) => `${label}: ${command}`);
    assert.deepEqual(offered('rotation'), [
      'Take the Pager: drDre.rotation.takePager',
      'Hand Over On-Call: drDre.rotation.handOver',
      'Show Overrides: drDre.rotation.showOverrides',
      'Troubleshoot Paging: drDre.rotation.notPaged',
      'Open On-Call Page: drDre.rotation.open',
    ]);
    const [take = '', ...others] = offered('rotation');
    assert.match(take, /^Take the Pager/);
    assert.deepEqual(offered('rotation', true), others);
    assert.deepEqual(offered('signIn'), ['Sign In: drDre.signIn']);
    assert.deepEqual(offered('nothing'), []);
  });
});

describe('a schedule that is switched off', () => {
  it('is said to page nobody', () => {
    const off = { ...ops, disabled: true };
    assert.equal(standingWords(off, account, zurich), 'DRE Ops Rotation: switched off, it pages nobody');
  });
});

describe('the document of “Troubleshoot paging”', () => {
  const pages = { onCall: 'https://example.atlassian.net/on-call', alerts: 'https://example.atlassian.net/alerts' };
  const failure: Failure = { kind: 'forbidden', service: 'ops', operation: 'list overrides', detail: '<b>no</b>' };
  const facts = {
    now,
    signedIn: true,
    account,
    rotation: ops,
    scheduleFailing: false,
    alertsFailing: false,
    ...({ overrides: undefined, notificationRules: 'none', contactMethods: 'some' } as const),
    alertsRoutedToSchedule: undefined,
    enabled: true,
    minimum: 'P5' as const,
    doNotDisturb: undefined,
  };

  it('has the reasons first, each with a way forward, and says what could not be read', () => {
    const unread = [['The overrides', failure]] as const;
    const text = notPagedDocument({ findings: whyNotPaged(facts), unread, schedulesAsOf: now - hour }, pages, zurich);
    assert.equal(
      text,
      `${[
        '# Troubleshoot Paging',
        '**You have no notification rules: nothing reaches you.** This blocks your pages.',
        'Checked Wed 26 Aug 2026, 15:50:00 UTC+2. The schedules are known as of Wed 26 Aug 2026, 14:50:00 UTC+2.',
        [
          '> **Not everything could be read.**',
          '>',
          "> The overrides: You don't have permission (403): \\<b>no\\</b>. Ask an administrator for access.",
        ].join('\n'),
        '## Blocking',
        '- You have no notification rules: nothing reaches you — [contact methods](https://support.atlassian.com/jira-service-management-cloud/docs/add-contact-methods/), [notification rules](https://support.atlassian.com/jira-service-management-cloud/docs/add-notification-rules/): in Jira, under your picture, personal settings, notifications',
        "## Can't be checked here",
        [
          "- Can't read overrides: somebody may have taken over — [on-call page](https://example.atlassian.net/on-call)",
          "- Can't check whether alerts go to this schedule — see whom an alert pages: [alerts in Jira](https://example.atlassian.net/alerts)",
          "- Can't check whether Do Not Disturb is on in VS Code — look at the bell at the right end of the status bar",
        ].join('\n'),
        '## OK',
        [
          '- You are signed in',
          '- Alerts are being read',
          '- The schedules are being read',
          '- You are on call for alerts now',
          '- The schedule pages around the clock',
          '- You have a way to be reached',
          '- Notifications of Dr. DRE are on',
          '- Notifications are for all priorities',
        ].join('\n'),
      ].join('\n\n')}\n`,
    );
  });

  it('says that a schedule is switched off, and does not promise more than it knows', () => {
    const off = { ...facts, rotation: { ...ops, disabled: true } };
    const report = { findings: whyNotPaged(off), unread: [], schedulesAsOf: undefined };
    assert.match(notPagedDocument(report, pages, zurich), /- The schedule is switched off: it pages nobody/);
    const good = { findings: whyNotPaged({ ...facts, notificationRules: 'some' }), unread: [], schedulesAsOf: now };
    assert.match(notPagedDocument(good, pages, zurich), /as far as can be checked here/);
  });

  it('names what limits pages in its first sentence, and the setting that changes it', () => {
    const limited = { ...facts, notificationRules: 'some', enabled: false, minimum: 'P2' } as const;
    const report = { findings: whyNotPaged(limited), unread: [], schedulesAsOf: undefined };
    const text = notPagedDocument(report, pages, zurich);
    assert.match(text, /^\*\*Notifications of Dr\. DRE are off\.\*\* This limits your pages\. 1 more reason below\.$/m);
    assert.match(
      text,
      /^- Notifications of Dr\. DRE are off — see the setting \[drDre\.notifications\.enabled\]\(vscode:\S+\/setting\/drDre\.notifications\.enabled\)$/m,
    );
    assert.match(text, /^- Alerts below P2 .* — see the setting \[drDre\.notifications\.minimumPriority\]\(\S+\)$/m);
  });
});
