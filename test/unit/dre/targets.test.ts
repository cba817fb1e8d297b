import assert from 'node:assert/strict';
import { operations } from '../../../src/dre/catalogue.ts';
import { namedTitle, targetsOf } from '../../../src/dre/targets.ts';
import type { ParameterValues } from '../../../src/dre/operations.ts';

const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
const nodes = [
  'anudy-m6vfi-lphxb-sazpy-la4ti-2hriw-c67ny-butfn-axcel-otvuh-oqe',
  '7uioy-xitfw-yqcko-5gpya-3lpsw-dw7zt-dyyyf-wfqif-jvi76-fdbkg-cqe',
];
const commit = '79c01052e6f0f41f2a4e1b5c4e0a2d7c3b1f9e8d';

function titleOf(id: string, values: ParameterValues): string {
  const operation = operations.find((each) => each.id === id) ?? assert.fail(id);
  return namedTitle(operation.preview({ program: 'dre', values }));
}

describe('what a run is about', () => {
  it('stands in its title: the proposal, the subnet or the version', () => {
    assert.equal(titleOf('proposals.analyze', { proposalId: '143574' }), 'Analyze proposal 143574');
    assert.equal(titleOf('proposals.get', { proposalId: '143574' }), 'Show proposal 143574');
    assert.equal(titleOf('subnet.deploy', { id: subnet, version: commit }), 'Upgrade subnet tdb26: 79c0105 (dry run)');
    assert.equal(titleOf('version.reviseHostOs', { version: commit }), 'Elect HostOS version 79c0105 (dry run)');
    assert.equal(titleOf('subnet.replace', { subnetId: subnet }), 'Replace unhealthy nodes of subnet tdb26 (dry run)');
  });

  it('stands behind its title where that has no place for it', () => {
    const two = { removeNodes: nodes.join(' '), motivation: 'Broken' };
    assert.equal(titleOf('subnet.replaceNodes', two), 'Take nodes out of a subnet: 2 nodes (dry run)');
    const one = { ...two, removeNodes: nodes[0] };
    assert.equal(titleOf('subnet.replaceNodes', one), 'Take nodes out of a subnet: anudy (dry run)');
    assert.equal(titleOf('network.heal', {}), 'Heal the network (dry run)');
  });

  it('is not known of arguments that dre refuses, and not what they leave out', () => {
    assert.deepEqual(targetsOf(['proposals', 'analyze', '143574', '--no-such-option']), []);
    assert.deepEqual(targetsOf(['network', '--heal', '--omit-subnets', subnet]), []);
    assert.deepEqual(targetsOf(['upgrade', '--version', '0.6.8']), []);
  });
});
