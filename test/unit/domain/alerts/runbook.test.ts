import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ruleName, runbookOf } from '../../../../src/domain/alerts/runbook.ts';
import { httpsAddress } from '../../../../src/domain/base/httpsAddress.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';

const url = 'https://runbooks.example.com/ic/behind';

describe('the runbook of an alert', () => {
  it('is what a property names, if that is an https address', () => {
    for (const name of ['runbook', 'runbook_url', 'runbookUrl', 'Runbook']) {
      assert.equal(runbookOf(alert('1', { properties: { [name]: url } }), []), url);
    }
    for (const value of ['http://runbooks.example.com', 'command:evil', 'https://me@evil.example', 'wiki page', '']) {
      assert.equal(runbookOf(alert('1', { properties: { runbook: value } }), []), undefined);
    }
    assert.equal(runbookOf(alert('1', { properties: { dashboard: url } }), []), undefined);
  });

  it('else what the longest pattern names that fits the rule or the alias', () => {
    const rules = [
      { pattern: '*', url: 'https://x.example/all' },
      { pattern: 'IC_*', url: 'https://x.example/ic' },
      { pattern: 'IC_Replica_Behind', url: 'https://x.example/behind' },
      { pattern: 'heartbeat/', url: 'https://x.example/heartbeats' },
    ];
    const found = (message: string, alias = ''): string | undefined => runbookOf(alert('1', { message, alias }), rules);
    assert.equal(found('[prod] IC_Replica_Behind: 2 nodes'), 'https://x.example/behind');
    assert.equal(found('[prod] IC_StateSync_Slow'), 'https://x.example/ic');
    assert.equal(found('scraper is expired', 'heartbeat/scraper'), 'https://x.example/heartbeats');
    assert.equal(found('Disk full', 'disk/dm1'), 'https://x.example/all');
    assert.equal(runbookOf(alert('1', { message: 'Disk full' }), rules.slice(1)), undefined);
    const own = alert('1', { message: 'IC_Replica_Behind', properties: { runbook: url } });
    assert.equal(runbookOf(own, rules), url, 'the alert knows better');
  });

  it('reads the rule from a message', () => {
    assert.equal(ruleName('[prod] [x] IC_A: b'), 'IC_A');
    assert.equal(ruleName('Boundary node'), 'Boundary');
    assert.equal(ruleName(''), '');
  });

  it('leads to https only, and never breaks out of a link', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => `https://${text}`),
        ),
        (text) => {
          const address = httpsAddress(text);
          if (address === undefined) return;
          assert.match(address, /^https:\/\/[^\s/?#@]/i);
          assert.doesNotMatch(address, /[\s<>()\\`|"]/);
        },
      ),
    );
  });
});
