import assert from 'node:assert/strict';
import { dayAhead, parseDay } from '../../../../src/domain/queue/dueDay.ts';

describe('the day by which a ticket is due', () => {
  /** A Wednesday in Europe, and a Thursday already in Auckland. */
  const now = Date.UTC(2026, 7, 26, 13, 50);
  const zurich = { now, timeZone: 'Europe/Zurich' };

  it('is a date, a word, a day of the week or a number of days, on the calendar of the person', () => {
    const days: Readonly<Record<string, string>> = {
      '2026-09-01': '2026-09-01',
      ' today ': '2026-08-26',
      Tomorrow: '2026-08-27',
      thu: '2026-08-27',
      wednesday: '2026-09-02',
      mon: '2026-08-31',
      '0d': '2026-08-26',
      '3d': '2026-08-29',
      '2w': '2026-09-09',
    };
    for (const [text, day] of Object.entries(days)) assert.equal(parseDay(text, zurich), day, text);
  });

  it('is none for anything else', () => {
    for (const text of ['', 'mo', 'soon', '2026-02-30', '2026-13-01', '1.9.2026', '3', '-1d', '9999d', 't']) {
      assert.equal(parseDay(text, zurich), undefined, text);
    }
  });

  it('is counted from the day that it is where the person is', () => {
    assert.equal(dayAhead(0, { now, timeZone: 'Pacific/Auckland' }), '2026-08-27');
    assert.equal(dayAhead(0, { now, timeZone: 'America/Los_Angeles' }), '2026-08-26');
    assert.equal(parseDay('thu', { now, timeZone: 'Pacific/Auckland' }), '2026-09-03');
  });

  it('is counted in days of the calendar over the change to winter time', () => {
    const beforeChange = { now: Date.UTC(2026, 9, 24, 22, 30), timeZone: 'Europe/Zurich' };
    assert.equal(dayAhead(0, beforeChange), '2026-10-25');
    assert.equal(dayAhead(1, beforeChange), '2026-10-26');
  });
});
