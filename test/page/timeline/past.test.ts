import assert from 'node:assert/strict';
import { minute, week } from '../../../src/domain/base/time.ts';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import { runsOf } from '../../../src/domain/releases/timeline/comparison.ts';
import type { RecordMessage, RunsMessage } from '../../../src/domain/releases/timeline/messages.ts';
import { at, guestOs, wednesday } from '../../support/feeds/rolloutBuilder.ts';
import { withAxe } from '../axe.ts';
import { snapshot, usePages } from './page.ts';

const rollout = rolloutKey(guestOs());
const pending = guestOs().batches.map(({ number }) => `batch-${number}`);
const record: RecordMessage = {
  type: 'record',
  record: {
    rollout,
    steps: [
      { at: at(-1, 18, 4), states: [['pending', pending]] },
      { at: at(0, 9, 5), states: [['proposing', ['batch-1', 'batch-1/io67a']]] },
      { at: at(0, 9, 49), states: [['complete', ['batch-1', 'batch-1/io67a', 'batch-1/xok3w']]] },
    ],
    gaps: [],
    fromStart: true,
    until: wednesday,
  },
};

describe('the past of a rollout on the timeline page', function () {
  this.timeout(30_000);
  const { show } = usePages();

  it('is gone through by the keyboard, spoken, and left again', async () => {
    const { page, send, post } = await show();
    await send(snapshot({ rollouts: [guestOs()] }));
    await post(record);
    const slider = page.getByRole('slider', { name: 'State of' });
    assert.equal(await slider.getAttribute('aria-valuetext'), 'Now');
    await slider.press('ArrowLeft');
    await page.getByText('Mon 24 Aug 09:49, Batch 1: Complete and 2 more').waitFor();
    await slider.press('ArrowLeft');
    await page.getByRole('row', { name: /^Batch 1, Proposing since Mon 24 Aug 09:05/ }).waitFor();
    assert.equal(await slider.getAttribute('aria-valuetext'), 'Mon 24 Aug 09:05, Batch 1: Proposing and 1 more');
    await page.getByText('0 of 49 subnets').waitFor();
    // What comes meanwhile does not end the look back.
    await send(snapshot({ rollouts: [guestOs()], now: wednesday + minute }));
    await page.getByRole('row', { name: /^Batch 12, Pending/ }).waitFor();
    await page.getByRole('button', { name: 'Back to Now' }).click();
    await page.getByRole('row', { name: /^Batch 12, Error/ }).waitFor();
    assert.equal(await slider.getAttribute('aria-valuetext'), 'Now');
  });

  it('of another rollout is drawn below the bars when the person chose it', async () => {
    const { page, send, post, posted } = await show();
    await send(snapshot({ rollouts: [guestOs()] }));
    await page.getByRole('button', { name: 'Compare…' }).click();
    assert.deepEqual((await posted()).at(-1), { type: 'compare', rollout });
    const runs = runsOf(guestOs()).map(({ row, start, end }) => ({
      row,
      start: start - week - 10 * minute,
      end: end === null ? null : end - week,
    }));
    await post({ type: 'runs', rollout, compared: { name: '<b>last</b>', runs } } satisfies RunsMessage);
    await page.getByRole('list', { name: 'Legend' }).getByText('<b>last</b>').waitFor();
    assert.equal(await page.locator('.plot .compared').count(), runs.length);
    await page.getByText('Batches as a table').press('Enter');
    await page
      .getByRole('row', { name: /^Batch 1 .*Mon 24 Aug 08:50 to 09:49: 10 min later, took 10 min shorter$/ })
      .waitFor();
    const violations = await withAxe(page);
    await post(record);
    await page.getByRole('slider').waitFor();
    assert.deepEqual(await violations(), []);
    await page.getByRole('button', { name: 'Stop Comparing' }).click();
    await page.locator('.plot .compared').first().waitFor({ state: 'detached' });
  });
});
