import assert from 'node:assert/strict';
import { knowledgeOf } from '../../../../src/domain/links/knowledge.ts';
import { Subjects } from '../../../../src/domain/links/subjects.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';

describe('what proposals name', () => {
  const texts = { title: 'Replace a node', summary: 'see DRE-350 and proposal 138122' };
  const counted = (yes: bigint, more: object = {}) =>
    proposal(138_123n, { ...texts, tally: { yes, no: 0n, total: 9n, at: 1 }, ...more });
  const subjects = (): Subjects =>
    new Subjects(knowledgeOf({ alerts: [], rollouts: [], tickets: [], epic: 'DRE-350', repository: 'dfinity/dre' }));

  it('is not searched again for other votes, over a join as well', () => {
    const all = subjects();
    const found = all.ofProposal(counted(1n));
    assert.deepEqual(
      found.map(({ id }) => id),
      ['DRE-350', '138122'],
    );
    assert.equal(all.ofProposal(counted(2n)), found);
    all.beginJoin();
    assert.equal(all.ofProposal(counted(3n)), found);
    // Two joins without it: it is gone.
    all.beginJoin();
    all.beginJoin();
    assert.notEqual(all.ofProposal(counted(4n)), found);
  });

  it('is searched again for another text, and in each proposal for itself', () => {
    const all = subjects();
    all.ofProposal(counted(1n));
    const named = (more: object): readonly string[] => all.ofProposal(counted(1n, more)).map(({ id }) => id);
    assert.deepEqual(named({ summary: 'see proposal 138121' }), ['138121']);
    assert.deepEqual(named({ title: 'Replace DRE-351', summary: '' }), ['DRE-351']);
    assert.deepEqual(named({ url: 'https://dfinity.atlassian.net/browse/DRE-352', summary: '' }), ['DRE-352']);
    assert.deepEqual(named({ id: 138_120n, summary: '' }), []);
  });
});
