import assert from 'node:assert/strict';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import type { RecordMessage } from '../../../src/domain/releases/timeline/messages.ts';
import { at, guestOs, hostOs, wednesday } from '../../support/feeds/rolloutBuilder.ts';
import { snapshot, usePages } from './page.ts';

const rollout = rolloutKey(guestOs());

function record(gaps: RecordMessage['record']['gaps'], of = rollout): RecordMessage {
  const steps = [{ at: guestOs().dispatchedAt, states: [] }];
  return { type: 'record', record: { rollout: of, steps, gaps, fromStart: true, until: wednesday } };
}

describe('what was not watched, on the timeline page', function () {
  this.timeout(30_000);
  const { show } = usePages();

  it('is drawn hatched and named in legend, details and table', async () => {
    const { page, send, post } = await show();
    await send(snapshot({ rollouts: [guestOs()] }));
    await page.getByRole('grid').waitFor();
    assert.equal(await page.locator('.backdrop .not-watched').count(), 0);
    await post(record([{ start: at(2, 7, 30), end: at(2, 9, 10) }]));
    const drawn = page.locator('.backdrop .not-watched');
    await drawn.waitFor({ state: 'attached' });
    const bar = await page
      .getByRole('row', { name: /^Batch 9,/ })
      .locator('.actual')
      .boundingBox();
    const hatched = await drawn.boundingBox();
    assert.ok(bar !== null && hatched !== null);
    assert.ok(hatched.x > bar.x && hatched.x < bar.x + bar.width, 'it begins within the bar of batch 9');
    assert.ok(hatched.x + hatched.width > bar.x + bar.width, 'and ends after it');
    await page.getByRole('list', { name: 'Legend' }).getByText('Not watched').waitFor();

    await page.getByRole('row', { name: /^Batch 9,/ }).click();
    const details = page.getByRole('complementary', { name: 'Details of Batch 9' });
    await details.getByText('Wed 26 Aug 07:30 to 08:18').waitFor();

    await page.getByText('Batches as a table').press('Enter');
    const table = page.getByRole('table', { name: 'Batches of the rollout' });
    await table.getByRole('columnheader', { name: 'Not watched' }).waitFor();
    await table.getByRole('row', { name: /^Batch 9 .*Wed 26 Aug 07:30 to 08:18$/ }).waitFor();
    await table.getByRole('row', { name: /^Batch 10 .*Wed 26 Aug 09:00 to 09:10$/ }).waitFor();
  });

  it('of another rollout is not drawn, nor what is no message', async () => {
    const { page, send, post } = await show();
    await send(snapshot({ rollouts: [guestOs(), hostOs()] }));
    const gaps = [{ start: at(2, 7), end: at(2, 8) }];
    await post(record(gaps, rolloutKey(hostOs())));
    await post({ type: 'record', record: { rollout, steps: 'none', gaps, fromStart: true } });
    await page.getByRole('combobox', { name: 'Rollout' }).selectOption(rollout);
    await send(snapshot({ rollouts: [guestOs({ name: guestOs().name, note: 'sent last' }), hostOs()] }));
    await page.getByText('sent last').waitFor();
    assert.equal(await page.locator('.backdrop .not-watched').count(), 0);
  });

  it('reaches to now while the dashboard fails', async () => {
    const { page, send, post } = await show();
    await send(snapshot({ rollouts: [guestOs()], asOf: at(2, 12), feed: { condition: 'stale', sentence: 'Old.' } }));
    await post({ ...record([]), record: { ...record([]).record, until: at(2, 12) } });
    await page.getByText('Batches as a table').press('Enter');
    await page.getByRole('row', { name: /^Batch 12 .*Wed 26 Aug 13:00 to 13:50$/ }).waitFor();
  });
});
