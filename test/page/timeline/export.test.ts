import assert from 'node:assert/strict';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import {
  parsePageMessage,
  type MarksMessage,
  type PageMessage,
} from '../../../src/domain/releases/timeline/messages.ts';
import { at, guestOs, hostOs, rollout } from '../../support/feeds/rolloutBuilder.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { snapshot, usePages, type TimelinePage } from './page.ts';

/** The last message of a kind, as the host reads it. */
function lastPosted<T extends PageMessage['type']>(
  { posted }: TimelinePage,
  type: T,
): Promise<Extract<PageMessage, { type: T }>> {
  return waitFor(`the page’s ${type}`, async () => {
    const message = (await posted()).findLast((each) => (each as PageMessage).type === type);
    if (message === undefined) return undefined;
    const parsed = parsePageMessage(message);
    assert.ok(parsed.ok, 'the host takes it');
    return parsed.value as Extract<PageMessage, { type: T }>;
  });
}

const evil = 'x</text><script>`*_<!channel>';

describe('exporting the timeline', function () {
  this.timeout(30_000);
  const { show } = usePages();

  it('makes an SVG file of what is shown, with texts from outside as texts', async () => {
    const opened = await show();
    const hostile = rollout({ name: evil, batches: guestOs().batches });
    await opened.send(snapshot({ rollouts: [hostile] }));
    const mark = { id: 'a', kind: 'alert', at: at(2, 13, 20), wholeDay: false, text: evil, urgent: true } as const;
    const marks = [{ ...mark, targets: [], ofAll: false, during: null, opens: null }];
    await opened.post({ type: 'marks', rollout: rolloutKey(hostile), marks } satisfies MarksMessage);
    await opened.page.locator('.mark').waitFor();
    await opened.page.getByRole('button', { name: 'Save as SVG…' }).click();
    const { image, rollout: of } = await lastPosted(opened, 'saveImage');
    assert.equal(of, rolloutKey(hostile));
    assert.equal(image.format, 'svg');
    const read = await opened.page.evaluate((text) => {
      const file = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        fault: file.querySelector('parsererror')?.textContent ?? '',
        title: file.querySelector('title')?.textContent ?? '',
        texts: [...file.querySelectorAll('text')].map((each) => each.textContent),
        bars: file.querySelectorAll('rect').length,
      };
    }, image.content);
    assert.equal(read.fault, '');
    assert.equal(read.title, `GuestOS on subnets: ${evil}, Upgrading subnets`);
    assert.ok(read.texts.includes('Batch 12') && read.texts.includes('opn46 lspz2 o3ow2'));
    assert.ok(read.texts.includes(`1  Alert: ${evil}, Wed 26 Aug 13:20`));
    assert.ok(read.bars > guestOs().batches.length + 12, 'planned and actual bars');
  });

  it('makes a PNG file of it', async () => {
    const opened = await show();
    await opened.send(snapshot({ rollouts: [guestOs()] }));
    await opened.page.getByRole('button', { name: 'Save as PNG…' }).click();
    const { image } = await lastPosted(opened, 'saveImage');
    const bytes = Buffer.from(image.content, 'base64');
    assert.equal(image.format, 'png');
    assert.equal(bytes.readUInt32BE(16), 2800, 'pixels of its width');
    assert.ok(bytes.readUInt32BE(20) > 2 * 24 * guestOs().batches.length, 'and of its height');
  });

  it('copies Markdown in which text from outside is in code', async () => {
    const opened = await show();
    const hostile = rollout({ name: evil, batches: guestOs().batches });
    await opened.send(snapshot({ rollouts: [hostile] }));
    await opened.page.getByRole('button', { name: 'Copy as Markdown' }).press('Enter');
    const { text } = await lastPosted(opened, 'copyMarkdown');
    await opened.page.getByRole('status').getByText('Copied').waitFor();
    const [head, facts, asOf, fence, ...block] = text.split('\n');
    assert.equal(head, 'GuestOS on subnets `x</text><script>’*_<!channel>`: Upgrading subnets');
    assert.match(facts ?? '', /^27 of 49 subnets, 11 of 22 batches done, ends about /);
    assert.match(asOf ?? '', /^As of Wed 26 Aug 2026, 13:50:07 UTC$/);
    assert.equal(fence, '```');
    assert.deepEqual(block.slice(-2), ['```', '']);
    assert.ok(block.includes('! Batch 12: error on lspz2, Airflow is retrying'));
    assert.ok(block.includes('9 earlier batches done'));
    assert.ok(
      block.some((line) => /^Batch 13 {2}2zs4v 6excn kp5jj {2}15:00$/.test(line)),
      block.join('\n'),
    );
  });

  it('is done once when the host asks, as soon as all is there', async () => {
    const opened = await show();
    const asked = { rollouts: [guestOs(), hostOs()], selected: rolloutKey(hostOs()) };
    await opened.send(snapshot({ ...asked, wanted: { format: 'svg', request: 1 } }));
    await opened.page.getByText('HostOS on nodes').waitFor();
    assert.deepEqual(
      (await opened.posted()).filter((each) => (each as PageMessage).type === 'saveImage'),
      [],
    );
    await opened.post({ type: 'marks', rollout: rolloutKey(hostOs()), marks: [] });
    assert.equal((await lastPosted(opened, 'saveImage')).rollout, rolloutKey(hostOs()));
    await opened.send(snapshot({ ...asked, wanted: { format: 'svg', request: 1 } }));
    await opened.send(snapshot({ ...asked, wanted: { format: 'markdown', request: 2 } }));
    await lastPosted(opened, 'copyMarkdown');
    assert.equal((await opened.posted()).filter((each) => (each as PageMessage).type === 'saveImage').length, 1);
  });
});
