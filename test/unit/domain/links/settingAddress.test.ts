import assert from 'node:assert/strict';
import { parseRecordAddress } from '../../../../src/domain/links/recordAddress.ts';
import { parseSettingAddress, settingAddress } from '../../../../src/domain/links/settingAddress.ts';

describe('addresses of settings', () => {
  it('come back as they were made, and are no address of a record', () => {
    const url = new URL(settingAddress('drDre.notifications.enabled'));
    assert.equal(url.href, 'vscode://dfinity.dr-dre/setting/drDre.notifications.enabled');
    assert.equal(parseSettingAddress(url.pathname), 'drDre.notifications.enabled');
    assert.equal(parseRecordAddress(url.pathname), undefined);
  });

  it('are refused when they name no setting of ours', () => {
    const wrong = [
      '',
      '/setting/',
      '/setting/drDre',
      '/setting/security.workspace.trust.enabled',
      '/setting/drDre.a/b',
    ];
    for (const path of [...wrong, '/setting/drDre.a b', '/setting/drDre.a @modified', '/Setting/drDre.timeZone']) {
      assert.equal(parseSettingAddress(path), undefined, path);
    }
  });
});
