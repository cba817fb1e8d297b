import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode, encode } from '../../../../src/engine/disk/encoding.ts';

/** Keys and values that look like what the encoding writes itself, or that JavaScript treats in its own way. */
const keys = fc.oneof(
  fc.constantFrom('$bigint', '$undefined', '$$bigint', '$', '$$', '__proto__', 'constructor', 'toJSON', 'at', '0'),
  fc.string(),
);
const values = fc.oneof(
  fc.bigInt(),
  fc.constantFrom<unknown>(undefined, null, true, '12', '$bigint', '2026-08-26T13:50:00.000Z', '{"$bigint":"1"}'),
  fc.string(),
  fc.integer(),
);

const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { depthSize: 'small' },
    values,
    fc.array(tie('data'), { maxLength: 4 }),
    fc
      .array(fc.tuple(keys, tie('data')), { maxLength: 4 })
      // As `JSON.parse` makes them: `__proto__` is a key like others.
      .map((entries) => Object.fromEntries(entries) as unknown),
  ),
}));

describe('what is written to the disk', () => {
  it('comes back as it was, whatever its keys and values look like', () => {
    fc.assert(
      fc.property(data, (value) => {
        const text = encode(value);
        assert.equal(text.includes('\n'), false);
        assert.deepEqual(decode(text), value);
      }),
    );
  });

  it('keeps a property of an alert that has the name of a mark', () => {
    const alert = { id: 'a', properties: { $bigint: 'not a number', $undefined: 'x', __proto__: 'y' } };
    const withProto = JSON.parse('{"id":"a","properties":{"$bigint":"no","__proto__":{"polluted":true}}}') as unknown;
    for (const value of [alert, withProto]) assert.deepEqual(decode(encode(value)), value);
    assert.equal(Object.hasOwn({}, 'polluted'), false);
    assert.equal('polluted' in {}, false);
  });

  it('reads what was written before keys were escaped', () => {
    assert.deepEqual(decode('{"id":{"$bigint":"17511507705568200227"},"owner":{"$undefined":true}}'), {
      id: 17511507705568200227n,
      owner: undefined,
    });
  });
});
