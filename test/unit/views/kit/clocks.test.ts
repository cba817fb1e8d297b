import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { alertDocument } from '../../../../src/views/alerts/document.ts';
import type { Viewpoint } from '../../../../src/views/kit/format.ts';
import { runDocument } from '../../../../src/views/operations/document.ts';
import { proposalDocument } from '../../../../src/views/proposals/document.ts';
import { ticketDocument } from '../../../../src/views/queue/document.ts';
import { alert, proposal, ticket } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { listedKinds } from '../../../support/views/everyView.ts';

// A zone whose minutes differ from those of UTC: no time of one can be taken for one of the other.
const [utc, india] = ['UTC', 'Asia/Kolkata'].map((timeZone): Viewpoint => ({ now: wednesday, timeZone })) as [
  Viewpoint,
  Viewpoint,
];
const aheadMinutes = 330;

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
  'the document of a run': (from) =>
    serialise(
      runDocument(
        {
          id: 'r1',
          program: 'dre',
          args: [],
          title: 'Heal',
          effect: 'submits',
          dryRun: true,
          startedAt: wednesday - 3_600_000,
          startedBy: 'Dana',
        },
        from,
      ),
    ),
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
