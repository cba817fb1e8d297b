import { lowerFirst } from '../../domain/base/capitalized.ts';
import {
  documentOf,
  heading,
  inlineCode,
  link,
  list,
  paragraph,
  quote,
  remark,
  strong,
  type Block,
  type Document,
  type Inline,
} from '../../domain/documents/tree.ts';
import type { JournalEntry, JournalPages, Outcome } from '../../engine/disk/journal.ts';
import { clockTime, counted, dayName, zoneName, type Viewpoint } from '../kit/format.ts';

const outcomeWords: Record<Outcome, Inline> = {
  applied: 'applied',
  succeeded: 'done',
  failed: strong('failed'),
  notSent: strong('not sent'),
  unconfirmed: strong('not confirmed'),
};

/** What stands before the title, behind who it was where that is known. What was done is named by its verb. */
const kindWords: Record<JournalEntry['what'], { readonly by: string; readonly alone: string }> = {
  came: { by: ': new ', alone: 'New: ' },
  done: { by: ': ', alone: '' },
  ran: { by: ' ran ', alone: 'Ran ' },
  noted: { by: ' noted ', alone: 'Noted ' },
};

/** What the journal of a week is called, in its document and on its tab. */
export function journalTitle(week: string): string {
  return `Journal of ${week}`;
}

/** The journal of a week as a document, newest first. Undefined pages: there is no such week. */
export function journalDocument(week: string, pages: JournalPages | undefined, from: Viewpoint): Document {
  const title = heading(1, journalTitle(week));
  if (pages === undefined) return documentOf(title, remark('There is no such week.'));
  const { entries, skipped, truncated } = pages;
  const unread = `Can't read ${counted(skipped, 'line')}, which ${skipped === 1 ? 'is' : 'are'} left out.`;
  return documentOf(
    title,
    truncated ? note('There are more lines than are shown here; the oldest are left out.') : undefined,
    skipped > 0 ? note(unread) : undefined,
    entries.length === 0 ? remark('Nothing is written down for this week yet.') : days(entries, from),
  );
}

function note(text: string): Block {
  return quote(paragraph(text));
}

function days(entries: readonly JournalEntry[], from: Viewpoint): readonly Block[] {
  const zones = new Set(entries.map(({ at }) => zoneName(at, from)));
  // In the week in which the clocks change, each day says which zone it is in.
  const isOne = zones.size === 1;
  const byDay = new Map<string, Block[]>();
  for (const entry of entries.toReversed()) {
    const day = `${dayName(entry.at, from)}${isOne ? '' : ` (${zoneName(entry.at, from)})`}`;
    const linesOfDay = byDay.get(day) ?? [];
    linesOfDay.push(line(entry, from));
    byDay.set(day, linesOfDay);
  }
  return [
    ...(isOne ? [remark(`Times are ${[...zones].join()}.`)] : []),
    ...[...byDay].flatMap(([day, linesOfDay]) => [heading(2, day), list(linesOfDay.map((each) => [each]))]),
  ];
}

/** An address that a line may link to: a page, of the loopback too where a test plays the services. */
const page = /^https?:\/\/[^\s/?#]+/i;

function line(entry: JournalEntry, from: Viewpoint): Block {
  const { link: address, who, outcome, detail } = entry;
  const isSentence = saysWhatWasDone(entry);
  const words = isSentence && who !== undefined ? lowerFirst(entry.title) : entry.title;
  const title = address !== undefined && page.test(address) ? link(address, words) : words;
  const { by, alone } = isSentence ? { by: ' ', alone: '' } : kindWords[entry.what];
  return paragraph(
    inlineCode(clockTime(entry.at, from)),
    ` ${who === undefined ? alone : `${who}${by}`}`,
    title,
    ...(outcome === undefined || isSentence ? [] : [' — ', outcomeWords[outcome]]),
    detail === undefined ? '' : `: ${detail}`,
  );
}

/** Whether the title says what was done, "Acknowledged …". What was not applied is named by its verb, "acknowledge …", and so was all in older releases. */
function saysWhatWasDone({ what, outcome, title }: JournalEntry): boolean {
  return what === 'done' && outcome === 'applied' && /^\p{Lu}/u.test(title);
}
