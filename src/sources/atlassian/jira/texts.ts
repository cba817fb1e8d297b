import { isIssueKey } from '../../../domain/base/ids.ts';
import { minute, type Instant } from '../../../domain/base/time.ts';
import { adfToText } from '../../../domain/documents/adf/toText.ts';
import { namedNumbers, requestSections, type TicketTexts } from '../../../domain/queue/texts.ts';
import { instant, recordOf, type Report } from '../../records.ts';
import { toComment } from './mapping.ts';

/** A change of one field, as the history of a ticket has it. */
interface Change {
  readonly at: Instant;
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** A list of which the service may have sent a part. */
interface ListPart<T> {
  readonly entries: readonly T[];
  readonly isWhole: boolean;
}

/** What is known of a ticket's texts; undefined for a record without key or time. `flaggedField`: the id of "Flagged". */
export function toTicketTexts(raw: unknown, flaggedField: string | undefined, report: Report): TicketTexts | undefined {
  const record = recordOf(raw) ?? {};
  const fields = recordOf(record['fields']) ?? {};
  const { key } = record;
  const updatedAt = instant(fields['updated']).value;
  if (!isIssueKey(key) || updatedAt === undefined) {
    report.skipped('ticket', key, isIssueKey(key) ? 'updated' : 'key');
    return undefined;
  }
  const description = adfToText(fields['description']);
  const comments = partOf(recordOf(fields['comment']), 'comments', (row) =>
    toComment(row, report).map(({ createdAt, body }) => ({ createdAt, body })),
  );
  const said = { ...comments, entries: comments.entries.map(({ createdAt }) => createdAt) };
  const changes = partOf(recordOf(record['changelog']), 'histories', toChanges);
  const flag = flaggedField === undefined ? undefined : fields[flaggedField];
  return {
    key,
    updatedAt,
    described: /[\p{L}\p{N}]/u.test(description),
    sections: requestSections(description),
    commented: hasSome(comments),
    reasoned: Array.isArray(flag) && flag.length > 0 ? isReasoned(said, flaggedAt(changes, flaggedField)) : true,
    // With the addresses of links and cards, which are no text.
    named: namedNumbers(
      [fields['description'], ...comments.entries.map(({ body }) => body)].map((each) => JSON.stringify(each ?? '')),
      comments.isWhole,
    ),
    rescoped: isRescoped(changes),
  };
}

function partOf<T>(
  list: Readonly<Record<string, unknown>> | undefined,
  name: string,
  map: (row: unknown) => readonly T[],
): ListPart<T> {
  const rows: unknown = list?.[name];
  if (!Array.isArray(rows)) return { entries: [], isWhole: false };
  const total = list?.['total'];
  return { entries: rows.flatMap(map), isWhole: typeof total === 'number' && total <= rows.length };
}

/** The changes of one entry of the history. `toString` is a name of its data (atlassian.md 3.8). */
function toChanges(raw: unknown): readonly Change[] {
  const { created, items } = recordOf(raw) ?? {};
  // jira.js makes dates of some instants.
  const at = created instanceof Date ? created.getTime() : instant(created).value;
  if (at === undefined || !Array.isArray(items)) return [];
  return items.flatMap((item: unknown): readonly Change[] => {
    const fields = recordOf(item) ?? {};
    const word = (name: string): string => {
      const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return typeof value === 'string' ? value : '';
    };
    return [{ at, field: word('fieldId') || word('field'), from: word('fromString'), to: word('toString') }];
  });
}

function hasSome({ entries, isWhole }: ListPart<unknown>): boolean | undefined {
  return entries.length > 0 ? true : isWhole ? false : undefined;
}

/** When it was flagged last; undefined when the history does not show it. */
function flaggedAt({ entries }: ListPart<Change>, flaggedField: string | undefined): Instant | undefined {
  const flags = entries.filter(({ field, to }) => (field === flaggedField || field === 'Flagged') && to !== '');
  return flags.length === 0 ? undefined : Math.max(...flags.map(({ at }) => at));
}

/** A reason that is sent together with the flag may be a moment older. */
const togetherMs = minute;

function isReasoned(comments: ListPart<Instant>, since: Instant | undefined): boolean | undefined {
  const later = comments.entries.filter((at) => since === undefined || at >= since - togetherMs);
  return hasSome({ entries: later, isWhole: comments.isWhole });
}

/** A summary of which fewer than half of the words are left says something else. */
const fewestLeft = 0.5;

/** Whether its summary was changed to something else after its status had first been changed. */
function isRescoped({ entries, isWhole }: ListPart<Change>): boolean | undefined {
  const begun = Math.min(...entries.filter(({ field }) => field === 'status').map(({ at }) => at));
  const isChanged = entries.some(({ field, at, from, to }) => field === 'summary' && at > begun && isOther(from, to));
  return isChanged ? true : isWhole ? false : undefined;
}

function isOther(before: string, now: string): boolean {
  const words = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const [was, is] = [words(before), words(now)];
  if (was.size === 0) return false;
  return [...was].filter((word) => is.has(word)).length / was.size < fewestLeft;
}
