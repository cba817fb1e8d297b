import assert from 'node:assert/strict';
import fc from 'fast-check';
import { priorities, type Alert, type AlertStatus } from '../../../../src/domain/alerts/alert.ts';
import { exactFields, flagFields, numberFields, textFields } from '../../../../src/domain/alerts/query/fields.ts';
import { matches } from '../../../../src/domain/alerts/query/matches.ts';
import { parseAlertQuery } from '../../../../src/domain/alerts/query/parse.ts';
import type { AlertQuery, Comparison } from '../../../../src/domain/alerts/query/query.ts';
import { textPattern, type TextPattern } from '../../../../src/domain/alerts/query/text.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { runs } from '../../../support/base/runs.ts';
import { assertLinear } from '../../../support/base/processorTime.ts';

function finds(query: string, changes: Partial<Alert>): boolean {
  const parsed = parseAlertQuery(query);
  assert.ok(parsed.ok, `${query}: ${JSON.stringify(parsed)}`);
  return matches(parsed.value, alert('1', changes));
}

/** Asserts that a query finds the first of two alerts only. */
function findsFirst(query: string, found: Partial<Alert>, other: Partial<Alert>): void {
  assert.deepEqual([finds(query, found), finds(query, other)], [true, false], query);
}

describe('the query language of alerts', () => {
  it('knows the state of an alert by status and flags', () => {
    const acknowledgedAt = 1_767_571_300_000;
    findsFirst('status: open', { status: 'snoozed' }, { status: 'closed' });
    findsFirst('status: closed', { status: 'closed' }, { status: 'acknowledged' });
    findsFirst('acknowledged: true', { status: 'acknowledged' }, { status: 'open' });
    findsFirst('acknowledged: true', { status: 'snoozed', acknowledgedAt }, { status: 'snoozed' });
    findsFirst('acknowledged: false', { status: 'open', acknowledgedAt }, { status: 'closed', acknowledgedAt });
    findsFirst('snoozed: true', { status: 'snoozed' }, { status: 'open' });
    findsFirst('isSeen: false', { seen: false }, { seen: true });
  });

  it('compares fields of one value as a whole, without case, with * at the end', () => {
    findsFirst('priority:P1', { priority: 'P1' }, { priority: 'P2' });
    findsFirst('tag: Prod', { tags: ['x', 'prod'] }, { tags: ['production'] });
    findsFirst('tag: prod*', { tags: ['production'] }, { tags: ['preprod'] });
    findsFirst('tag: "subnet:tdb26"', { tags: ['subnet:tdb26'] }, { tags: ['subnet'] });
    findsFirst('tinyId: 4711', { tinyId: '4711' }, { tinyId: '47' });
    findsFirst('owner: "dana oncall"', { owner: 'Dana Oncall' }, { owner: 'Dana' });
    findsFirst('NOT owner: *', { owner: undefined }, { owner: 'Dana Oncall' });
    findsFirst('details.key: runbook', { properties: { runbook: 'x' } }, { properties: { x: 'runbook' } });
    findsFirst('details.value: page', { properties: { x: 'page' } }, { properties: { page: 'x' } });
    findsFirst('integration.name: "DRE API"', { integration: 'DRE API' }, { integration: 'DRE' });
    findsFirst('action: RestartReplica', { actions: ['RestartReplica'] }, { actions: [] });
  });

  it('finds by its alias the open alert only', () => {
    findsFirst('alias: "IC/x"', { alias: 'IC/x' }, { alias: 'IC/x', status: 'closed' });
  });

  it('finds words in texts', () => {
    findsFirst('message: disk', { message: 'The DISK is full' }, { message: 'Diskette' });
    findsFirst('message: disk*', { message: 'a diskette' }, { message: 'adisk' });
    findsFirst('message: "disk is full"', { message: 'the disk is full' }, { message: 'full is the disk' });
    findsFirst('message: NotFinalizing', { message: 'IC_Replica_NotFinalizing tdb26' }, { message: 'Finalizing' });
    findsFirst('entity: bn-*', { entity: 'bn-fr1' }, { entity: 'sn-bn1' });
    findsFirst('message: über', { message: 'U\u0308ber' }, { message: 'uber' });
    findsFirst('message: "🔥"', { message: 'it burns 🔥🔥' }, { message: 'it burns' });
  });

  it('searches a bare word in every text', () => {
    for (const field of ['message', 'description', 'source', 'entity', 'alias'] as const) {
      findsFirst('needle', { [field]: 'a needle' }, { [field]: 'hay' });
    }
    findsFirst('"two words"', { message: 'of two words' }, { message: 'two' });
  });

  it('compares numbers and instants', () => {
    findsFirst('count > 3', { count: 4 }, { count: 3 });
    findsFirst('count>=3', { count: 3 }, { count: 2 });
    findsFirst('count < 3', { count: 2 }, { count: 3 });
    findsFirst('count <= 3', { count: 3 }, { count: 4 });
    findsFirst('count = 3', { count: 3 }, { count: 4 });
    findsFirst('count : (3 OR 5)', { count: 5 }, { count: 4 });
    findsFirst('createdAt >= 1767571200000', { createdAt: 1_767_571_200_000 }, { createdAt: 1_767_571_199_999 });
    findsFirst('lastOccurredAt > 5', { lastOccurredAt: 6 }, { lastOccurredAt: undefined });
    findsFirst('snoozedUntil < 5', { status: 'snoozed', snoozedUntil: 4 }, { status: 'open', snoozedUntil: 4 });
  });

  it('joins conditions: AND before OR, parentheses around conditions and in values, NOT before a field', () => {
    findsFirst('priority: P1 OR count: 2 AND isSeen: true', { priority: 'P1' }, { count: 2 });
    findsFirst('(priority: P1 OR count: 2) AND isSeen: true', { count: 2, seen: true }, { priority: 'P1' });
    findsFirst('tag: (a AND b)', { tags: ['a', 'b'] }, { tags: ['a'] });
    findsFirst('tag: (a AND (b OR c))', { tags: ['a', 'c'] }, { tags: ['b', 'c'] });
    findsFirst('NOT tag: (a OR b)', { tags: ['c'] }, { tags: ['b'] });
    findsFirst('NOT priority: P1 AND count: 2', { count: 2 }, { count: 1 });
  });

  const problems: readonly [query: string, kind: string, position: number, word: string, expected?: string][] = [
    ['  ', 'empty', 0, ''],
    ['status: open AND tag: "x', 'quoteOpen', 22, '"x'],
    ['status: open AND (tag: x', 'parenthesisOpen', 17, '('],
    ['status: open)', 'connectorExpected', 12, ')'],
    ['status: open AND', 'conditionExpected', 16, ''],
    ['OR status: open', 'conditionExpected', 0, 'OR'],
    [': x', 'conditionExpected', 0, ':'],
    ['disk full', 'connectorExpected', 5, 'full', 'AND'],
    ['status: open and tag: x', 'connectorExpected', 13, 'and', 'AND'],
    ['NOT acknowledged', 'fieldExpected', 4, 'acknowledged'],
    ['NOT (status: open)', 'fieldExpected', 4, '('],
    ['status: open AND acknowledged', 'valueMissing', 17, 'acknowledged', 'acknowledged: true'],
    ['Status: open', 'unknownField', 0, 'Status', 'status'],
    ['constructor: x', 'unknownField', 0, 'constructor'],
    ['"status": open', 'unknownField', 0, 'status', 'status'],
    ['status:', 'valueMissing', 7, ''],
    ['message: ""', 'valueMissing', 9, ''],
    ['message: (a OR NOT b)', 'valueMissing', 15, 'NOT'],
    ['priority: p1', 'badValue', 10, 'p1', 'P1'],
    ['priority: high', 'badValue', 10, 'high', 'P1'],
    ['status: snoozed', 'badValue', 8, 'snoozed', 'snoozed: true'],
    ['acknowledged: yes', 'badValue', 14, 'yes', 'true'],
    ['count > many', 'badValue', 8, 'many', '3'],
    ['createdAt > "2026-01-05"', 'badValue', 12, '2026-01-05', '1767571200000'],
    ['priority > P3', 'notComparable', 0, 'priority'],
    ['message: *disk', 'wildcardPlace', 9, '*disk'],
    ['di*sk', 'wildcardPlace', 0, 'di*sk'],
    ['tag: subnet:tdb26', 'quotesNeeded', 5, 'subnet'],
    ['responders: "DRE Team"', 'notJudged', 0, 'responders'],
    ['teams: dre', 'notJudged', 0, 'teams'],
    ['closedBy: dana', 'notJudged', 0, 'closedBy'],
    [
      'owner: "712020:4475fc4e-ff9e-40ca-8c70-707c079f682e"',
      'notJudged',
      7,
      '712020:4475fc4e-ff9e-40ca-8c70-707c079f682e',
    ],
    ['owner: dana@example.com', 'notJudged', 7, 'dana@example.com'],
  ];
  for (const [query, kind, position, word, expected] of problems) {
    it(`refuses ${query}`, () => {
      const parsed = parseAlertQuery(query);
      assert.ok(!parsed.ok);
      const { failure } = parsed;
      assert.deepEqual([failure.kind, failure.position, failure.word], [kind, position, word]);
      assert.equal(failure.expected[0], expected ?? failure.expected[0]);
    });
  }

  it('reads back every query that can be written', () => {
    fc.assert(
      fc.property(queries.whole, fc.array(alerts, { minLength: 1, maxLength: 5 }), (query, some) => {
        const parsed = parseAlertQuery(print(query));
        assert.ok(parsed.ok, `${print(query)}: ${JSON.stringify(parsed)}`);
        for (const each of some) assert.equal(matches(parsed.value, each), matches(query, each), print(query));
      }),
      runs(500),
    );
  });

  it('never throws, and a place of a problem is in the text', () => {
    const pieces = fc.array(fc.constantFrom('status', 'count', ':', '>', '"', '(', ')', 'AND', 'NOT', 'a*', '\\', ' '));
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      pieces.map((some) => some.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseAlertQuery(text);
        if (parsed.ok) matches(parsed.value, alert('1'));
        else assert.ok(parsed.failure.position >= 0 && parsed.failure.position <= text.length, text);
      }),
      runs(1_000),
    );
  });

  it('reads hostile texts without delay', () => {
    const hostile = ['(', ')', '"', '\\"', '"\\', 'NOT ', 'a:', 'tag:(', 'a OR ', '*', '<', ' ', '\u0301', '"a"'];
    for (const piece of hostile) {
      assertLinear(parseAlertQuery, piece, 1_000);
      assert.ok(!parseAlertQuery(`x${piece.repeat(1_000_000)}`).ok, 'at once, as it is too long');
    }
  });

  it('takes fifty parentheses in each other and no more', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}x${')'.repeat(depth)}`;
    assert.ok(parseAlertQuery(nested(50)).ok);
    assert.ok(parseAlertQuery(`${nested(50)} AND ${nested(50)}`).ok);
    const refused = parseAlertQuery(nested(51));
    assert.equal(!refused.ok && refused.failure.kind, 'tooDeep');
  });
});

const texts = fc.oneof(
  fc.constantFrom('disk', 'DISK full', 'IC_Replica', 'subnet:x', 'say "x"', 'a\\b', 'a*b', 'über', '-', 'AND', 'P1'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
);
const patterns: fc.Arbitrary<TextPattern> = fc
  .tuple(texts, fc.boolean())
  // A text that ends in a star cannot be written: there it is the wildcard.
  .filter(([text]) => !text.endsWith('*'))
  .map(([text, prefix]) => textPattern(text, prefix));

const queries = fc.letrec<{ whole: AlertQuery; test: AlertQuery }>((tie) => ({
  whole: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('test'),
    fc.record({ kind: fc.constant('not' as const), part: tie('test') }).filter(({ part }) => !isBareWord(part)),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('whole'), { minLength: 2, maxLength: 3 }),
    }),
  ),
  test: fc.oneof(
    fc.record({
      kind: fc.constant('text' as const),
      field: fc.constantFrom('any' as const, ...names(textFields)),
      value: patterns,
    }),
    fc
      .record({ kind: fc.constant('exact' as const), field: fc.constantFrom(...names(exactFields)), value: patterns })
      .filter(({ field, value }) => field !== 'owner' || !/[:@]/.test(value.text)),
    fc.record({
      kind: fc.constant('flag' as const),
      field: fc.constantFrom(...names(flagFields)),
      value: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('status' as const),
      value: fc.constantFrom('open' as const, 'closed' as const),
    }),
    fc.record({ kind: fc.constant('priority' as const), value: fc.constantFrom(...priorities) }),
    fc.record({
      kind: fc.constant('number' as const),
      field: fc.constantFrom(...names(numberFields)),
      comparison: fc.constantFrom<Comparison>('=', '<', '<=', '>', '>='),
      value: fc.nat({ max: 10 }),
    }),
  ),
}));

const alerts: fc.Arbitrary<Alert> = fc
  .record({
    message: texts,
    entity: fc.oneof(texts, fc.constant('')),
    tags: fc.array(texts, { maxLength: 2 }),
    owner: fc.option(texts, { nil: undefined }),
    status: fc.constantFrom<AlertStatus>('open', 'acknowledged', 'snoozed', 'closed'),
    priority: fc.constantFrom(...priorities),
    count: fc.nat({ max: 10 }),
    lastOccurredAt: fc.option(fc.nat({ max: 10 }), { nil: undefined }),
    seen: fc.boolean(),
  })
  .map((changes) => alert('1', changes));

function names<K extends string>(of: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(of) as K[];
}

function isBareWord(query: AlertQuery): boolean {
  return query.kind === 'text' && query.field === 'any';
}

/** A query as text, with parentheses and quotes everywhere. */
function print(query: AlertQuery): string {
  switch (query.kind) {
    case 'and':
    case 'or':
      return `(${query.parts.map(print).join(query.kind === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      return `NOT ${print(query.part)}`;
    case 'text':
      return query.field === 'any' ? quoted(query.value) : `${query.field}: ${quoted(query.value)}`;
    case 'exact':
      return `${query.field}: ${quoted(query.value)}`;
    case 'flag':
      return `${query.field}: ${query.value}`;
    case 'status':
    case 'priority':
      return `${query.kind}:${query.value}`;
    case 'number':
      return `${query.field} ${query.comparison} ${query.value}`;
  }
}

function quoted({ text, prefix }: TextPattern): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}${prefix ? '*' : ''}"`;
}
