import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { takenLately } from '../../../../src/domain/alerts/takenLately.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { alertRow } from '../../../../src/views/alerts/row.ts';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { tagsIn } from '../../../../src/feeds/alerts/answers.ts';
import { alertVerbs } from '../../../../src/feeds/alerts/verbs.ts';
import { dialogBefore } from '../../../../src/views/alerts/dialog.ts';
import type { PendingAction } from '../../../../src/views/kit/pendingActions.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';
const dana = { accountId: '1', name: 'Dana', timeZone: undefined };
const taken = (minutes: number, owner = 'Eli', more: Partial<Alert> = {}): Alert =>
  alert('t', { status: 'acknowledged', owner, acknowledgedAt: now - minutes * minute, ...more });

describe('an alert that somebody else took a moment ago', () => {
  it('is one that another acknowledged or was given within five minutes', () => {
    assert.deepEqual(takenLately(taken(2), dana, now), { by: 'Eli', at: now - 2 * minute, how: 'acknowledged' });
    const given = alert('t', { owner: 'Eli', updatedAt: now - minute });
    assert.deepEqual(takenLately(given, dana, now), { by: 'Eli', at: now - minute, how: 'owned' });
    assert.notEqual(takenLately(taken(2, 'Dana'), undefined, now), undefined, 'not known to be mine');
  });

  it('is not one of mine, an old one, a closed one, or one that nobody has', () => {
    for (const other of [taken(2, 'Dana'), taken(2, '1'), taken(6), taken(2, 'Eli', { status: 'closed' })]) {
      assert.equal(takenLately(other, dana, now), undefined);
    }
    assert.equal(takenLately(alert('t'), dana, now), undefined);
  });
});

describe('the dialog before a verb of alerts is sent', () => {
  const several = (count: number): readonly Alert[] => Array.from({ length: count }, (_, index) => alert(`${index}`));
  const ask = (verb: keyof typeof alertVerbs, alerts: readonly Alert[], ...warnings: string[]): string | undefined => {
    const dialog = dialogBefore(alertVerbs[verb], alerts, dana, from, warnings);
    return dialog === undefined ? undefined : `${dialog.message} [${dialog.button}]\n${dialog.detail}`;
  };

  it('is left out where there is no reason against it', () => {
    assert.equal(ask('acknowledge', several(4)), undefined);
    assert.equal(ask('addNote', [taken(1)]), undefined, 'a note takes nothing from anybody');
  });

  it('says how many from five on, and always for what cannot be taken back quietly', () => {
    assert.equal(
      ask('acknowledge', several(7)),
      [
        'Acknowledge 7 alerts? [Acknowledge 7 Alerts]',
        ...['0', '1', '2', '3', '4'].map((id) => `P3 alert ${id}`),
        'and 2 more',
      ].join('\n'),
    );
    assert.equal(ask('close', several(1), 'Nothing opens it.'), 'Close “alert 0”? [Close Alert]\nNothing opens it.');
    assert.match(ask('unacknowledge', [taken(20, 'Dana')], 'It pages.') ?? '', /It pages\./);
  });

  it('names who took it, and when', () => {
    assert.equal(ask('snooze', [taken(2)]), 'Snooze “alert t”? [Snooze Alert]\nEli acknowledged “alert t”, 2 min ago.');
  });
});

describe('what rows of alerts offer and say', () => {
  const forgotten = {
    openAgeMs: 24 * hour,
    hasNote: (id: string) => (id === 'noted' ? true : id === 'bare' ? false : undefined),
  };
  const acknowledged = { status: 'acknowledged', owner: 'Dana', acknowledgedAt: now - 40 * minute } as const;

  it('is what the state allows, and why one seems forgotten', () => {
    const alerts = [
      alert('open', { tags: ['x'] }),
      alert('long', { createdAt: now - 25 * hour }),
      alert('loud', { createdAt: now - 25 * hour, priority: 'P1' }),
      alert('bare', acknowledged),
      alert('unread', acknowledged),
      alert('noted', acknowledged),
      alert('woken', { status: 'open', snoozedUntil: now - 5 * minute }),
      alert('shut', { status: 'closed', closedAt: now, tags: ['x'] }),
    ];
    const rows = alerts.map((each) => alertRow(each, from, site, { forgotten }));
    assert.equal(
      renderRows(rows),
      [
        '$(bell) alert open  4m  ;alert;live;ackable;tagged;linked;identified;',
        '$(bell) alert long  25h · unacknowledged  ;alert;live;ackable;forgotten;linked;identified;',
        '$(flame) alert loud  25h · unacknowledged  ;alert;live;ackable;forgotten;linked;identified;',
        '$(bell) alert bare  4m · Dana · no note  ;alert;live;acked;forgotten;linked;identified;',
        '$(bell) alert unread  4m · Dana · notes not read  ;alert;live;acked;forgotten;linked;identified;',
        '$(bell) alert noted  4m · Dana  ;alert;live;acked;linked;identified;',
        '$(bell) alert woken  4m · snooze ended  ;alert;live;ackable;forgotten;linked;identified;',
        '$(bell) alert shut  closed now  ;alert;linked;identified;',
      ].join('\n'),
    );
    assert.deepEqual(
      [1, 2, 3, 5].map((index) => rows[index]?.icon?.color),
      ['drDre.alert.p3', 'drDre.alert.p1', 'drDre.alert.p3', 'drDre.alert.handled'],
    );
  });

  it('shows what was typed and did not get through, and keeps its icon whatever was done to it', () => {
    const failed: PendingAction = {
      text: "Couldn't add note",
      state: 'failed',
      tokens: ['troubled'],
      kept: 'Looking.',
    };
    const row = alertRow(alert('a'), from, site, { pending: failed });
    assert.deepEqual(row.hover?.slice(0, 3), ['alert a', "Couldn't add note", 'Not sent, but kept: Looking.']);
    assert.equal(row.description, 'failed · 4m');
    const applied: PendingAction = { text: 'confirmed', state: 'applied', tokens: ['undoable'] };
    for (const each of [alert('a'), alert('a', { priority: 'P1' }), alert('a', acknowledged)]) {
      const { icon } = alertRow(each, from, site);
      for (const pending of [failed, applied]) assert.deepEqual(alertRow(each, from, site, { pending }).icon, icon);
    }
  });

  it('keeps an alert in sight until it is known how closing it ended', () => {
    const closing = alert('a', { status: 'closed', closedAt: now });
    const store = new Store<Failure>(rethrow);
    store.update(alertsKey, { status: 'fresh', asOf: now, records: [closing] });
    const action: PendingAction = { text: 'closing…', state: 'sending', tokens: [] };
    const shown = (pending?: ReadonlyMap<string, PendingAction>): string =>
      renderRows(alertsView(store.state(alertsKey), from, site, pending === undefined ? {} : { pending }).rows);
    assert.match(shown(new Map([['a', action]])), /alert a {2}closing…/);
    assert.equal(shown(), '');
  });
});

describe('tags that a person typed', () => {
  it('are separated by commas, each once, none of them blank', () => {
    assert.deepEqual(tagsIn(' a, b c,, a ,'), ['a', 'b c']);
    assert.deepEqual(tagsIn(' , '), []);
  });
});
