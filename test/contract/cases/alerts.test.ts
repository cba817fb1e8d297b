import assert from 'node:assert/strict';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { serialise } from '../../../src/domain/documents/serialise.ts';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import { complete } from '../../../src/domain/base/listed.ts';
import { notificationWords } from '../../../src/views/alerts/words.ts';
import { alertDocument } from '../../../src/views/alerts/document.ts';
import { preview } from '../../support/documents/preview.ts';
import { caseDesk, type CaseDesk } from '../../support/feeds/caseDesk.ts';
import { invisibleFault } from '../../support/ui/oracle.ts';
import { hovered, type HoveredRow } from '../../support/ui/painted.ts';
import { words } from '../../support/vscode/headless.ts';

const whole = { skipped: 0, completeness: complete };

const createdAt = '2026-08-26T13:49:00Z';
const wire = (number: number, more: object): object => ({
  id: `00000000-0000-4000-8000-00000000000${number}-178775214000${number}`,
  tinyId: `10${number}`,
  message: `[prod] alert ${number}`,
  status: 'open',
  priority: 'P1',
  createdAt,
  updatedAt: createdAt,
  alias: `a${number}`,
  entity: '',
  source: 'alertmanager',
  description: '',
  ...more,
});

describe('open alerts as a person sees them', () => {
  let desk: CaseDesk | undefined;
  afterEach(() => desk?.stop());

  async function open(values: readonly object[]): Promise<CaseDesk> {
    desk = await caseDesk(
      ({ url }) =>
        url.pathname.endsWith('/v1/alerts') ? { body: { values, count: values.length, links: {} } } : undefined,
      { at: Date.parse(createdAt) + 60_000 },
    );
    await desk.feeds.alerts.refresh();
    return desk;
  }

  const rowsOf = async (from: CaseDesk): Promise<readonly HoveredRow[]> =>
    (await hovered(from.view('alerts'))).filter(({ id }) => id.includes('00000000-'));
  const alertsOf = ({ store }: CaseDesk): readonly Alert[] => [...store.state(alertsKey).records.values()];
  const documentOf = (alert: Alert): string => {
    const known = { id: alert.id, listed: alert, asOf: Date.parse(createdAt) };
    const from = { now: Date.parse(createdAt) + 60_000, timeZone: 'UTC' };
    return preview(serialise(alertDocument(known, from, { siteUrl: 'https://site.example' }))).text;
  };

  for (const [field, value] of [
    ['tags', ['prod', null]],
    ['count', '1'],
    ['actions', [{ name: 'restart' }]],
    ['extraProperties', ['a', 'b']],
  ] as const) {
    it(`the only open alert, whose ${field} have another form: a row, a badge, and the field in the log`, async () => {
      const shown = await open([wire(1, { [field]: value })]);
      assert.equal((await rowsOf(shown)).length, 1, words(shown.view('alerts')));
      assert.doesNotMatch(words(shown.view('alerts')), /No open alerts|Can't read/);
      assert.equal(shown.view('alerts').badge?.value, 1);
      if (field === 'count') return;
      assert.ok(
        shown.log.lines.some((line) => line.includes('00000000-0000-4000-8000-000000000001') && line.includes(field)),
        shown.log.lines.join('\n'),
      );
    });
  }

  it('an alert without a message is called by its alias, its entity or its number wherever it is named', async () => {
    const shown = await open([
      wire(1, { message: '', alias: 'IC_Replica_Behind{subnet=io67a}' }),
      wire(2, { message: ' ', alias: '', entity: 'node-2' }),
      wire(3, { message: '\u200b', alias: '\u2800', entity: ' ' }),
    ]);
    const rows = await rowsOf(shown);
    for (const [index, name] of [/Replica_Behind/, /node-2/, /#103/].entries()) {
      const row = rows.find(({ id }) => id.includes(`-00000000000${index + 1}-`));
      assert.match(row?.label ?? '', name);
      assert.match(row?.spoken ?? '', new RegExp(`alert: \\S*${name.source}`));
      assert.match((row?.hover ?? '').replaceAll('\\', ''), new RegExp(`^\\*\\*\\S*${name.source}`));
      const alert = alertsOf(shown).find(({ tinyId }) => tinyId === `10${index + 1}`);
      assert.ok(alert !== undefined);
      assert.match(notificationWords({ kind: 'one', alert }, whole), new RegExp(`^P1: \\S*${name.source}`));
      assert.match(documentOf(alert), new RegExp(`^P1: \\S*${name.source}`));
    }
  });

  it('direction marks have no effect outside of the message, and none within', async () => {
    const shown = await open([
      wire(1, { message: 'x \u202ereversed to the end' }),
      wire(2, { message: '\u202egnihton si gnorw\u202c [P5]' }),
    ]);
    const rows = await rowsOf(shown);
    assert.deepEqual(rows.map(({ label }) => label).sort(), ['gnihton si gnorw [P5]', 'x reversed to the end']);
    for (const { label, description, spoken, hover } of rows) {
      assert.match(description, /1m/);
      for (const text of [label, description, spoken, hover]) assert.equal(invisibleFault(text), undefined, text);
    }
    for (const alert of alertsOf(shown)) {
      for (const text of [notificationWords({ kind: 'one', alert }, whole), documentOf(alert)]) {
        assert.equal(invisibleFault(text), undefined, text);
      }
    }
  });
});
