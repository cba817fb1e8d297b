import assert from 'node:assert/strict';
import { parseRecordAddress } from '../../../../src/domain/links/recordAddress.ts';
import {
  parseRecordActionAddress,
  recordActionAddress,
  recordActions,
  type RecordActionAddress,
} from '../../../../src/domain/links/recordActionAddress.ts';

describe('addresses of actions on records', () => {
  const all: readonly RecordActionAddress[] = [
    ...recordActions.ticket.map((action) => ({ kind: 'ticket', key: 'DRE-351', action }) as const),
    ...recordActions.proposal.map((action) => ({ kind: 'proposal', key: '138123', action }) as const),
    ...recordActions.run.map((action) => ({ kind: 'run', key: '0b5f-1', action }) as const),
  ];

  it('come back as they were made, and are no address of a record', () => {
    for (const each of all) {
      const url = new URL(recordActionAddress(each));
      assert.equal(url.href, `vscode://dfinity.dr-dre/${each.kind}/${each.key}/${each.action}`);
      const path = decodeURIComponent(url.pathname);
      assert.deepEqual(parseRecordActionAddress(path), each);
      assert.equal(parseRecordAddress(path), undefined);
    }
  });

  it('are refused when the key has another shape, or the action is not of the kind, or there is more', () => {
    const wrong = [
      '',
      '/ticket/DRE-351',
      '/ticket/DRE-351/',
      '/ticket/DRE-351/assignToMe',
      '/ticket/DRE-351/moveOut',
      '/ticket/DRE-351/Comment',
      '/ticket/DRE-351/constructor',
      '/ticket/DRE-351/__proto__',
      '/ticket/DRE-351/linkTicket',
      '/ticket/DRE-351/comment/',
      '/ticket/DRE-351/comment/text',
      '/ticket/DRE-351/comment?body=x',
      '/ticket/DRE-351/comment\n',
      '/ticket/DRE-351\n/comment',
      '/ticket/dre-351/comment',
      '/ticket/../DRE-351/comment',
      '/ticket//comment',
      '/ticket/DRE-0/comment',
      '/ticket/DRE-351,DRE-352/comment',
      `/ticket/DRE-${'1'.repeat(60)}/comment`,
      '/ticket/138123/comment',
      '/constructor/DRE-351/comment',
      'ticket/DRE-351/comment',
      ' /ticket/DRE-351/comment',
      '/run/r1',
      '/run/r1/submit',
      '/run/r1/linkTicket',
      '/run/r1/constructor',
      '/run/R1/showTerminal',
      '/run/r1/showTerminal/',
      '/run/r1/showTerminal\n',
      '/run/../r1/showTerminal',
      '/proposal/0/linkTicket',
      '/proposal/1/showTerminal',
      '/proposal/1/linkTicket?x',
      '/alert/1/linkTicket',
      '/alert/DRE-351/comment',
    ];
    for (const path of wrong) assert.equal(parseRecordActionAddress(path), undefined, path);
  });
});
