import assert from 'node:assert/strict';
import { isUrgent } from '../../../src/domain/alerts/alert.ts';
import { alertsKey } from '../../../src/feeds/alerts/alerts.ts';
import { caseDesk } from '../../support/feeds/caseDesk.ts';
import { allRows } from '../../support/vscode/headless.ts';

describe('an alert of a priority that is new', () => {
  it('is shown with the word of the service, counts as urgent, and is logged once', async () => {
    const createdAt = '2026-08-26T13:49:00Z';
    const alert = {
      ...{ id: '00000000-0000-4000-8000-000000000001-1787752140001', tinyId: '101', createdAt },
      ...{ message: '[prod] alert 1', status: 'open', priority: 'P0' },
    };
    const desk = await caseDesk(({ url }) =>
      url.pathname.endsWith('/v1/alerts') ? { body: { values: [alert], count: 1, links: {} } } : undefined,
    );
    for (let read = 0; read < 3; read++) await desk.feeds.alerts.refresh();
    const row = allRows(desk.view('alerts').rows).find(({ record }) => record?.kind === 'alert');
    assert.match(row?.description ?? '', /^“P0” · /);
    assert.match((row?.hover ?? []).join(), /Priority “P0”, which is not known here/);
    assert.equal(desk.view('alerts').badge?.value, 1);
    assert.ok([...desk.store.state(alertsKey).records.values()].every(isUrgent));
    assert.equal(desk.log.lines.filter((line) => line.includes('"P0"')).length, 1);
    await desk.stop();
  });
});
