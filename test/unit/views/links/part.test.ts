import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { documentOf } from '../../../../src/domain/documents/tree.ts';
import type { Link } from '../../../../src/domain/links/join.ts';
import { linksPart } from '../../../../src/views/links/part.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';

describe('the related records of a document', () => {
  it('begin with the alerts, and these with what nobody has taken', () => {
    const alerts = [
      alert('a1', { message: 'Taken', priority: 'P1', status: 'acknowledged' }),
      alert('a2', { message: 'Lesser', priority: 'P3' }),
      alert('a3', { message: 'Open', priority: 'P1' }),
    ];
    const reason = { kind: 'names' } as const;
    const links: readonly Link[] = [
      { to: { kind: 'ticket', id: 'DRE-1', ticket: undefined }, reason },
      ...alerts.map((each): Link => ({ to: { kind: 'alert', id: each.id, alert: each }, reason })),
    ];
    const text = serialise(documentOf(linksPart(links, { now: wednesday, timeZone: 'UTC' })));
    assert.deepEqual(text.match(/Taken|Lesser|Open|DRE-1(?=\])/g), ['Open', 'Taken', 'Lesser', 'DRE-1']);
  });
});
