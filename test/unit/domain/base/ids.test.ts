import assert from 'node:assert/strict';
import { isRepository } from '../../../../src/domain/base/ids.ts';

describe('the name of a repository', () => {
  it('never leads to another path of the service', () => {
    for (const name of ['dfinity/dre', 'a/.github', 'a/...']) assert.ok(isRepository(name), name);
    for (const name of ['a/.', 'a/..', '../b', 'a/b/c', 'a', 'a/b?c', 'a/%2e%2e']) assert.ok(!isRepository(name), name);
  });
});
