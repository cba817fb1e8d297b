import assert from 'node:assert/strict';
import { keptRegistryNode, readRegistryNode, readsRegistry, registryNodesIn } from '../../../src/dre/registry.ts';
import { runStandIn } from '../../support/dre/standIn.ts';

const id = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
const other = 'ryjl3-tyaaa-aaaaa-aaaba-cai';

describe('the registry as dre prints it', () => {
  it('is read from the output of the whole registry, each node with what it says', async () => {
    const { stdout } = await runStandIn(['registry'], {});
    const found = registryNodesIn(stdout);
    assert.ok(found.ok);
    const nodes = found.value.map(readRegistryNode);
    assert.ok(nodes.length > 10 && nodes.every((node) => node !== undefined));
    const dead = nodes.find((node) => node.health === 'dead') ?? assert.fail('none is dead');
    assert.ok(dead.subnet && dead.provider && dead.operator);
    assert.match(dead.dataCenter ?? '', /^[a-z]{2}\d$/);
    assert.deepEqual(nodes.map(keptRegistryNode).map(readRegistryNode), nodes);
  });

  it('distinguishes none, not given and another word', () => {
    const read = (fields: object) => readRegistryNode({ node_id: id, ...fields });
    const untold = {
      id,
      subnet: undefined,
      dataCenter: undefined,
      provider: undefined,
      operator: undefined,
      health: undefined,
    };
    assert.deepEqual(read({}), untold);
    assert.deepEqual(read({ subnet_id: null, dc_id: null, status: 'Unknown' }), {
      ...untold,
      subnet: null,
      dataCenter: null,
    });
    assert.deepEqual(read({ subnet_id: 'tdb26', dc_id: 'a\u202eb', node_provider_id: 7, status: 'Draining' }), {
      ...untold,
      health: 'Draining',
    });
    for (const value of [
      null,
      'x',
      {},
      { node_id: 'rrkah' },
      { node_id: `${id.slice(0, -1)}x` },
      { node_id: [other] },
    ]) {
      assert.equal(readRegistryNode(value), undefined);
    }
    for (const word of ['healthy', 'Draining', undefined]) {
      const node = { ...untold, health: word };
      assert.deepEqual(readRegistryNode(keptRegistryNode(node)), node);
    }
  });

  it('is none where it is cut off, empty or something else', () => {
    for (const text of ['', '{"nodes": [', '[]', '{}', '{"nodes":[]}', '{"nodes":{}}']) {
      assert.equal(registryNodesIn(text).ok, false, text);
    }
  });

  it('is whole only without filters and other options', () => {
    assert.ok(readsRegistry({ args: ['registry'] }));
    for (const args of [[], ['get', 'registry'], ['registry', '--filters', 'dc_id eq bo1'], ['registry', '-o', 'x']]) {
      assert.equal(readsRegistry({ args }), false, args.join(' '));
    }
  });
});
