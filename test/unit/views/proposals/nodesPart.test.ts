import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import type { RegistryNode } from '../../../../src/domain/links/registry.ts';
import type { Payload } from '../../../../src/domain/proposals/payload.ts';
import { proposalDocument } from '../../../../src/views/proposals/document.ts';
import type { RegistryRecords } from '../../../../src/views/proposals/nodesPart.ts';
import { preview } from '../../../support/documents/preview.ts';
import { proposal as linkedProposal } from '../../../support/feeds/linkRecords.ts';

const [first, second, third] = ['aaaaa-aa', 'rrkah-fqaaa-aaaaa-aaaaq-cai', 'ryjl3-tyaaa-aaaaa-aaaba-cai'] as const;
const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
const read = 'vscode://dfinity.dr-dre/operation/registry.read';
const hour = 3_600_000;

function shown(added: readonly string[], removed: readonly string[], registry?: RegistryRecords) {
  const value = { subnet_id: subnet, node_ids_add: added, node_ids_remove: removed };
  const payload: Payload = { kind: 'decoded', value };
  const proposal = linkedProposal(138_123n, { topic: 7, nnsFunction: 31, payload });
  const content = { proposal, read: undefined, reading: false, failure: undefined, registry };
  return preview(serialise(proposalDocument('138123', content, { now: 26 * hour, timeZone: 'UTC' })));
}

function registryOf(...nodes: readonly RegistryNode[]): RegistryRecords {
  return { nodes: new Map(nodes.map((node) => [node.id, node])), readAt: 24 * hour };
}

describe('the nodes of a change of members, in the document of its proposal', () => {
  it('have data center, provider and health as the registry had them, and as of when', () => {
    const node = { provider: third, operator: third, subnet: null };
    const { text, links } = shown(
      [first],
      [second],
      registryOf(
        { ...node, id: first, dataCenter: 'bo1', health: 'healthy' },
        { ...node, id: second, subnet, dataCenter: undefined, provider: null, health: undefined },
      ),
    );
    assert.match(text, /Adds\s+1 node\s+Removes\s+1 node/);
    assert.match(text, /Change\s+Node\s+In subnet\s+Data center\s+Provider\s+Health/);
    assert.match(text, /adds\s+aaaaa\s+none\s+bo1\s+ryjl3\s+healthy/);
    assert.match(text, /removes\s+rrkah\s+tdb26\s+not known\s+none\s+not known/);
    assert.match(text, /From the registry read 2 h ago \(.*1970.*\)\. Read Registry Again/);
    for (const page of ['center/bo1', `provider/${third}`, `node/${second}`, `subnet/${subnet}`]) {
      assert.ok(links.includes(`https://dashboard.internetcomputer.org/${page}`), links.join('\n'));
    }
    assert.equal(links.at(-1), read);
  });

  it('are said to be not known before the registry was read, and to be missing where it has not got them', () => {
    const before = shown([], [second]);
    assert.match(before.text, /Adds\s+no node/);
    assert.match(
      before.text,
      /Change\s+Node\s+removes\s+rrkah\s+Can't show where the nodes are/,
      'without empty columns',
    );
    assert.match(before.text, /who runs them or their health: the registry was not read\. Read Registry\s/);
    assert.equal(before.links.at(-1), read);
    assert.match(shown([], [second], registryOf()).text, /1 node is not in it\. Read Registry Again/);
  });

  it('are listed up to a number, and are text whatever they are called', () => {
    const many = Array.from({ length: 300 }, (_, index) => `n${index}`);
    const { text } = shown([], many);
    assert.match(text, /And 100 more nodes/);
    const hostile = shown(['[x](command:y)', '<b>|'], []);
    assert.match(hostile.text, /adds\s+\[x\]\(command:y\)/);
    assert.deepEqual(
      hostile.links.filter((link) => link.startsWith('command:')),
      [],
    );
  });
});
