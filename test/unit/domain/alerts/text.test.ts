import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { textMatches } from '../../../../src/domain/alerts/text.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';

describe('the text filter of alerts', () => {
  const known = alert('1', {
    message: '[prod] IC_Replica_Behind: 3 nodes',
    tags: ['dc:zh1', 'Überwachung'],
    entity: 'o3ow2-2ipam',
    source: 'alertmanager.prod',
    alias: 'IC_Replica_Behind/o3ow2',
    owner: 'Dana Oncall',
    properties: { runbook: 'https://runbooks.example.com/behind' },
    tinyId: '4699',
    description: 'only in the description',
  });

  it('finds a part of everything that an alert is known by', () => {
    for (const text of ['replica_b', 'zh1', 'o3ow2', 'manager', 'behind/o3', 'dana', 'RUNBOOKS.example', '4699']) {
      assert.ok(textMatches(known, text), text);
    }
    assert.ok(!textMatches(known, 'staging'));
    assert.ok(!textMatches(known, 'description'));
  });

  it('wants every word, in any order and place', () => {
    assert.ok(textMatches(known, '  dana   prod\tbehind '));
    assert.ok(!textMatches(known, 'dana staging'));
    assert.ok(!textMatches(known, 'replicabehind'));
  });

  it('finds everything when it is empty', () => {
    assert.ok(textMatches(known, '') && textMatches(known, '   '));
  });

  it('ignores case, accents and characters that show nothing', () => {
    for (const text of ['uberwachung', 'ÜBERWACHUNG', 'U\u0308berwachung', '\u202ezh1\u200b', '\u200b']) {
      assert.ok(textMatches(known, text), text);
    }
    assert.ok(textMatches(alert('1', { message: '\u202enetz\u200bwerk' }), 'netzwerk'));
  });

  it('takes every character as it is', () => {
    for (const text of ['.*', 'repl?ca', '[prox]', '(', '\\', '$']) assert.ok(!textMatches(known, text), text);
    assert.ok(textMatches(known, '[prod]'));
  });

  it('finds an alert by any part of its message', () => {
    const part = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(part, part, part, (before, text, after) =>
        textMatches(alert('1', { message: before + text + after }), text),
      ),
    );
  });

  it('reads an alert once, however many filters it is compared with', () => {
    let reads = 0;
    const counted: Alert = {
      ...alert('1'),
      get message() {
        reads++;
        return 'Zürich is behind';
      },
    };
    for (const text of ['behind', 'zurich', 'behind zurich', 'tdb26']) textMatches(counted, text);
    assert.equal(reads, 1);
  });
});
