import assert from 'node:assert/strict';
import {
  acceptedProposers,
  neuronRole,
  nnsFunctionName,
  proposalUrl,
  proposersOf,
  releaseTopics,
  topicName,
  topicsOf,
} from '../../../../src/domain/proposals/governance.ts';
import { describeWithReference, readReference } from '../../../support/base/reference.ts';

describe('governance words', () => {
  it('names what it does not know by its number', () => {
    assert.equal(topicName(12), 'IC OS Version Deployment');
    assert.equal(topicName(42), 'Topic 42');
    assert.equal(nnsFunctionName(11), 'DeployGuestosToAllSubnetNodes');
    assert.equal(nnsFunctionName(99), 'NNS function 99');
    assert.ok(releaseTopics.every((topic) => !topicName(topic).startsWith('Topic ')));
  });

  it('distinguishes the neurons of the team, also above 2^53', () => {
    assert.equal(neuronRole(80n), 'release automation');
    assert.equal(neuronRole(17511507705568200227n), 'trusted proposer');
    assert.equal(neuronRole(17511507705568200228n), undefined);
    assert.equal(acceptedProposers.length, 8);
  });

  it('reads the topics and neurons of settings, and leaves out what is none', () => {
    assert.deepEqual(topicsOf(['ic-os-version-deployment', 'kyc', 'sns-and-community-fund', 'nonsense']), [9, 12, 14]);
    assert.deepEqual(proposersOf(['80', '17511507705568200227', '-1', 'x', '']), [80n, 17511507705568200227n]);
  });

  it('links a proposal to the dashboard', () => {
    assert.equal(proposalUrl(138123n), 'https://dashboard.internetcomputer.org/proposal/138123');
  });

  describeWithReference('tables of the reference', 'dre.md', () => {
    const text = (): string => readReference('dre.md').split('### 8.1 Topics')[1]?.split('### 8.4')[0] ?? '';

    it('has every topic of it', () => {
      const rows = [...text().matchAll(/^\| (\d+) \| (\w+) \| [\w-]+ \| TOPIC_/gm)];
      assert.ok(rows.length >= 18);
      for (const [, id, name] of rows) {
        assert.equal(squeezed(topicName(Number(id))).replace('&', 'and'), squeezed(name ?? ''), `topic ${id ?? ''}`);
      }
    });

    it('has every NNS function of it', () => {
      const others = text().split('All other ids')[1] ?? '';
      const rows = [
        ...[...text().matchAll(/^\| ([\d, ]+) \| ([A-Z][\w, ]+) \| \d+ \| /gm)].flatMap(([, ids, names]) =>
          (ids ?? '').split(', ').map((id, index) => [id, (names ?? '').split(', ')[index]] as const),
        ),
        ...[...others.matchAll(/\b(\d+) ([A-Z][A-Za-z]+)/g)].map(([, id, name]) => [id, name] as const),
      ];
      const numbers = new Set(rows.map(([id]) => Number(id)));
      for (const [id, name] of rows) assert.equal(nnsFunctionName(Number(id)), name);
      for (let id = 1; id <= 55; id++) assert.ok(id === 45 || numbers.has(id), `the reference has ${id}`);
    });
  });
});

function squeezed(name: string): string {
  return name.toLowerCase().replace(/\s/g, '');
}
