import assert from 'node:assert/strict';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import fc from 'fast-check';
import { electionOf, nodeChangeOf, payloadText, type Payload } from '../../../../src/domain/proposals/payload.ts';
import { decodePayload } from '../../../../src/sources/governance/payloads.ts';
import { subnets } from '../../../simulator/world.ts';
import { runs } from '../../../support/base/runs.ts';

const decoded = (value: Extract<Payload, { kind: 'decoded' }>['value']): Payload => ({ kind: 'decoded', value });
const commit = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';

describe('a payload as text', () => {
  it('has a field a line, and lists and records below their names', () => {
    const [subnet = ''] = subnets;
    const value = {
      subnet_id: subnet,
      node_ids_add: ['a', 'b'],
      node_ids_remove: [],
      rule: { ports: ['1'], comment: 'two\nlines', empty: '' },
      rates: [['type1', { percent: '7' }]],
    };
    assert.equal(
      payloadText(value),
      [
        `subnet_id: ${subnet}`,
        'node_ids_add:',
        '  - a',
        '  - b',
        'node_ids_remove: (none)',
        'rule:',
        '  ports: 1',
        '  comment: "two\\nlines"',
        '  empty: ""',
        'rates:',
        '  - - type1',
        '    - percent: 7',
      ].join('\n'),
    );
  });

  it('has no line that a text has made', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(payloadText({ a: text, b: 'end' }).split(/[\n\r\u2028\u2029]/).length, 2);
      }),
      runs(300),
    );
  });
});

describe('what a payload does', () => {
  it('is known for elections, from commits only', () => {
    const guest = decoded({ replica_version_to_elect: [commit], replica_versions_to_unelect: ['x', commit] });
    assert.deepEqual(electionOf(38, guest), { os: 'GuestOS', elects: commit, retires: [commit] });
    const host = decoded({ hostos_version_to_elect: [], hostos_versions_to_unelect: [commit] });
    assert.deepEqual(electionOf(50, host), { os: 'HostOS', elects: undefined, retires: [commit] });
    assert.equal(electionOf(31, guest), undefined);
    assert.equal(electionOf(38, { kind: 'notDecoded', reason: 'otherInterface', size: 1 }), undefined);
    assert.equal(electionOf(38, undefined), undefined);
  });

  it('is known for changes of nodes', () => {
    const nodes = decoded({ node_ids: ['a', 'b'], version: commit });
    assert.deepEqual(nodeChangeOf(18, nodes), { subnet: undefined, added: [], removed: ['a', 'b'] });
    assert.deepEqual(nodeChangeOf(43, nodes), { subnet: undefined, added: ['a', 'b'], removed: [] });
    assert.equal(nodeChangeOf(51, nodes), undefined);
  });
});

describe('the Candid interfaces of NNS functions', () => {
  it('read what the registry takes, whatever else is in it, with numbers in full', () => {
    const type = IDL.Record({
      subnet_id: IDL.Principal,
      max_number_of_canisters: IDL.Opt(IDL.Nat64),
      of_a_later_version: IDL.Text,
      is_halted: IDL.Opt(IDL.Bool),
    });
    const [subnet = ''] = subnets;
    const bytes = IDL.encode(
      [type],
      [
        {
          subnet_id: Principal.fromText(subnet),
          max_number_of_canisters: [2n ** 64n - 1n],
          of_a_later_version: 'more',
          is_halted: [true],
        },
      ],
    );
    const payload = decodePayload(7, bytes);
    assert.ok(payload.kind === 'decoded');
    const text = payloadText(payload.value);
    assert.match(text, new RegExp(`^subnet_id: ${subnet}$`, 'm'));
    assert.match(text, /^max_number_of_canisters: 18446744073709551615$/m);
    assert.match(text, /^is_halted: true$/m);
    assert.doesNotMatch(text, /more/);
  });

  it('shows bytes in hexadecimal', () => {
    const type = IDL.Record({ node_operators_to_remove: IDL.Vec(IDL.Vec(IDL.Nat8)) });
    const payload = decodePayload(23, IDL.encode([type], [{ node_operators_to_remove: [Uint8Array.of(1, 255)] }]));
    assert.match(payload.kind === 'decoded' ? payloadText(payload.value) : '', /node_operators_to_remove: 01ff/);
  });

  it('says so of functions that are not known, and never fails', () => {
    assert.deepEqual(decodePayload(30, new Uint8Array(9)), { kind: 'notDecoded', reason: 'unknownInterface', size: 9 });
    const empty = IDL.encode([IDL.Record({})], [{}]);
    assert.deepEqual(decodePayload(18, empty), { kind: 'notDecoded', reason: 'otherInterface', size: empty.length });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0, max: 60 }), (bytes, nnsFunction) => {
        assert.ok(['decoded', 'notDecoded'].includes(decodePayload(nnsFunction, bytes).kind));
      }),
      runs(300),
    );
  });
});
