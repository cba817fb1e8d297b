import assert from 'node:assert/strict';
import { parseRecordAddress } from '../../../../src/domain/links/recordAddress.ts';
import {
  parseRecordActionAddress,
  recordActionAddress,
  recordActions,
  type RecordActionAddress,
} from '../../../../src/domain/links/recordActionAddress.ts';

describe('addresses of actions on proposals and runs', () => {
  const all: readonly RecordActionAddress[] = [
    ...recordActions.proposal.map((action) => ({ kind: 'proposal', key: '138123', action }) as const),
    ...recordActions.run.map((action) => ({ kind: 'run', key: '0b5f-1', action }) as const),
  ];

  it('come back as they were made, and are no address of a record', () => {
    for (const each of all) {
      const path = decodeURIComponent(new URL(recordActionAddress(each)).pathname);
      assert.deepEqual(parseRecordActionAddress(path), each);
      assert.equal(parseRecordAddress(path), undefined);
    }
  });

  it('are refused when the key has another shape, or the action is not of the kind', () => {
    const wrong = [
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
    ];
    for (const path of wrong) assert.equal(parseRecordActionAddress(path), undefined, path);
  });
});
