import assert from 'node:assert/strict';
import { complete } from '../../../../src/domain/base/listed.ts';
import fc from 'fast-check';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import type { AlertLogEntry, AlertNote } from '../../../../src/domain/alerts/alert.ts';
import type { Failure, FailureKind } from '../../../../src/domain/base/failure.ts';
import type { AlertDetails } from '../../../../src/feeds/alerts/details.ts';
import { alertDocument as alertTree } from '../../../../src/views/alerts/document.ts';
import { alertRow } from '../../../../src/views/alerts/row.ts';
import { neverShown, preview } from '../../../support/documents/preview.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';

/** Its Markdown. */
const alertDocument = (...of: Parameters<typeof alertTree>): string => serialise(alertTree(...of));

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const around = { siteUrl: 'https://example.atlassian.net' };
const minutes = (count: number): number => now - count * 60_000;
const failure = (kind: FailureKind): Failure => ({ kind, service: 'ops', operation: 'read alert' });
const note = (text: string, at: number): AlertNote => ({
  id: `${at}`,
  text,
  createdAt: at,
  updatedAt: at,
  author: 'dana@example.com',
});
const entry = (text: string, at: number): AlertLogEntry => ({ at, text, type: 'system', author: 'system' });
const list = <T>(records: readonly T[]) => ({
  value: { records, skipped: 0, completeness: complete },
  failure: undefined,
});
const unread = { value: undefined, failure: undefined };
const details = (more: Partial<AlertDetails>): AlertDetails => ({
  alert: unread,
  notes: unread,
  log: unread,
  names: new Map(),
  reading: false,
  readAt: now,
  ...more,
});

const stuck = alert('a1', {
  tinyId: '4711',
  priority: 'P1',
  message: '[prod] IC_Replica_Behind',
  description: 'Three nodes.\n  9 of 13',
  status: 'acknowledged',
  owner: 'Dana Oncall',
  createdAt: minutes(20),
  updatedAt: minutes(5),
  acknowledgedAt: minutes(15),
  lastOccurredAt: minutes(2),
  count: 3,
  responders: [
    { id: 't1', type: 'team' },
    { id: 'u1', type: 'user' },
  ],
  properties: { runbook: 'https://runbooks.example.com/behind', batch: '12' },
});

describe('the document of an alert', () => {
  it('says first what a person needs who was just woken', () => {
    const known = {
      id: 'a1',
      listed: stuck,
      asOf: now,
      details: details({
        notes: list([note('Looking.', minutes(10)), note('Restarted two.', minutes(5))]),
        log: list([entry('Alert created', minutes(20)), entry('Alert acknowledged', minutes(15))]),
        names: new Map([['t1', 'DRE']]),
      }),
    };
    assert.equal(
      alertDocument(known, from, around),
      `# P1: \\[prod] IC\\_Replica\\_Behind

| | |
| - | - |
| **Status** | acknowledged 15 min ago |
| **Owner** | Dana Oncall |
| **Since** | Wed 26 Aug 2026, 13:30:11 UTC (20 min ago) |
| **Fired** | 3 times, last 2 min ago |
| **Runbook** | [https:/\\/runbooks.example.com/behind](https://runbooks.example.com/behind) |

[Open in Jira](https://example.atlassian.net/jira/ops/alerts/a1) · as of Wed 26 Aug 2026, 13:50:11 UTC

## Description

Three nodes.\\
&#xA0;\u00a09 of 13

## Notes (2)

### dana\\@example.com, Wed 26 Aug 2026, 13:45:11 UTC (5 min ago)

Restarted two.

### dana\\@example.com, Wed 26 Aug 2026, 13:40:11 UTC (10 min ago)

Looking.

## Details

| | |
| - | - |
| **Responders** | DRE (team), u1 (user) |
| **Number** | #4711 |
| **Acknowledged** | Wed 26 Aug 2026, 13:35:11 UTC |
| **Updated** | Wed 26 Aug 2026, 13:45:11 UTC |

## Properties

| | |
| - | - |
| **batch** | 12 |

## Activity log (2)

- Wed 26 Aug 2026, 13:35:11 UTC · Alert acknowledged · system
- Wed 26 Aug 2026, 13:30:11 UTC · Alert created · system
`,
    );
  });

  it('has the id of the subnet that it is about whole once in its details', () => {
    const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
    const about = {
      ...stuck,
      entity: subnet,
      alias: `IC_Replica/${subnet}`,
      tags: ['prod', `subnet:${subnet}`],
      properties: { ic_subnet: subnet, batch: '12' },
    };
    const text = alertDocument({ id: 'a1', listed: about }, from, around);
    assert.equal(text.split(subnet).length, 2, text);
    assert.match(text, /\*\*Alias\*\* \| IC\\_Replica\/tdb26 \|[^]*\*\*Tags\*\* \| prod, subnet:tdb26 \|/);
    const other = alertDocument({ id: 'a1', listed: { ...about, entity: 'node 3', properties: {} } }, from, around);
    assert.match(other, new RegExp(`IC\\\\_Replica/${subnet}`), 'what stands nowhere else stays whole');
  });

  it('shows what the list lacks, as the alert itself has it', () => {
    const thin = { ...stuck, description: '', properties: {} };
    const known = {
      id: 'a1',
      listed: thin,
      asOf: now,
      details: details({ alert: { value: stuck, failure: undefined } }),
    };
    const text = alertDocument(known, from, around);
    assert.match(text, /Three nodes/);
    assert.match(text, /\*\*Runbook\*\* \| \[https/);
  });

  it('takes the runbook that the settings name', () => {
    const plain = { ...stuck, properties: {} };
    const runbooks = [{ pattern: 'IC_Replica_*', url: 'https://runbooks.example.com/replica' }];
    assert.match(alertDocument({ id: 'a1', listed: plain }, from, { ...around, runbooks }), /example\.com\/replica\)/);
    assert.doesNotMatch(alertDocument({ id: 'a1', listed: plain }, from, around), /Runbook/);
  });

  it('says what is being done to it, and not once more that it was done', () => {
    const said = (state: 'sending' | 'applied', words: string): string =>
      alertDocument({ id: 'a1', listed: stuck, pending: { state, text: words, tokens: [] } }, from, around);
    assert.match(said('sending', 'acknowledging…'), /^> acknowledging…$/m);
    assert.doesNotMatch(said('applied', 'confirmed'), /confirmed/);
  });

  it('shows a closed alert as closed, read by its id', () => {
    const closed = { ...stuck, status: 'closed' as const, closedAt: minutes(12) };
    const text = alertDocument(
      { id: 'a1', details: details({ alert: { value: closed, failure: undefined } }) },
      from,
      around,
    );
    assert.match(text, /^> \*\*Closed\*\* 12 min ago, Wed 26 Aug 2026, 13:38:11 UTC$/m);
    assert.match(text, /\*\*Status\*\* \| closed 12 min ago/);
    assert.match(text, /as of Wed/);
  });

  it('says while it is read, that it is gone, and that it cannot be read', () => {
    const of = (more: Partial<AlertDetails>): string =>
      alertDocument({ id: 'a1', details: details(more) }, from, around);
    assert.match(of({ reading: true }), /\*Reading the alert/);
    assert.match(
      of({ alert: { value: undefined, failure: failure('notFound') } }),
      /does not have this alert.*deleted/,
    );
    assert.match(of({ alert: { value: undefined, failure: failure('forbidden') } }), /have permission.*Ask an admin/s);
    const gone = of({ alert: { value: stuck, failure: failure('notFound') } });
    assert.match(gone, /deleted.*\n>\n> What follows was read before\.\n/);
    assert.match(of({ alert: { value: stuck, failure: undefined }, reading: true }), /No longer among the open alerts/);
  });

  it('says in each section what is wrong with it, and keeps what was good', () => {
    const text = alertDocument(
      {
        id: 'a1',
        listed: { ...stuck, description: '' },
        details: details({
          alert: { value: undefined, failure: failure('timeout') },
          notes: { ...list([note('Kept.', minutes(10))]), failure: failure('server') },
          log: { value: undefined, failure: failure('unreachable') },
        }),
      },
      from,
      around,
    );
    assert.match(text, /## Description\n\n> \*\*No answer from Jira Service Management in time/);
    assert.match(text, /## Notes \(1\)\n\n> \*\*Server error.*Run “Dr\. DRE: Refresh”.*\n\n### .*\n\nKept\./);
    assert.match(text, /## Activity log\n\n> \*\*Can't reach/);
  });

  it('distinguishes no notes from notes that were not read', () => {
    const of = (more: Partial<AlertDetails>): string =>
      alertDocument({ id: 'a1', listed: stuck, details: details(more) }, from, around);
    assert.match(of({ notes: list([]) }), /## Notes\n\n\*No notes\.\*/);
    assert.match(of({ reading: true }), /## Notes\n\n\*Reading/);
    assert.doesNotMatch(of({ reading: true }), /No notes/);
  });

  it('cuts what is long, and says how much is missing', () => {
    const long = alert('a1', { description: 'x'.repeat(5_000), properties: { blob: 'y'.repeat(600) } });
    const text = alertDocument(
      {
        id: 'a1',
        listed: long,
        details: details({
          notes: list(Array.from({ length: 33 }, (_, index) => note(index === 32 ? 'z'.repeat(2_001) : 'n', index))),
          log: {
            value: {
              records: Array.from({ length: 51 }, (_, index) => entry(`line ${index}`, index)),
              skipped: 2,
              completeness: { kind: 'partial', reason: 'only the first 1,000 were read' },
            },
            failure: undefined,
          },
        }),
      },
      from,
      around,
    );
    for (const said of [
      '*1,000 more characters in Jira*',
      '*(100 more characters in Jira)*',
      '*1 more character in Jira*',
      '*3 earlier notes in Jira.*',
      '*1 earlier line in Jira.*',
      '*Not all: only the first 1,000 were read.*',
      "*Can't read 2 lines; the log names them.*",
    ]) {
      assert.ok(text.includes(said), said);
    }
  });

  it('makes no markup of anything from outside', () => {
    const nasty = fc.oneof(
      fc.constantFrom(
        '<img src=x onerror=alert(1)>',
        '[x](command:evil)',
        '\n# heading\n```\ncode',
        '    indented <b>',
        '| a | b |\n|---|---|',
        '![x](https://evil.example/p.png)',
        'https://evil.example',
        '<https://evil.example>',
        '&lt;script&gt;',
        'a\u2028<i>',
      ),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const hostile = alert('a1', {
          message: one,
          description: other,
          owner: one,
          entity: other,
          alias: one,
          tags: [other],
          integration: one,
          properties: { [one]: other, runbook: other },
          responders: [{ id: one, type: 'user' }],
        });
        const text = alertDocument(
          {
            id: 'a1',
            listed: hostile,
            details: details({
              notes: list([{ ...note(one, now), author: other }]),
              log: list([{ ...entry(other, now), author: one }]),
              names: new Map([[one, other]]),
            }),
          },
          from,
          around,
        );
        const { elements, links } = preview(text);
        for (const name of [...neverShown, 'code_inline', 'fence', 'code_block']) {
          assert.equal(elements[name], undefined, name);
        }
        for (const address of links) assert.match(address, /^https:\/\/(?:example\.atlassian\.net|evil\.example)\b/);
      }),
    );
  });
});

describe('how often an alert fired', () => {
  it('is said in the same words in its document and in its hover', () => {
    const twice = alert('a1', { count: 2, lastOccurredAt: minutes(2) });
    const known = { id: 'a1', listed: twice, asOf: from.now, pending: undefined, details: undefined };
    assert.match(alertDocument(known, from, around), /\*\*Fired\*\* \| twice, last 2 min ago/);
    assert.ok(alertRow(twice, from, around.siteUrl).hover?.some((line) => /Fired twice, last 2m ago/.test(line)));
  });
});
