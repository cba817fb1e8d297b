import assert from 'node:assert/strict';
import { pageHtml, pagePolicy } from '../../../../src/ui/kit/pageHtml.ts';

const parts = {
  nonce: 'abc123+/==',
  cspSource: 'https://*.vscode-cdn.net',
  scriptUri: 'https://file+.vscode-resource.vscode-cdn.net/dist/timeline.js',
  styleUri: 'https://file+.vscode-resource.vscode-cdn.net/dist/timeline.css',
  title: 'Release Timeline',
  root: 'timeline',
};

describe('the page of a panel', () => {
  it('has exactly this policy', () => {
    assert.equal(
      pagePolicy(parts),
      "default-src 'none'; script-src 'nonce-abc123+/=='; style-src https://*.vscode-cdn.net; img-src 'none'; font-src 'none'",
    );
    assert.match(
      pageHtml(parts),
      /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;nonce-abc123\+\/==&#39;; /,
    );
  });

  it('loads the one script under its nonce, and the one style sheet', () => {
    const html = pageHtml(parts);
    assert.deepEqual(html.match(/<script[^>]*>/g), [
      `<script type="module" nonce="${parts.nonce}" src="${parts.scriptUri}">`,
    ]);
    assert.deepEqual(html.match(/<link[^>]*>/g), [`<link rel="stylesheet" href="${parts.styleUri}">`]);
    assert.doesNotMatch(html, /style=|<style|\son[a-z]+=/);
  });

  it('escapes what is put into it', () => {
    const hostile = '"><script>alert(1)</script>\'&';
    const html = pageHtml({
      nonce: hostile,
      cspSource: hostile,
      scriptUri: hostile,
      styleUri: hostile,
      title: hostile,
      root: 'x',
    });
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.ok(html.includes('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;'));
  });
});
