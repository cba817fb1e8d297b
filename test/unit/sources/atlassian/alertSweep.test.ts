import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ok } from '../../../../src/domain/base/result.ts';
import { pageSize, sweep, type ReadPage, type SweptRow } from '../../../../src/sources/atlassian/ops/alertSweep.ts';
import { runs } from '../../../support/base/runs.ts';

/** What a service does with "not younger than". */
type Compares = 'exactly' | 'bySecond' | 'never' | 'refuses';

/** What happens between two pages. */
interface Move {
  /** Of the records that are there, by place from the newest on, how many go: [place, count]. */
  readonly goes: readonly (readonly [number, number])[];
  /** How many new ones come, all of this one instant. */
  readonly comes: number;
}

/** A service with records that come and go while they are read. */
function service(instants: readonly number[], moves: readonly Move[], compares: Compares) {
  let next = 0;
  let now = 1_000_000;
  const row = (createdAt: number): SweptRow => ({ key: `${next++}`, createdAt, alert: undefined });
  let rows = instants.map(row);
  const everThere = new Set(rows);
  const gone = new Set<string>();
  const coming = [...moves];

  const move = ({ goes, comes }: Move): void => {
    now += 1_500;
    const fresh = Array.from({ length: comes }, () => row(now));
    for (const each of fresh) everThere.add(each);
    rows = [...rows, ...fresh];
    const sorted = inOrder();
    for (const [place, count] of goes) for (const each of sorted.splice(place, count)) gone.add(each.key);
    rows = rows.filter(({ key }) => !gone.has(key));
  };
  // Those of one instant stand in another order each time: nothing says that it is the same one.
  let turn = 0;
  const inOrder = (): SweptRow[] => {
    turn += 1;
    const rank = ({ key }: SweptRow): number => (Number(key) * 7919 * turn) % 1009;
    return rows.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0) || rank(a) - rank(b));
  };

  const read: ReadPage = (bound, offset) => {
    if (bound !== undefined && compares === 'refuses') {
      const failure = { kind: 'rejected', service: 'ops', operation: 'list alerts' } as const;
      return Promise.resolve({ ok: false, failure });
    }
    const limit = compares === 'bySecond' ? Math.floor((bound ?? Infinity) / 1000) * 1000 : (bound ?? Infinity);
    const found = inOrder().filter(({ createdAt = 0 }) => compares === 'never' || createdAt <= limit);
    const page = { rows: found.slice(offset, offset + pageSize), more: offset + pageSize < found.length };
    const due = coming.shift();
    if (due !== undefined) move(due);
    return Promise.resolve(ok(page));
  };
  return { read, everThere, gone, first: new Set(rows.map(({ key }) => key)) };
}

const move: fc.Arbitrary<Move> = fc.record({
  goes: fc.array(fc.tuple(fc.nat(400), fc.nat(120)), { maxLength: 3 }),
  comes: fc.nat(40),
});

describe('reading all alerts while they come and go', () => {
  for (const compares of ['exactly', 'bySecond'] as const) {
    it(`leaves none out and gives none twice, also of one instant (compared ${compares})`, async () => {
      // Up to ninety of one second: less than a page, so that their order does not matter.
      const instants = fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 90 })), { minLength: 3, maxLength: 8 });
      await check(
        instants.map((groups) => {
          const seconds = new Map(groups);
          return [...seconds].flatMap(([second, count]) => Array.from({ length: count }, () => second * 1_000 + 7));
        }),
        compares,
      );
    });
  }

  for (const compares of ['never', 'refuses'] as const) {
    it(`leaves none out and gives none twice, by offset (the service ${compares})`, async () => {
      await check(
        fc.integer({ min: 0, max: 450 }).map((count) => Array.from({ length: count }, (_, index) => index * 1_000)),
        compares,
      );
    });
  }

  async function check(instants: fc.Arbitrary<number[]>, compares: Compares): Promise<void> {
    const property = fc.asyncProperty(
      instants,
      fc.array(move, { minLength: 1, maxLength: 5 }),
      async (given, moves) => {
        const { read, everThere, gone, first } = service(given, moves, compares);
        const swept = await sweep(read, () => undefined);
        assert.ok(swept.ok);
        assert.equal(swept.value.reason, undefined);
        const keys = swept.value.rows.map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length);
        const listed = new Set(keys);
        assert.deepEqual(
          [...first].filter((key) => !gone.has(key) && !listed.has(key)),
          [],
        );
        assert.ok(swept.value.rows.every((row) => everThere.has(row)));
      },
    );
    await fc.assert(property, runs(300));
  }
});
