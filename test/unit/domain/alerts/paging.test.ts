import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Alert, Priority } from '../../../../src/domain/alerts/alert.ts';
import {
  decide,
  mostAnnounced,
  nothingAnnounced,
  type PagingDecision,
  type PagingSituation,
  type PagingState,
} from '../../../../src/domain/alerts/paging.ts';
import { hour, minute, second } from '../../../../src/domain/base/time.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { runs } from '../../../support/base/runs.ts';

const start = Date.UTC(2026, 7, 26, 13, 50, 11);
const usual: PagingSituation = {
  now: start,
  alerts: [],
  onCall: true,
  withinHours: true,
  enabled: true,
  audience: 'onCallInHours',
  minimum: 'P3',
  doNotDisturb: false,
  windowMs: minute,
};

/** Decides again and again, as one window after another would, with the state going through JSON in between. */
function pager(state: PagingState = nothingAnnounced): (change: Partial<PagingSituation>) => PagingDecision {
  let kept = state;
  return (change) => {
    const decision = decide(kept, { ...usual, ...change });
    kept = JSON.parse(JSON.stringify(decision.state)) as PagingState;
    return decision;
  };
}

function shown({ notification }: PagingDecision): string {
  if (notification === undefined) return 'none';
  return notification.kind === 'one' ? notification.alert.id : `${notification.count}, first ${notification.first.id}`;
}

const fresh = (id: string, createdAt: number, more: Partial<Alert> = {}): Alert => alert(id, { createdAt, ...more });

describe('notifications', () => {
  it('show one alert, once', () => {
    const look = pager();
    const alerts = [fresh('a', start - second)];
    assert.equal(shown(look({ alerts })), 'a');
    const again = look({ alerts, now: start + hour });
    assert.equal(shown(again), 'none');
    assert.equal(again.reasonForNone, 'nothingNew');
  });

  it('do not flood at the first decision: what is old has passed, P1 and P2 that are open are shown as one', () => {
    const old = (id: string, priority: Priority): Alert => fresh(id, start - 20 * hour, { priority });
    const alerts = [old('a', 'P3'), old('b', 'P2'), old('c', 'P1'), old('d', 'P3'), fresh('e', start - second)];
    const { notification } = pager()({ alerts });
    assert.equal(notification?.kind, 'several');
    assert.equal(notification.count, 3);
    assert.equal(notification.first.id, 'c', 'the most urgent');
    assert.deepEqual(notification.byPriority, { P1: 1, P2: 1, P3: 1, P4: 0, P5: 0 });
  });

  it('show after a restart what came in between, as one', () => {
    const look = pager();
    look({ alerts: [fresh('a', start - second)] });
    const monday = start + 60 * hour;
    const alerts = [fresh('a', start - second), fresh('b', start + hour), fresh('c', start + 2 * hour)];
    assert.equal(shown(look({ alerts, now: monday })), '2, first c');
  });

  it('are few in a storm: the first at once, the rest as one when the window ends', () => {
    const look = pager();
    const storm = Array.from({ length: 2_000 }, (_, index) => fresh(`${index}`, start + index * 30));
    assert.equal(shown(look({ alerts: storm.slice(0, 1) })), '0');
    const during = look({ alerts: storm.slice(0, 900), now: start + 27 * second });
    assert.equal(during.reasonForNone, 'window');
    assert.equal(during.again, start + minute);
    assert.equal(shown(look({ alerts: storm, now: start + minute })), '1999, first 1999');
    assert.equal(shown(look({ alerts: storm, now: start + 2 * minute })), 'none');
  });

  it('leave out what somebody took before it was shown', () => {
    const look = pager();
    look({ alerts: [fresh('a', start)] });
    const [b, c] = [fresh('b', start + second), fresh('c', start + second)];
    look({ alerts: [b, c], now: start + 2 * second });
    const taken = { ...b, status: 'acknowledged' as const };
    assert.equal(shown(look({ alerts: [taken, c], now: start + minute })), 'c');
  });

  it('are only for whom they are meant, and say why there are none', () => {
    const alerts = [fresh('a', start)];
    const reason = (change: Partial<PagingSituation>): string | undefined =>
      pager()({ alerts, ...change }).reasonForNone;
    assert.equal(reason({ enabled: false }), 'off');
    assert.equal(reason({ doNotDisturb: true }), 'doNotDisturb');
    assert.equal(reason({ onCall: false }), 'notOnCall');
    assert.equal(reason({ withinHours: false }), 'outOfHours');
    assert.equal(reason({ onCall: undefined }), 'notKnown');
    assert.equal(reason({ minimum: 'P2' }), 'nothingNew');
    assert.equal(reason({ withinHours: false, audience: 'onCall' }), undefined);
    assert.equal(reason({ withinHours: false, onCall: false, audience: 'everyone' }), undefined);
  });

  it('show in the morning which alerts of the night are urgent and still open', () => {
    const look = pager();
    const night = [fresh('a', start + hour, { priority: 'P1' }), fresh('b', start + hour), fresh('c', start + hour)];
    look({ alerts: [], now: start });
    look({ alerts: night, now: start + 10 * hour, withinHours: false });
    assert.equal(shown(look({ alerts: night, now: start + 10 * hour + second })), 'a');
  });

  it('wait while it is not known whose week it is, and none is lost', () => {
    const look = pager();
    look({ alerts: [] });
    const alerts = [fresh('a', start + second)];
    assert.equal(shown(look({ alerts, now: start + hour, onCall: undefined })), 'none');
    assert.equal(shown(look({ alerts, now: start + 2 * hour })), 'a');
  });

  it('keep a bounded number, and still show nothing twice', () => {
    const look = pager();
    const many = Array.from({ length: 3 * mostAnnounced }, (_, index) => fresh(`${index}`, start + index));
    const { state } = look({ alerts: many, now: start + minute });
    assert.equal(state.announced.length, mostAnnounced);
    assert.equal(shown(look({ alerts: many, now: start + hour })), 'none');
    const next = fresh('next', start + hour);
    assert.equal(shown(look({ alerts: [...many, next], now: start + hour + minute })), 'next');
  });

  it('go on after the clock was set back', () => {
    const look = pager();
    look({ alerts: [fresh('a', start)] });
    const back = start - 5 * hour;
    assert.equal(shown(look({ alerts: [fresh('b', start + second)], now: back })), 'b');
  });

  it('are never repeated, and never too many, for any sequence of lists', () => {
    const some = fc.record({
      id: fc.integer({ min: 0, max: 30 }),
      status: fc.constantFrom('open', 'open', 'acknowledged', 'snoozed', 'closed'),
      priority: fc.constantFrom('P1', 'P2', 'P3', 'P5'),
    });
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 40 * second }),
      alerts: fc.array(some, { maxLength: 12 }),
      onCall: fc.constantFrom(true, true, true, false, undefined),
      withinHours: fc.constantFrom(true, true, true, false),
      enabled: fc.constantFrom(true, true, true, false),
      doNotDisturb: fc.constantFrom(false, false, false, true),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const look = pager();
        let now = start;
        let last: number | undefined;
        let shownCount = 0;
        for (const { wait, alerts, ...rest } of steps) {
          now += wait;
          const list = alerts.map(({ id, ...more }) => fresh(`${id}`, start + id * 10 * second, more));
          const { notification, reasonForNone, state, again } = look({ ...rest, now, alerts: list });
          assert.equal(notification === undefined, reasonForNone !== undefined);
          if (again !== undefined) assert.ok(again > now);
          if (notification === undefined) continue;
          assert.ok(rest.enabled && !rest.doNotDisturb && rest.onCall === true && rest.withinHours);
          assert.ok(last === undefined || now - last >= minute, 'at most one in a window');
          last = now;
          const { first, count } = notification.kind === 'one' ? { first: notification.alert, count: 1 } : notification;
          assert.equal(first.status, 'open');
          shownCount += count;
          // Each id is kept once: an alert shown twice would be there twice, or not be counted.
          const ids = state.announced.map(([id]) => id);
          assert.equal(new Set(ids).size, ids.length);
          assert.equal(ids.length, shownCount);
        }
      }),
      runs(500),
    );
  });
});
