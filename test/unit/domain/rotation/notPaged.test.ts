import assert from 'node:assert/strict';
import fc from 'fast-check';
import { whyNotPaged, type Finding, type NotPagedFacts } from '../../../../src/domain/rotation/notPaged.ts';
import { findingWords } from '../../../../src/views/rotation/notPagedWords.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import { account, at, dana, eli, now, pagerOf, rotation } from '../../../support/feeds/rotationBuilder.ts';

const facts: NotPagedFacts = {
  now,
  signedIn: true,
  account,
  rotation: pagerOf(['2026-08-31', eli], ['2026-09-07', dana]),
  scheduleFailing: false,
  alertsFailing: false,
  overrides: [],
  notificationRules: undefined,
  contactMethods: undefined,
  alertsRoutedToSchedule: undefined,
  enabled: true,
  minimum: 'P3',
  doNotDisturb: false,
};

function lines(change: Partial<NotPagedFacts>): readonly string[] {
  return whyNotPaged({ ...facts, ...change }).map(({ effect, check, remedy }) =>
    [effect, check, ...(remedy === undefined ? [] : [`→ ${remedy}`])].join(' '),
  );
}

function finding<C extends Finding['check']>(check: C, change: Partial<NotPagedFacts>): Finding & { check: C } {
  const found = whyNotPaged({ ...facts, ...change }).find((each) => each.check === check);
  assert.ok(found !== undefined, `no finding on ${check}`);
  return found as Finding & { check: C };
}

describe('“Troubleshoot paging”', () => {
  it('says what cannot be checked as unknown, when nothing that can be is wrong', () => {
    assert.deepEqual(lines({}), [
      'limits minimum → settings',
      'unknown contactMethods → setUpPage',
      'unknown notificationRules → setUpPage',
      'unknown routing → alertsPage',
      'fine signedIn',
      'fine alertsFeed',
      'fine scheduleFeed',
      'fine onCall',
      'fine hours',
      'fine override',
      'fine enabled',
      'fine doNotDisturb',
    ]);
  });

  it('says that the hours are not known where they could not be read', () => {
    const unread = rotation({ ...facts.rotation, restrictions: [], hoursNotTold: true });
    const found = finding('hours', { rotation: unread });
    assert.deepEqual([found.effect, found.remedy], ['unknown', 'onCallPage']);
    assert.equal(findingWords(found, { now, timeZone: 'UTC' }).title, "Can't tell at which hours the schedule pages");
  });

  it('puts what blocks on top, with the way forward', () => {
    const [first, second] = lines({
      now: at('2026-08-29T10:00Z'),
      rotation: rotation({ ...facts.rotation, until: at('2026-08-26T15:00Z') }),
    });
    assert.equal(first, 'blocks onCall → onCallPage');
    assert.equal(second, 'blocks hours → onCallPage');
    assert.deepEqual(lines({ signedIn: false })[0], 'blocks signedIn → signIn');
    assert.deepEqual(lines({ alertsFailing: true })[0], 'blocks alertsFeed → log');
    assert.deepEqual(lines({ contactMethods: 'none' })[0], 'blocks contactMethods → setUpPage');
    assert.deepEqual(lines({ doNotDisturb: true })[0], 'limits doNotDisturb → doNotDisturb');
  });

  it('names who is on call instead, and when it is my turn', () => {
    const elis = finding('onCall', { now: at('2026-08-31T08:00Z') });
    assert.equal(elis.effect, 'blocks');
    assert.deepEqual(elis.onCall, [eli]);
    assert.equal(elis.myNextShift, at('2026-09-07T07:00Z'));
    assert.equal(finding('hours', { now: at('2026-08-29T10:00Z') }).from, at('2026-08-31T07:00Z'));
  });

  it('finds an override by somebody else', () => {
    const other = { alias: 'o', person: eli, start: now - hour, end: now + hour, rotationIds: [] };
    assert.equal(finding('override', { overrides: [other] }).effect, 'blocks');
    assert.equal(finding('override', { overrides: [{ ...other, person: undefined }] }).effect, 'blocks');
    assert.equal(finding('override', { overrides: [{ ...other, start: now + 1 }] }).effect, 'fine');
    assert.equal(finding('override', { overrides: [{ ...other, person: dana }] }).effect, 'fine');
    const mine = { ...other, alias: 'p', person: dana };
    assert.equal(finding('override', { overrides: [other, mine] }).effect, 'limits', 'which counts is not certain');
    assert.equal(finding('override', { overrides: undefined }).effect, 'unknown');
  });

  it('does not name an override of another rotation as the reason while I am on call', () => {
    const other = { alias: 'o', person: eli, start: now - hour, end: now + hour, rotationIds: ['elsewhere'] };
    const whole = { ...other, alias: 'w', person: undefined, rotationIds: [] };
    const nobody = { ...rotation({ ...facts.rotation, current: [eli], until: now + hour }) };
    assert.deepEqual(
      [
        finding('override', { overrides: [other] }),
        finding('override', { overrides: [other], rotation: nobody }),
        finding('override', { overrides: [other, whole] }),
      ].map(({ effect, besides, override }) => [effect, besides, override?.alias]),
      [
        ['limits', 'part', 'o'],
        ['blocks', undefined, 'o'],
        ['blocks', undefined, 'w'],
      ],
    );
  });

  it('distinguishes rules with limits from no rules, and from good ones', () => {
    const rules = finding('notificationRules', { notificationRules: { limits: ['hours', 'emailOnly'] } });
    assert.deepEqual([rules.effect, rules.remedy, rules.limits], ['limits', 'setUpPage', ['hours', 'emailOnly']]);
    assert.equal(finding('notificationRules', { notificationRules: 'none' }).effect, 'blocks');
    assert.equal(finding('notificationRules', { notificationRules: 'some' }).effect, 'fine');
  });

  it('calls a schedule that is not known unknown', () => {
    assert.equal(finding('scheduleKnown', { rotation: undefined }).effect, 'unknown');
    assert.equal(finding('onCall', { now: at('2026-12-01T10:00Z') }).effect, 'unknown');
  });

  it('asks each question once, whatever the facts, and has a way forward for all that is not fine', () => {
    const maybe = fc.constantFrom(true, false, undefined);
    const set = fc.constantFrom('some' as const, 'none' as const, undefined);
    const any = fc.record({
      signedIn: fc.boolean(),
      account: fc.constantFrom(facts.account, undefined),
      rotation: fc.constantFrom(facts.rotation, undefined),
      scheduleFailing: fc.boolean(),
      alertsFailing: fc.boolean(),
      overrides: fc.constantFrom([], undefined),
      notificationRules: fc.oneof(set, fc.constant({ limits: ['late' as const] })),
      contactMethods: set,
      alertsRoutedToSchedule: maybe,
      doNotDisturb: maybe,
      now: fc.integer({ min: now, max: now + 2000 * hour }),
    });
    fc.assert(
      fc.property(any, (change) => {
        const findings = whyNotPaged({ ...facts, ...change });
        assert.equal(new Set(findings.map(({ check }) => check)).size, findings.length);
        for (const each of findings) assert.equal(each.remedy === undefined, each.effect === 'fine', each.check);
      }),
    );
  });
});
