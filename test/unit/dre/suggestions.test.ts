import assert from 'node:assert/strict';
import { operations } from '../../../src/dre/catalogue.ts';
import { suggestionsFor, type About } from '../../../src/dre/suggestions.ts';
import { node, subnets } from '../../support/feeds/linkRecords.ts';

const [subnet = '', otherSubnet = ''] = subnets;
const otherNode = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
const commit = 'b95f4a32b41798de115aac9298b51dd1662f1da5';

/** What is offered: the operation, what it is about, and the values that are filled in. */
function offered(about: About): readonly string[] {
  return suggestionsFor(operations, about).map(
    (each) => `${each.operation.id} ${each.about}: ${Object.values(each.values).join(' | ')}`,
  );
}

describe('suggestions', () => {
  it('offer what is about a subnet once for each subnet', () => {
    const subjects = [subnet, otherSubnet].map((id) => ({ kind: 'subnet', id }) as const);
    const found = offered({ subjects });
    for (const id of [subnet, otherSubnet]) {
      assert.ok(found.includes(`subnet.replace ${id.split('-')[0] ?? ''}: ${id}`), found.join('\n'));
    }
  });

  it('take nodes together, and the version of their rollout with them', () => {
    const subjects = [node, otherNode, node].map((id) => ({ kind: 'node', id }) as const);
    const found = offered({ subjects, version: commit });
    assert.ok(found.includes(`subnet.replaceNodes 2 nodes: ${node} ${otherNode}`), found.join('\n'));
    assert.ok(found.includes(`hostOs.rollout 2 nodes: ${commit} | ${node} ${otherNode}`), found.join('\n'));
    assert.ok(!found.some((each) => each.startsWith('version.')), 'nothing is elected that is rolled out');
  });

  it('offer what is about a proposal, and an election of a version that a text names', () => {
    const found = offered({
      subjects: [
        { kind: 'proposal', id: '143590' },
        { kind: 'version', id: commit },
      ],
    });
    assert.ok(found.includes('proposals.analyze 143590: 143590'), found.join('\n'));
    assert.ok(found.includes(`version.reviseGuestOs b95f4a3: ${commit}`), found.join('\n'));
  });

  it('leave out what has not the shape of an id, and what no operation is about', () => {
    const subjects = [
      { kind: 'subnet', id: 'tdb26' },
      { kind: 'subnet', id: '--network' },
      { kind: 'node', id: `${node} --yes` },
      { kind: 'proposal', id: '1; rm' },
      { kind: 'version', id: 'b95f4a3' },
      { kind: 'dataCenter', id: 'bo1' },
    ] as const;
    assert.deepEqual(offered({ subjects }), []);
  });
});
