import assert from 'node:assert/strict';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { ViewModel } from '../../../../src/views/kit/row.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { painted } from '../../../support/ui/painted.ts';
import { listedKinds } from '../../../support/views/everyView.ts';
import { assertSpeakable } from '../../../support/views/spokenText.ts';

function assertSpoken(model: ViewModel): void {
  const rows = painted(model);
  assert.notEqual(rows.length, 0);
  for (const { id, label, spoken } of rows) {
    const said = `${id}: “${spoken}”`;
    const heard = spoken.toLowerCase();
    // Signs of a label may be said as nouns: "#1 Pull request 1", "Next: Eli".
    const names = label.toLowerCase().split(/[\s:#]+/);
    assert.ok(
      names.every((name) => heard.includes(name)),
      `${said} lacks the label “${label}”`,
    );
    assertSpeakable(spoken, id);
  }
}

describe('what a screen reader says of a row', () => {
  for (const { name, record, view } of listedKinds) {
    it(`has the words of its label and nothing that only the eye reads: ${name}`, () => {
      assertSpoken(view([record(1), record(2), record(3)]));
      assertSpoken(view([record(1)]));
    });
  }

  it('is there for the closed alerts that are not read yet', () => {
    const none = new Store<Failure>(rethrow).state<Alert>({ name: 'test', keyOf: ({ id }) => id });
    const closed = { state: none, group: { shown: false, fold: 0 } };
    const from = { now: wednesday, timeZone: 'UTC' };
    const model = alertsView({ ...none, status: 'fresh', asOf: wednesday }, from, 'https://example.net', { closed });
    assertSpoken(model);
  });
});
