import assert from 'node:assert/strict';
import { priorityCounts } from '../../../src/domain/alerts/priorityWords.ts';
import { complete } from '../../../src/domain/base/listed.ts';
import { alertVerbs } from '../../../src/feeds/alerts/verbs.ts';
import { notificationWords } from '../../../src/views/alerts/words.ts';
import { alert } from '../../support/feeds/alertBuilder.ts';
import { isUrgent } from '../../../src/domain/alerts/alert.ts';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import { caseDesk } from '../../support/feeds/caseDesk.ts';
import { allRows } from '../../support/vscode/headless.ts';

describe('an alert of a priority that is new', () => {
  it('is shown with the word of the service, counts as urgent, and is logged once', async () => {
    const createdAt = '2026-08-26T13:49:00Z';
    const wire = {
      id: '00000000-0000-4000-8000-000000000001-1787752140001',
      tinyId: '101',
      createdAt,
      message: '[prod] alert 1',
      status: 'open',
      priority: 'P0',
    };
    const desk = await caseDesk(({ url }) =>
      url.pathname.endsWith('/v1/alerts') ? { body: { values: [wire], count: 1, links: {} } } : undefined,
    );
    for (let read = 0; read < 3; read++) await desk.feeds.alerts.refresh();
    const row = allRows(desk.view('alerts').rows).find(({ record }) => record?.kind === 'alert');
    assert.match(row?.description ?? '', /^“P0” · /);
    assert.match((row?.hover ?? []).join(), /Priority “P0”, which is not known here/);
    assert.equal(desk.view('alerts').badge?.value, 1);
    assert.ok([...desk.store.state(alertsKey).records.values()].every(isUrgent));
    assert.equal(desk.log.lines.filter((line) => line.includes('"P0"')).length, 1);
    const [read] = desk.store.state(alertsKey).records.values();
    assert.ok(read !== undefined);
    const said = notificationWords({ kind: 'one', alert: read }, { skipped: 0, completeness: complete });
    assert.match(said, /^“P0”: /);
    assert.equal(desk.view('alerts').badge?.tooltip, '1 open alert of priority P1 or P2, or of an unknown one');
    await desk.stop();
  });

  it('is given a known one, also the one that it counts as, and is not called that before it is so', () => {
    const verb = alertVerbs.setPriority;
    const { write } = verb;
    const [p0, p3] = [alert('1', { priority: 'P3', unknownPriority: 'P0' }), alert('1', { priority: 'P3' })];
    assert.deepEqual(verb.payloadFor?.(p0, { priority: 'P3' }), { priority: 'P3' });
    assert.equal(verb.payloadFor(p3, { priority: 'P3' }), undefined);
    assert.deepEqual([write.shown?.(p0, { priority: 'P3' }), write.shown?.(p3, { priority: 'P3' })], [false, true]);
    const around = { account: undefined, people: [] };
    assert.deepEqual(write.apply(p0, { priority: 'P3' }, 0, around), p3);
    assert.equal(write.undo?.(p0, { priority: 'P1' }, around), undefined);
    assert.deepEqual(priorityCounts([p0, p3]), ['1 P3', '1 of unknown priority']);
  });
});

describe('an alert of a status that is new', () => {
  it('is shown as open with the word of the service, and is logged once', async () => {
    const wire = {
      id: '00000000-0000-4000-8000-000000000001-1787752140001',
      tinyId: '101',
      createdAt: '2026-08-26T13:49:00Z',
      message: '[prod] alert 1',
      status: 'dozing',
      priority: 'P1',
    };
    const desk = await caseDesk(({ url }) =>
      url.pathname.endsWith('/v1/alerts') ? { body: { values: [wire], count: 1, links: {} } } : undefined,
    );
    for (let read = 0; read < 3; read++) await desk.feeds.alerts.refresh();
    const row = allRows(desk.view('alerts').rows).find(({ record }) => record?.kind === 'alert');
    assert.match(row?.description ?? '', /“dozing” · /);
    assert.match((row?.hover ?? []).join(), /Status “dozing”, which is not known here, no owner/);
    assert.match(row?.spoken ?? '', /Status “dozing”, which is not known here/);
    assert.equal(desk.view('alerts').badge?.value, 1);
    assert.equal(desk.log.lines.filter((line) => line.includes('"dozing"')).length, 1);
    await desk.stop();
  });
});
