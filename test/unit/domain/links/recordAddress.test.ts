import assert from 'node:assert/strict';
import { parseRecordAddress, recordAddress, type RecordAddress } from '../../../../src/domain/links/recordAddress.ts';

const addresses: readonly RecordAddress[] = [
  { kind: 'alert', key: '9b251e07-73c9-4907-9996-8cb53a6a20d0-1767571200123' },
  { kind: 'ticket', key: 'DRE-351' },
  { kind: 'proposal', key: '143590' },
  { kind: 'rollout', key: 'rollout_ic_os_to_mainnet_subnets/manual__2026-08-26T13:49:30.112233+00:00 é%2F/x' },
  { kind: 'rollout', key: 'rollout_ic_os_to_mainnet_subnets/rc--2026-08-20_03-30', batch: 'batch-12' },
  { kind: 'pullRequest', key: 'dfinity/dre#12' },
];

describe('addresses of records', () => {
  it('come back as they were made', () => {
    for (const address of addresses) {
      const url = recordAddress(address);
      assert.ok(url.startsWith(`vscode://dfinity.dr-dre/${address.kind}/`), url);
      const { pathname, search } = new URL(url);
      assert.deepEqual(parseRecordAddress(decodeURIComponent(pathname), search.slice(1)), address);
    }
  });

  it('have a batch only of a rollout, and of the shape that batches have', () => {
    const rollout = '/rollout/rollout_ic_os_to_mainnet_subnets/rc';
    for (const query of ['batch=', 'batch=a/b', 'batch=12&x=1', 'x=1', `batch=${'a'.repeat(61)}`]) {
      assert.equal(parseRecordAddress(rollout, query)?.batch, undefined, query);
    }
    assert.deepEqual(parseRecordAddress('/ticket/DRE-351', 'batch=batch-1'), { kind: 'ticket', key: 'DRE-351' });
  });

  it('are refused when the id has not the shape of its kind', () => {
    const wrong = [
      '',
      '/',
      '/alert',
      '/alert/',
      '/alert/../ticket/DRE-1',
      '/alert/x',
      '/ticket/dre-351',
      '/ticket/DRE-351/x',
      '/proposal/0',
      '/proposal/1e5',
      '/rollout/else/rc',
      '/rollout/rollout_ic_os_to_mainnet_subnets/',
      '/rollout/rollout_ic_os_to_mainnet_subnets/a\nb',
      '/rollout/toString/x',
      '/pullRequest/dfinity#1',
      '/pullRequest/a/b/c#1',
      '/rotation/1',
      '/constructor/1',
      `/rollout/rollout_ic_os_to_mainnet_subnets/${'a'.repeat(400)}`,
    ];
    for (const path of wrong) assert.equal(parseRecordAddress(path), undefined, path);
  });
});
