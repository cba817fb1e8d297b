import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { ok } from '../../../../src/domain/base/result.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { alertRow } from '../../../../src/views/alerts/row.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { listed } from '../../../support/ui/scriptedOps.ts';
import { VerbDesk } from '../../../support/ui/verbDesk.ts';
import { beAgreeable, beGone } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

const { alertCommands } = await import('../../../../src/ui/alerts/commands.ts');

/** What the service shows when it is read after a write got no answer. */
interface Shown {
  alert: Alert;
  notes: readonly unknown[];
}

function openDesk(before: Alert, shown: Shown): VerbDesk<Alert> {
  return new VerbDesk<Alert>({
    feed: alertsKey,
    records: [before],
    me: { accountId: '1', name: 'Dana', timeZone: undefined },
    people: [],
    rows: ({ records }, now, pending) =>
      [...records.values()].map((each) =>
        alertRow(each, { now, timeZone: 'UTC' }, 'https://example.atlassian.net', { pending: pending.get(each.id) }),
      ),
    noun: 'drDre.alerts',
    commands: alertCommands,
    reads: { getAlert: () => ok(shown.alert), listNotes: () => listed(...shown.notes) },
  });
}

describe('an action on an alert that got no answer', () => {
  let desk: VerbDesk<Alert> | undefined;
  beforeEach(beAgreeable);
  afterEach(() => {
    desk?.dispose();
    desk = undefined;
    beGone();
  });

  it('is not confirmed by a note of the same text that was there before', async () => {
    const note = { id: 'n1', text: 'word', createdAt: Date.now(), updatedAt: Date.now(), author: 'Dana' };
    desk = openDesk(alert('a1'), { alert: alert('a1'), notes: [note] });
    desk.ops.manners.set('addNote', 'answersNothing');
    await desk.run('drDre.alerts.addNote', 'live');
    assert.match(desk.text, /^Couldn't add note: No answer .*, text kept$/);
  });

  for (const [verb, call, before] of [
    ['acknowledge', 'acknowledge', alert('a1')],
    ['unacknowledge', 'unacknowledge', alert('a1', { status: 'acknowledged', owner: 'Dana' })],
    ['snooze', 'snooze', alert('a1')],
  ] as const) {
    it(`${verb}: says that the alert was closed meanwhile, and offers nothing more to do`, async () => {
      const shown: Shown = { alert: before, notes: [] };
      desk = openDesk(before, shown);
      desk.ops.manners.set(call, 'answersNothing');
      const running = desk.begin(`drDre.alerts.${verb}`, 'live');
      shown.alert = { ...before, status: 'closed' };
      await desk.ended(running);
      assert.equal(desk.text, `${verb} unconfirmed: closed meanwhile`);
      const said = host.messages.filter(({ text }) => text.startsWith("Couldn't confirm"));
      assert.deepEqual(
        said.map(({ severity, text, buttons }) => [severity, text, buttons]),
        [['info', `Couldn't confirm that “alert a1” was ${verb}d: closed meanwhile.`, []]],
      );
    });
  }
});
