import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { alertDocument } from '../../../../src/views/alerts/document.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { rolloutKey } from '../../../../src/domain/releases/rollout.ts';
import { stuckBatches } from '../../../../src/domain/releases/stuck.ts';
import { whyNotPaged } from '../../../../src/domain/rotation/notPaged.ts';
import type { JournalEntry } from '../../../../src/engine/disk/journal.ts';
import { journalDocument } from '../../../../src/views/journal/document.ts';
import { meterDocument } from '../../../../src/views/meter/document.ts';
import { stuckDocument } from '../../../../src/views/releases/stuckDocument.ts';
import { notPagedDocument } from '../../../../src/views/rotation/notPagedDocument.ts';
import type { Viewpoint } from '../../../../src/views/kit/format.ts';
import { runDocument } from '../../../../src/views/operations/document.ts';
import { proposalDocument } from '../../../../src/views/proposals/document.ts';
import { ticketDocument } from '../../../../src/views/queue/document.ts';
import { alert, proposal, ticket } from '../../../support/feeds/linkRecords.ts';
import { batch, rollout, target, wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { account, dana, eli, rotation, shift } from '../../../support/feeds/rotationBuilder.ts';
import { dreRun } from '../../../support/operations/runBuilder.ts';
import { listedKinds } from '../../../support/views/everyView.ts';

// A zone whose minutes differ from those of UTC: no time of one can be taken for one of the other.
const [utc, india] = ['UTC', 'Asia/Kolkata'].map((timeZone): Viewpoint => ({ now: wednesday, timeZone })) as [
  Viewpoint,
  Viewpoint,
];
const aheadMinutes = 330;

const lineAt = (at: number): JournalEntry => ({ at, what: 'came', title: `line ${at % 1_000}` });

const siteUrl = 'https://example.atlassian.net';
/** All that is read of a record, as one text. */
const shown: Readonly<Record<string, (from: Viewpoint) => string>> = {
  ...Object.fromEntries(
    listedKinds.map(({ name, record, view }) => [
      `the rows of ${name}`,
      (from: Viewpoint) => JSON.stringify(view([record(1), record(2)], from)),
    ]),
  ),
  'the document of an alert': (from) =>
    serialise(
      alertDocument({ id: 'a', listed: alert('a', { lastOccurredAt: wednesday }), asOf: wednesday }, from, { siteUrl }),
    ),
  'the document of a ticket': (from) =>
    serialise(ticketDocument('DRE-1', { ticket: ticket('DRE-1'), reading: false, failure: undefined }, from, siteUrl)),
  'the document of a proposal': (from) => {
    const open = proposal(1n, { deadline: wednesday + 3_600_000 });
    return serialise(proposalDocument('1', { proposal: open, read: open, reading: false, failure: undefined }, from));
  },
  'the journal': (from) =>
    serialise(
      journalDocument(
        '2026-W35',
        { entries: [lineAt(wednesday - 20 * hour), lineAt(wednesday)], skipped: 0, truncated: false },
        from,
      ),
    ),
  'the document of stuck batches': (from) => {
    const of = rollout({
      batches: [
        batch(12, wednesday - 2 * hour, {
          actualStart: wednesday - 90 * minute,
          state: 'error',
          targets: [target('aaaaa', { state: 'error' })],
        }),
      ],
    });
    const stays = { 'batch-12/aaaaa': { state: 'error', since: wednesday - 50 * minute, began: true } };
    const stuck = stuckBatches([of], new Map([[rolloutKey(of), { rollout: rolloutKey(of), stays }]]), wednesday);
    return serialise(
      stuckDocument(stuck, {
        from,
        airflowUrl: 'https://airflow.example.org',
        links: undefined,
        tallyOf: () => undefined,
        estimates: () => ({ batches: {}, all: undefined, tasks: {} }),
      }),
    );
  },
  'the document about paging': (from) => {
    const turn = shift('2026-08-26T13:00Z', '2026-08-26T23:50Z', [eli]);
    const coming = shift('2026-08-28T13:50Z', '2026-08-29T13:50Z', [dana]);
    const facts = {
      now: wednesday,
      signedIn: true,
      account,
      scheduleFailing: false,
      alertsFailing: false,
      rotation: rotation({ current: [eli], until: turn.end, shifts: [turn, coming] }),
      ...({ overrides: undefined, notificationRules: 'none', contactMethods: 'some' } as const),
      alertsRoutedToSchedule: undefined,
      enabled: true,
      minimum: 'P5' as const,
      doNotDisturb: undefined,
    };
    const report = { findings: whyNotPaged(facts), unread: [], schedulesAsOf: wednesday - hour };
    return serialise(notPagedDocument(report, { onCall: `${siteUrl}/on-call`, alerts: `${siteUrl}/alerts` }, from));
  },
  'the request meter': (from) =>
    serialise(
      meterDocument(
        {
          services: [
            {
              service: 'github',
              calls: 4,
              unchanged: 0,
              failures: 0,
              quota: { limit: 60, remaining: 20, resetAt: wednesday + 10 * minute },
            },
          ],
          plans: [{ name: 'alerts', service: 'ops', dueAt: wednesday + minute, reason: undefined }],
          role: 'leader',
          stateOf: () => ({ status: 'fresh', loading: false }),
        },
        from,
      ),
    ),
  'the document of a run': (from) => serialise(runDocument(dreRun('r1', wednesday - 3_600_000), from)),
};

/** The times of day in a text, in their order, as minutes after midnight. */
const times = (text: string): readonly number[] =>
  [...text.matchAll(/(?<![\d:])([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:])/g)].map(
    ([, hours, minutes]) => Number(hours) * 60 + Number(minutes),
  );

describe('the times in views and documents', () => {
  for (const [name, textIn] of Object.entries(shown)) {
    it(`are all of the zone that is chosen: ${name}`, () => {
      const inUtc = times(textIn(utc));
      assert.ok(inUtc.length > 0);
      assert.doesNotMatch(textIn(india), /UTC(?!\+5:30)/);
      assert.deepEqual(
        times(textIn(india)),
        inUtc.map((minutes) => (minutes + aheadMinutes) % (24 * 60)),
      );
    });
  }
});
