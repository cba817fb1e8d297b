import assert from 'node:assert/strict';
import { parseRecordAddress } from '../../../../src/domain/links/recordAddress.ts';
import {
  parseTicketActionAddress,
  ticketActionAddress,
  ticketActions,
} from '../../../../src/domain/links/ticketActionAddress.ts';

describe('addresses of actions on tickets', () => {
  it('come back as they were made, and are no address of a record', () => {
    for (const action of ticketActions) {
      const url = new URL(ticketActionAddress({ key: 'DRE-351', action }));
      assert.equal(url.href, `vscode://dfinity.dr-dre/ticket/DRE-351/${action}`);
      const path = decodeURIComponent(url.pathname);
      assert.deepEqual(parseTicketActionAddress(path), { key: 'DRE-351', action });
      assert.equal(parseRecordAddress(path), undefined);
    }
  });

  it('are refused when the key has another shape, the action is not of the list, or there is more', () => {
    const wrong = [
      '',
      '/ticket/DRE-351',
      '/ticket/DRE-351/',
      '/ticket/DRE-351/assignToMe',
      '/ticket/DRE-351/moveOut',
      '/ticket/DRE-351/Comment',
      '/ticket/DRE-351/constructor',
      '/ticket/DRE-351/__proto__',
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
      '/alert/DRE-351/comment',
      'ticket/DRE-351/comment',
      ' /ticket/DRE-351/comment',
    ];
    for (const path of wrong) assert.equal(parseTicketActionAddress(path), undefined, path);
  });
});
