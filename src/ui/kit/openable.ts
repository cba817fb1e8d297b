import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { RecordRef, Row } from '../../views/kit/row.ts';
import type { Invocation } from './commands.ts';
import type { Documents } from './documents.ts';
import { openPages } from './linkedRows.ts';
import { inform } from './messages.ts';
import { pickOne, pickWhileTyping } from './picks.ts';
import type { Views } from './views.ts';

/** What the commands that open records need. */
export interface OpenableParts {
  readonly store: Store<Failure>;
  readonly documents: Pick<Documents, 'open'>;
  readonly views: Pick<Views, 'selection'>;
}

/** A record that can be opened, as an item of a quick pick. */
export interface Openable {
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly link: string;
}

/** A kind of record that opens as a document and as a page in the browser. */
export interface OpenableKind {
  readonly kind: RecordRef['kind'];
  /** Id of the view that shows these records. */
  readonly view: string;
  /** What one record is called. */
  readonly noun: string;
  /** Whether a key has the right shape. */
  readonly isKey: (key: string) => boolean;
  /** The records that are known now. */
  readonly list: () => readonly Openable[];
  /** The record that a typed text names, which need not be in the list; undefined where it names none. */
  readonly named?: (text: string) => Openable | undefined;
}

/** Opens the document of the record of the first row; without rows, of the record that a person picks. */
export async function openDocument(
  { rows }: Invocation,
  kind: OpenableKind,
  documents: Pick<Documents, 'open'>,
): Promise<void> {
  const key = await chosenKey(rows, kind);
  if (key !== undefined && kind.isKey(key)) await documents.open(kind.kind, key, { keepFocus: rows.length > 0 });
}

/** Opens the pages of the rows, or of the selected rows where there are none; without any, of the record that a person picks. */
export async function openLinks(
  rows: readonly Row[],
  kind: OpenableKind,
  views: Pick<Views, 'selection'>,
): Promise<void> {
  const used = rows.length > 0 ? rows : views.selection(kind.view);
  const links = used.flatMap(({ record, link }) => (record?.kind === kind.kind && link !== undefined ? [link] : []));
  if (links.length > 0) return openPages([...new Set(links)]);
  const key = await chosenKey([], kind);
  const link = (kind.list().find((item) => item.key === key) ?? kind.named?.(key ?? ''))?.link;
  if (link !== undefined) await openPages([link]);
}

function a(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

async function chosenKey(rows: readonly Row[], kind: OpenableKind): Promise<string | undefined> {
  const record = rows[0]?.record;
  if (record?.kind === kind.kind) return record.key;
  const items = kind.list().map((item) => ({ label: item.label, description: item.description, key: item.key }));
  const { named } = kind;
  if (named !== undefined) {
    const options = { placeHolder: `Select ${a(kind.noun)}, or type any ID`, matchOnDescription: true };
    const picked = await pickWhileTyping(options, (text) => {
      const typed = named(text);
      if (typed === undefined || items.some(({ key }) => key === typed.key)) return items;
      return [{ label: typed.label, description: typed.description, key: typed.key, alwaysShow: true }, ...items];
    });
    return picked?.key;
  }
  if (items.length === 0) {
    inform(`No ${kind.noun} is known now.`);
    return undefined;
  }
  const picked = await pickOne(items, {
    placeHolder: `Select ${a(kind.noun)}`,
    matchOnDescription: true,
  });
  return picked?.key;
}
