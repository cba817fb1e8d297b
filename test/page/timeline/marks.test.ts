import assert from 'node:assert/strict';
import { hour, minute } from '../../../src/domain/base/time.ts';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import type { Mark } from '../../../src/domain/releases/timeline/marks.ts';
import type { MarksMessage } from '../../../src/domain/releases/timeline/messages.ts';
import { at, guestOs, principal } from '../../support/feeds/rolloutBuilder.ts';
import { theme } from '../themes.ts';
import { withAxe } from '../axe.ts';
import { snapshot, usePages } from './page.ts';
import { cut, plain, shift } from './weekMarks.ts';

const alertId = '70413a06-38d6-4c85-92b8-5ebc900d42e2-1482404847303';

/** What happens around batch 12. */
const marks: readonly Mark[] = [
  cut,
  shift,
  {
    ...plain,
    id: 'alert',
    kind: 'alert',
    at: at(2, 13, 20),
    text: 'P1, open: <b>lspz2</b> stalled',
    urgent: true,
    targets: [principal('lspz2')],
    opens: { kind: 'alert', id: alertId },
  },
  {
    ...plain,
    id: 'deadline',
    kind: 'deadline',
    at: at(2, 18),
    text: 'Voting on proposal 132411 ends',
    targets: [principal('o3ow2')],
    opens: { kind: 'proposal', id: '132411' },
  },
];

function marksMessage(some: readonly Mark[] = marks): MarksMessage {
  return { type: 'marks', rollout: rolloutKey(guestOs()), marks: some };
}

describe('what else happens on the axis of the timeline page', function () {
  this.timeout(30_000);
  const { show } = usePages();

  it('lights what belongs to the mark under the mouse, and says what that is', async () => {
    const { page, send, post, posted } = await show();
    await send(snapshot({ rollouts: [guestOs()] }));
    await post(marksMessage());
    const alert = page.getByRole('gridcell', { name: 'Alert: P1, open: <b>lspz2</b> stalled, Wed 26 Aug 13:20' });
    await alert.hover();
    await page.locator('.mark-note', { hasText: 'P1, open: <b>lspz2</b> stalled' }).waitFor();
    assert.deepEqual(await page.locator('.row.lit').evaluateAll((rows) => rows.map((row) => row.dataset['row'])), [
      'batch-12',
    ]);
    assert.deepEqual(await page.locator('.cell.lit').allTextContents(), ['lspz2']);
    await alert.click();
    assert.deepEqual((await posted()).at(-1), { type: 'openTarget', target: { kind: 'alert', id: alertId } });
    await page.getByRole('row', { name: /^Batch 9,/ }).hover();
    await page.locator('.mark.lit').first().waitFor();
    assert.deepEqual(
      await page.locator('.mark.lit').evaluateAll((lit) => lit.map((each) => each.dataset['target'])),
      ['cut', 'shift'],
      'the marks that batch 9 belongs to',
    );
  });

  it('is reached from the first batch by the keyboard, and left again', async () => {
    const { page, send, post, posted } = await show();
    await send(snapshot({ rollouts: [guestOs()] }));
    await post(marksMessage());
    await page.getByRole('row', { name: /^Batch 1,/ }).click();
    await page.keyboard.press('ArrowUp');
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => (document.activeElement as HTMLElement).dataset['target']);
    assert.equal(await focused(), 'cut');
    assert.equal(await page.locator('.row.lit').count(), guestOs().batches.length);
    await page.keyboard.press('End');
    assert.equal(await focused(), 'deadline');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await focused(), 'alert');
    assert.deepEqual(await page.locator('.cell.lit').allTextContents(), ['lspz2']);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    assert.deepEqual((await posted()).at(-1), { type: 'openTarget', target: { kind: 'proposal', id: '132411' } });
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-row="batch-1"]:focus').waitFor();
    assert.equal(await page.locator('.chart.pointing').count(), 0);
  });

  it('makes room on the axis for the cut before the first batch, and draws together what would overlap', async () => {
    const { page, send, post } = await show();
    await send(snapshot({ rollouts: [guestOs()] }));
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...(marks[2] ?? assert.fail()),
      id: `alert ${index}`,
      at: at(2, 13) + index * 1_000,
    }));
    await post(marksMessage([...marks.slice(0, 1), ...many]));
    await page.locator('.mark-count', { hasText: '30' }).waitFor();
    assert.equal(await page.locator('.mark').count(), 2);
    const [cut, bar] = await Promise.all([
      page.locator('.mark').first().boundingBox(),
      page.locator('.bar').first().boundingBox(),
    ]);
    assert.ok(cut !== null && bar !== null && cut.x + cut.width < bar.x);
    const pairs = Array.from({ length: 60 }, (_, index) => ({
      ...(marks[2] ?? assert.fail()),
      id: `alert ${index}`,
      at: at(1, 7) + Math.floor(index / 12) * 12 * hour + (index % 12) * (index % 5) * 13 * minute,
    }));
    await post(marksMessage(pairs.toSorted((a, b) => a.at - b.at)));
    await page.locator('.mark-count', { hasText: '30' }).waitFor({ state: 'detached' });
    const edges = await page.locator('.mark').evaluateAll((all) =>
      all.map((each) => {
        const { left, right } = each.getBoundingClientRect();
        return { left, right };
      }),
    );
    assert.ok(edges.length > 4, `${edges.length} are drawn`);
    for (const [index, { left }] of edges.entries()) {
      assert.ok(left >= (edges[index - 1]?.right ?? -Infinity), `the mark ${index} lies on the one before it`);
    }
  });

  it('stands in the table with the batches that it is about', async () => {
    const { page, send, post, posted } = await show();
    await send(snapshot({ rollouts: [guestOs()] }));
    await post(
      marksMessage([...marks, { ...plain, id: 'day', kind: 'election', at: at(4, 12), wholeDay: true, text: 'due' }]),
    );
    await page.getByText('Batches as a table').press('Enter');
    const table = page.getByRole('table', { name: 'Events' });
    await table.getByRole('row', { name: /^Thu 20 Aug 03:30 Cut: .* All batches$/ }).waitFor();
    await table.getByRole('row', { name: 'Fri 28 Aug (UTC) Election day: due' }).waitFor();
    await table
      .getByRole('row', { name: 'Wed 26 Aug 07:00 On call: DRE Ops Rotation: Dana Batch 9, Batch 10' })
      .waitFor();
    await table.getByRole('button', { name: /^Deadline: / }).click();
    assert.deepEqual((await posted()).at(-1), { type: 'openTarget', target: { kind: 'proposal', id: '132411' } });
  });

  it('is not taken from a message of another form, nor where there are too many', async () => {
    const { page, send, post } = await show();
    await send(snapshot({ rollouts: [guestOs()] }));
    const [first] = marks;
    await post({ ...marksMessage(), marks: [{ ...first, kind: 'party' }] });
    await post({ ...marksMessage(), marks: [{ ...first, opens: { kind: 'command', id: 'x' } }] });
    await post(
      marksMessage(Array.from({ length: 201 }, (_, index) => ({ ...(first ?? assert.fail()), id: `${index}` }))),
    );
    await send(snapshot({ rollouts: [guestOs({ note: 'sent last' })], now: at(2, 14) + hour }));
    await page.getByText('sent last').waitFor();
    assert.equal(await page.locator('.mark').count(), 0);
  });

  for (const name of ['dark', 'hc-light']) {
    it(`has nothing that axe-core objects to: ${name}`, async () => {
      const { page, send, post } = await show({ theme: theme(name) });
      const violations = await withAxe(page);
      await send(snapshot({ rollouts: [guestOs()] }));
      await post(marksMessage());
      await page.getByText('Batches as a table').press('Enter');
      await page.locator('.mark').first().waitFor();
      assert.deepEqual(await violations(), []);
    });
  }
});
