import assert from 'node:assert/strict';
import fc from 'fast-check';
import { samePlainData } from '../../../../src/engine/base/samePlainData.ts';
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

/** The same without the fields that are undefined. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(fields.map(([key, each]) => [key, withoutUndefined(each)]));
}

describe('what is written to the disk', () => {
  it('comes back as it was, whatever its keys and values look like, without fields that are undefined', () => {
    fc.assert(
      fc.property(data, (value) => {
        const text = encode(value);
        assert.equal(text.includes('\n'), false);
        const read = decode(text);
        assert.ok(samePlainData(read, value));
        assert.deepEqual(read, withoutUndefined(value));
      }),
    );
  });

  it('has no mark for a field that is undefined, for which all of a record would be read twice', () => {
    assert.equal(encode({ id: 'a', owner: undefined, notes: [{ by: undefined }] }), '{"id":"a","notes":[{}]}');
    assert.deepEqual(decode(encode([undefined, 1])), [undefined, 1]);
    assert.equal(decode(encode(undefined)), undefined);
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
