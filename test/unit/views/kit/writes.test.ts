import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { EndedWrite, WriteState, WriteStatus } from '../../../../src/engine/writes/kind.ts';
import { journalDocument as journalTree } from '../../../../src/views/journal/document.ts';
import { journalEntry } from '../../../../src/views/journal/entry.ts';
import { endSentence, pendingActions, timePassedWords } from '../../../../src/views/kit/pendingActions.ts';

/** Its Markdown. */
const journalDocument = (...of: Parameters<typeof journalTree>): string => serialise(journalTree(...of));

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const failure: Failure = { kind: 'forbidden', service: 'ops', operation: 'acknowledge' };

function write(state: WriteState<Failure>, more: Partial<WriteStatus<Failure>> = {}): WriteStatus<Failure> {
  const names = { id: 'w1', kind: 'alerts.acknowledge', feed: 'alerts', record: 'a', subject: 'Subnet stalled' };
  const words = {
    title: 'acknowledge',
    doing: 'acknowledging',
    past: { before: 'Acknowledged', after: 'was acknowledged' },
  };
  const rest = { ...words, at: now, typed: undefined, undoUntil: undefined };
  return { ...names, ...rest, retryable: state.kind === 'failed', state, ...more };
}

const states: readonly WriteState<Failure>[] = [
  { kind: 'waiting', until: now + 5_000 },
  { kind: 'sending' },
  { kind: 'applied', at: now, by: 'Dana' },
  { kind: 'failed', failure },
  { kind: 'failed', failure: undefined },
  { kind: 'notSent', because: 'earlierFailed' },
  { kind: 'unconfirmed', failure: undefined },
  { kind: 'overtaken', by: 'closed meanwhile' },
];

describe('what a row says of a write', () => {
  it('is said in other words for each state', () => {
    const shown = states.map((state) => {
      const action = pendingActions([write(state)]).get('a');
      return action === undefined ? '' : `${action.state}: ${action.text} ${action.tokens.join(' ')}`.trim();
    });
    assert.deepEqual(shown, [
      'waiting: acknowledge waiting',
      'sending: acknowledging…',
      'applied: confirmed',
      "failed: Couldn't acknowledge: You don't have permission (403) troubled",
      "failed: Couldn't acknowledge troubled",
      'notSent: acknowledge not sent: an earlier action failed',
      'unconfirmed: acknowledge unconfirmed',
      'overtaken: acknowledge unconfirmed: closed meanwhile',
    ]);
  });

  it('never hides a failure behind a success, and shows first what is under way', () => {
    const text = (...writes: WriteStatus<Failure>[]): string | undefined => pendingActions(writes).get('a')?.text;
    const [waiting, sending, applied, failed] = states.map((state) => write(state)) as [
      WriteStatus<Failure>,
      WriteStatus<Failure>,
      WriteStatus<Failure>,
      WriteStatus<Failure>,
    ];
    assert.match(text(failed, applied) ?? '', /Couldn't/);
    assert.match(text(applied, failed) ?? '', /Couldn't/);
    assert.match(text(failed, sending) ?? '', /acknowledging/);
    assert.match(text(sending, applied) ?? '', /acknowledging/);
    assert.match(text(sending, waiting) ?? '', /acknowledging/);
  });

  it('offers to undo what can be undone, and to take back what was typed', () => {
    const undoable = write({ kind: 'applied', at: now, by: undefined }, { undoUntil: now + 1 });
    assert.deepEqual(pendingActions([undoable]).get('a')?.tokens, ['undoable']);
    const typed = write({ kind: 'unconfirmed', failure: undefined }, { typed: 'a story' });
    assert.deepEqual(pendingActions([typed]).get('a')?.tokens, ['troubled']);
  });

  it('says that the time of one that is tried again has passed', () => {
    const askAnew = { command: 'x.snooze', button: 'Snooze…', toBe: 'snoozed', noun: 'alert' };
    assert.equal(
      timePassedWords(askAnew, 'Subnet [x](command:y) stalled', 1),
      '“Subnet [x] (command:y) stalled” was not snoozed: the chosen time has passed.',
    );
    assert.match(timePassedWords(askAnew, 'x', 3), /^3 alerts were not snoozed/);
  });

  it('is a sentence for messages', () => {
    assert.equal(
      endSentence(write({ kind: 'sending' }), '“Subnet stalled”', { kind: 'failed', failure }, from),
      "Couldn't acknowledge: “Subnet stalled”. You don't have permission (403). Ask an administrator for access",
    );
    assert.equal(
      endSentence({ title: 'add note' }, '2 records', { kind: 'notSent', because: 'closed' }, from),
      "Didn't add note: 2 records. Not sent: the window closed",
    );
  });
});

describe('the journal as a document', () => {
  it('says once which zone its times are in, and for each day in the week in which the clocks change', () => {
    const at = (day: number): number => Date.UTC(2026, 9, day, 12);
    const shown = (...days: readonly number[]): string => {
      const entries = days.map((day) => ({ at: at(day), what: 'came' as const, title: 'x' }));
      const pages = { entries, skipped: 0, truncated: false };
      return journalDocument('2026-W43', pages, { now: at(25), timeZone: 'Europe/Zurich' });
    };
    assert.equal(shown(23, 24).match(/UTC/g)?.length, 1);
    assert.match(shown(23, 24), /\*Times are UTC\+2\.\*/);
    assert.match(shown(24, 25), /25 October 2026 \(UTC\+1\)[^]*24 October 2026 \(UTC\+2\)/);
    assert.doesNotMatch(shown(24, 25), /Times are/);
  });

  it('lists the days and lines newest first, with what comes from outside as text', () => {
    const ended = (state: EndedWrite<Failure>['state'], subject: string): EndedWrite<Failure> => ({
      ...write(state, { subject }),
      state,
      recovered: false,
    });
    const link = 'https://example.atlassian.net/jira/ops/alerts/a';
    const entries = [
      { at: now - 86_400_000, what: 'came' as const, title: '<b>Disk</b> full' },
      journalEntry(
        ended({ kind: 'applied', at: now - 60_000, by: 'Dana' }, 'Subnet [stalled](command:x)'),
        'Me',
        now,
        link,
      ),
      journalEntry(ended({ kind: 'failed', failure }, 'Other'), 'Dana', now, undefined),
    ];
    assert.equal(
      journalDocument('2026-W35', { entries, skipped: 1, truncated: false }, from),
      [
        '# Journal of 2026-W35',
        "> Can't read 1 line, which is left out.",
        '*Times are UTC.*',
        '## Wednesday, 26 August 2026',
        [
          "- `13:50` Dana: acknowledge “Other” — **failed**: You don't have permission (403)",
          '- `13:49` Dana [acknowledged “Subnet \\[stalled\\](command:x)”](https://example.atlassian.net/jira/ops/alerts/a)',
        ].join('\n'),
        '## Tuesday, 25 August 2026',
        '- `13:50` New: \\<b>Disk\\</b> full',
      ].join('\n\n') + '\n',
    );
  });

  it('distinguishes an empty week, a text that is no week, and a week that is cut', () => {
    const pages = { entries: [], skipped: 0, truncated: false };
    assert.match(journalDocument('2026-W35', pages, from), /Nothing is written down/);
    assert.match(journalDocument('x', undefined, from), /no such week/);
    assert.match(journalDocument('2026-W35', { ...pages, truncated: true }, from), /oldest are left out/);
  });
});
