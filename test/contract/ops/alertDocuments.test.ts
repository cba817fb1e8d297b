import assert from 'node:assert/strict';
import { htmlBlocks } from '../../../src/domain/documents/html.ts';
import { serialise } from '../../../src/domain/documents/serialise.ts';
import { documentOf } from '../../../src/domain/documents/tree.ts';
import { neverShown } from '../../support/documents/preview.ts';
import { documentServices } from '../../support/documents/services.ts';
import { processorTime } from '../../support/base/processorTime.ts';

describe('the document of an alert, from what the alert API answers', () => {
  const services = documentServices();
  const described = async (description: string) => {
    const { text, links, elements } = await services.alert({ description });
    const [, from = ''] = text.split('Description\n');
    return { text: (from.split('Details\n')[0] ?? '').trim(), links: links.slice(1), elements };
  };

  it('is readable where the description is HTML, and its https addresses can be followed', async () => {
    const { text, links, elements } = await described(
      '<p>CPU of <strong>host-1</strong> is 97&nbsp;%</p>\n' +
        '<ul><li><a href="https://grafana.example.org/d/1">Dashboard</a></li><li>since 12:00</li></ul>\n' +
        'Source: https://prometheus.example.org/graph?g0.expr=up\nrunbook_url = https://runbooks.example.org/ic/behind',
    );
    assert.deepEqual(
      text.split('\n').filter((line) => line !== ''),
      [
        'CPU of host-1 is 97\u00a0%',
        'Dashboard',
        'since 12:00',
        'Source: https://prometheus.example.org/graph?g0.expr=up',
        'runbook_url = https://runbooks.example.org/ic/behind',
      ],
    );
    assert.deepEqual(links, [
      'https://grafana.example.org/d/1',
      'https://prometheus.example.org/graph?g0.expr=up',
      'https://runbooks.example.org/ic/behind',
    ]);
    assert.equal(elements['list_item'], 2);
  });

  it('makes links of https addresses alone, without the punctuation around them', async () => {
    const { text, links } = await described(
      'See (https://example.com/a_(b)), http://example.com, ftp://example.com, //example.com, dana@example.com,\n' +
        'https://user@example.com, www.example.com and https://example.com/c.',
    );
    assert.deepEqual(links, ['https://example.com/a_%28b%29', 'https://example.com/c']);
    assert.match(text, /^See \(https:\/\/example\.com\/a_\(b\)\), http:\/\/example\.com, ftp/);
  });

  it('keeps the lines of plain text, and words in angle brackets', async () => {
    const { text, elements } = await described(
      '    dre --dry-run network & echo <done>\nTwo <b> of 13\n\n* not a list',
    );
    assert.match(text, /^dre --dry-run network & echo <done>\nTwo <b> of 13\n\n\* not a list$/);
    assert.deepEqual([elements['code_block'], elements['bullet_list']], [undefined, undefined]);
  });

  it('shows of HTML nothing but what it says', async () => {
    const { text, links, elements } = await described(
      '<p>one<script>alert(1)</script><style>p{}</style><!-- x --> <img src="https://evil.example/p.png" alt="lag">' +
        '<a href="command:evil">run</a> <a href="https://evil.example">https://good.example</a>' +
        '<iframe src="https://evil.example"></iframe><input value="v" onfocus="x"> echo <done></p>' +
        '<pre><code class="language-mermaid">graph TD</code></pre><table><tr><td>a|b</td><td>c</td></tr></table>',
    );
    for (const element of neverShown) assert.equal(elements[element], undefined, element);
    assert.doesNotMatch(text, /alert\(1\)|p\{\}/);
    for (const words of [
      'one',
      'Picture: lag',
      'run (command:evil)',
      'https://good.example (https://evil.example',
      'a|b',
    ]) {
      assert.ok(text.includes(words), `${words} in ${text}`);
    }
    assert.ok(text.includes('echo <done>'));
    assert.ok(links.every((address) => /^https:\/\/evil\.example\//.test(`${address}/`)));
  });

  it('reads HTML of any depth and size in time', async function () {
    this.timeout(60_000);
    const { text } = await described(`${'<b>'.repeat(5_000)}x</b>`);
    assert.match(text, /^x/);
    const hostile = [
      `${Array.from({ length: 800 }, (_, index) => `<b a=${index}>`).join('')}${'<p>'.repeat(2_000)}</p>`,
      `<p>${' '.repeat(15_000)}</p>`,
      `${'<a href=x '.repeat(1_500)}</p>`,
      `${'<table><tr><td>'.repeat(1_000)}</p>`,
      `${'<ul><li>'.repeat(2_000)}</p>`,
      `${'<'.repeat(15_000)}</p>`,
    ];
    for (const each of hostile) {
      const took = processorTime(() => serialise(documentOf(htmlBlocks(each))));
      assert.ok(took < 3_000, `${each.slice(0, 20)}: ${took} ms`);
    }
  });
});
