import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Account } from '../../../../src/domain/base/account.ts';
import type { Rotation } from '../../../../src/domain/rotation/rotation.ts';
import { minute } from '../../../../src/domain/base/time.ts';
import { complete, type FeedState } from '../../../../src/engine/read/store.ts';
import { urgentStatus } from '../../../../src/views/alerts/urgentStatus.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { at, dana, eli, rotation } from '../../../support/feeds/rotationBuilder.ts';

const now = at('2026-08-26T13:50Z');
const from = { now, timeZone: 'UTC' };
const dre: Account & { readonly id: string } = {
  id: 'dana',
  accountId: 'dana',
  name: 'Dana Oncall',
  timeZone: undefined,
};
const failure: Failure = { kind: 'unreachable', service: 'ops', operation: 'list alerts' };

function state<R>(records: readonly (R & { readonly id: string })[], more: Partial<FeedState<R, Failure>> = {}) {
  const rest = { asOf: now - minute, completeness: complete, skipped: 0, failure: undefined, failures: 0 };
  const known = new Map<string, R>(records.map((record) => [record.id, record]));
  return { status: 'fresh' as const, records: known, ...rest, loading: false, ...more };
}

const mine = state<Rotation>([rotation({ name: 'DRE Alerts', role: 'alerts', current: [dana] })]);
const others = state<Rotation>([rotation({ name: 'DRE Alerts', role: 'alerts', current: [eli] })]);
const account = state<Account>([dre]);
const noAccount = state<Account>([], { status: 'neverLoaded', asOf: undefined });
const urgent = [
  alert('1', { priority: 'P2', message: 'disk full' }),
  alert('2', { priority: 'P1', message: 'subnet stalled' }),
  alert('3', { priority: 'P1', status: 'acknowledged' }),
  alert('4', { priority: 'P3' }),
];

describe('the status bar item of urgent alerts', () => {
  it('counts stuck batches too, and is about these alone where no alert is urgent', () => {
    const stuck = ['GuestOS batch 12: waits for votes for 50m'];
    const shown = urgentStatus(state<Alert>(urgent.slice(2)), { rotations: mine, account }, from, stuck);
    assert.deepEqual(
      [shown?.text, shown?.tooltip, shown?.isAboutAlerts],
      ['1 stuck batch', ['GuestOS batch 12: waits for votes for 50m'], false],
    );
    const both = urgentStatus(state<Alert>(urgent), { rotations: mine, account }, from, stuck);
    assert.deepEqual([both?.text, both?.isAboutAlerts], ['1 P1, 1 P2 · 1 stuck batch', true]);
    assert.equal(urgentStatus(state<Alert>([]), { rotations: others, account }, from, stuck), undefined);
  });

  it('counts the urgent alerts that nobody took, for the person on call alone', () => {
    const shown = urgentStatus(state<Alert>(urgent), { rotations: mine, account }, from);
    assert.ok(shown !== undefined);
    assert.deepEqual([shown.icon, shown.text], ['flame', '1 P1, 1 P2']);
    assert.deepEqual(shown.tooltip, [
      '2 unacknowledged alerts of priority P1 or P2',
      'P1 subnet stalled',
      'P2 disk full',
    ]);
    assert.equal(urgentStatus(state<Alert>(urgent.slice(2)), { rotations: mine, account }, from), undefined);
    assert.equal(urgentStatus(state<Alert>(urgent), { rotations: others, account }, from), undefined);
    assert.equal(urgentStatus(state<Alert>(urgent), { rotations: mine, account: noAccount }, from), undefined);
  });

  it('always says that alerts cannot be read while one is on call, or may be', () => {
    const failing = { status: 'failing' as const, failure };
    const empty = urgentStatus(state<Alert>([], failing), { rotations: mine, account }, from);
    assert.ok(empty !== undefined);
    assert.deepEqual([empty.icon, empty.text], ['warning', "Can't read alerts since 13:49"]);
    assert.match(empty.tooltip.join('\n'), /Can't reach/);
    const both = urgentStatus(state<Alert>(urgent, failing), { rotations: mine, account }, from);
    assert.deepEqual([both?.icon, both?.text], ['flame', "1 P1, 1 P2 · Can't read alerts since 13:49"]);
    const unknown = state<Rotation>([], { status: 'failing', failure });
    assert.notEqual(urgentStatus(state<Alert>([], failing), { rotations: unknown, account }, from), undefined);
    assert.equal(urgentStatus(state<Alert>([], failing), { rotations: others, account }, from), undefined);
  });

  it('is shown while it cannot be read who is signed in: they may be the person on call', () => {
    const refused: Failure = { kind: 'unauthorized', service: 'jira', operation: 'read the account' };
    const unread = state<Account>([], { status: 'notSignedIn', asOf: undefined, failure: refused });
    for (const rotations of [mine, others]) {
      assert.equal(urgentStatus(state<Alert>(urgent), { rotations, account: unread }, from)?.text, '1 P1, 1 P2');
    }
    const signedOut = { ...unread, failure: { ...refused, kind: 'notSignedIn' as const } };
    assert.equal(urgentStatus(state<Alert>(urgent), { rotations: mine, account: signedOut }, from), undefined);
  });
});
