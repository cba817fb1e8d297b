import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { imageFile, isExportedImage } from '../../../../../src/domain/releases/timeline/exported.ts';

const svg = (inner: string, attributes = 'xmlns="http://www.w3.org/2000/svg"'): unknown => ({
  format: 'svg',
  content: `<svg ${attributes}>${inner}</svg>\n`,
});

describe('an image that the page sends', () => {
  it('is a drawing or a PNG file', () => {
    const good = [
      svg('<title>Week</title><rect x="1" fill="#fff"/><text>&lt;script&gt; href onload</text>'),
      { format: 'png', content: Buffer.from('\x89PNG\r\n\x1a\n etc.', 'latin1').toString('base64') },
    ];
    for (const image of good) assert.ok(isExportedImage(image), JSON.stringify(image));
  });

  it('holds nothing that runs or loads anything', () => {
    const bad: readonly unknown[] = [
      undefined,
      { format: 'svg' },
      { format: 'html', content: '<svg ></svg>\n' },
      { format: 'png', content: '<svg ></svg>\n' },
      { format: 'png', content: 'iVBORw0KGgo<' },
      { format: 'svg', content: 'text' },
      svg('<script>alert(1)</script>'),
      svg('<SCRIPT/>'),
      svg('<foreignObject/>'),
      svg('<image x="1"/>'),
      svg('<a><text>x</text></a>'),
      svg('<rect onclick="x"/>'),
      svg('<rect fill="url(https://example.org)"/>'),
      svg('<rect style="x"/>'),
      svg('<path xlink:href="x"/>'),
      svg('<!-- x -->'),
      svg('<?xml x?>'),
      svg('&#60;'),
      svg('', 'onload="x"'),
      { format: 'svg', content: `<svg >${' '.repeat(16 * 1024 * 1024)}</svg>\n` },
    ];
    for (const image of bad) assert.equal(isExportedImage(image), false, inspect(image).slice(0, 100));
  });

  it('has a file name without anything that leads elsewhere', () => {
    assert.equal(imageFile('rc--2026-08-20_03-30', 'png'), 'rollout-rc--2026-08-20_03-30.png');
    assert.equal(imageFile('../../etc/passwd\n', 'svg'), 'rollout-etc_passwd.svg');
    assert.equal(imageFile('/…', 'svg'), 'rollout-timeline.svg');
    assert.ok(imageFile('x'.repeat(900), 'svg').length < 100);
  });
});
