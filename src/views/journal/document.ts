import type { JournalEntry, JournalPages, Outcome } from '../../engine/disk/journal.ts';
import { safeLink } from '../../domain/documents/markdown.ts';
import { blocks, link, oneLine } from '../kit/documentParts.ts';
import { clockTime, counted, dayName, type Viewpoint } from '../kit/format.ts';

const outcomeWords: Record<Outcome, string> = {
  applied: 'applied',
  succeeded: 'done',
  failed: '**failed**',
  notSent: '**not sent**',
  unconfirmed: '**not confirmed**',
};

const kindWords: Record<JournalEntry['what'], string> = {
  came: 'came',
  done: 'did',
  ran: 'ran',
  noted: 'noted',
};

/** The journal of a week as a document, newest first. Undefined pages: there is no such week. */
export function journalDocument(week: string, pages: JournalPages | undefined, from: Viewpoint): string {
  const title = `# Journal of ${oneLine(week)}`;
  if (pages === undefined) return blocks(title, '_There is no such week._');
  const { entries, skipped, truncated } = pages;
  return blocks(
    title,
    truncated ? '> There are more lines than are shown here; the oldest are left out.' : '',
    skipped > 0 ? `> ${counted(skipped, 'line')} could not be read, and ${skipped === 1 ? 'is' : 'are'} left out.` : '',
    entries.length === 0 ? '_Nothing is written down for this week yet._' : '',
    ...days(entries, from),
  );
}

function days(entries: readonly JournalEntry[], from: Viewpoint): readonly string[] {
  const byDay = new Map<string, string[]>();
  for (const entry of entries.toReversed()) {
    const day = dayName(entry.at, from);
    byDay.set(day, [...(byDay.get(day) ?? []), line(entry, from)]);
  }
  return [...byDay].map(([day, lines]) => `## ${oneLine(day)}\n\n${lines.join('\n')}`);
}

function line(entry: JournalEntry, from: Viewpoint): string {
  const address = entry.link === undefined ? undefined : safeLink(entry.link);
  const title = address === undefined ? oneLine(entry.title) : link(entry.title, address);
  const who = entry.who === undefined ? '' : `${oneLine(entry.who)} `;
  const ended = entry.outcome === undefined ? '' : ` — ${outcomeWords[entry.outcome]}`;
  const detail = entry.detail === undefined ? '' : `: ${oneLine(entry.detail)}`;
  return `- \`${clockTime(entry.at, from)}\` ${who}${kindWords[entry.what]} ${title}${ended}${detail}`;
}
