import type { AlertLogEntry, AlertNote } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Listed } from '../../domain/base/listed.ts';
import { heading, list, paragraph, quote, remark, strong, type Block } from '../../domain/documents/tree.ts';
import type { AlertDetails, LastRead } from '../../feeds/alerts/details.ts';
import { cutLine, plainText } from '../kit/documentParts.ts';
import { counted, fullMoment, momentAndAge, type Viewpoint } from '../kit/format.ts';
import { explain } from '../kit/sentences.ts';

// What people wrote to an alert and what happened to it, as sections of its document.

const mostNotes = 30;
const longestNote = 2_000;
const mostEntries = 50;
const longestEntry = 300;

/** The notes, newest first. */
export function notesPart({ notes, reading }: AlertDetails, from: Viewpoint): readonly Block[] {
  return section('Notes', notes, reading, {
    none: 'No notes.',
    most: mostNotes,
    noun: 'note',
    show: (records) => records.flatMap((note) => noteBlocks(note, from)),
  });
}

/** The activity log, newest first. */
export function logPart({ log, reading }: AlertDetails, from: Viewpoint): readonly Block[] {
  return section('Activity log', log, reading, {
    none: 'Nothing is written down.',
    most: mostEntries,
    noun: 'line',
    show: (records) => [list(records.map((entry) => [entryLine(entry, from)]))],
  });
}

function noteBlocks({ author, createdAt, updatedAt, text }: AlertNote, from: Viewpoint): readonly Block[] {
  const who = author === '' ? 'Somebody' : author;
  const edited = updatedAt > createdAt ? ', edited' : '';
  const title = `${who}, ${momentAndAge(createdAt, from)}${edited}`;
  return [heading(3, title), ...plainText(text, longestNote)];
}

function entryLine({ at, text, author }: AlertLogEntry, from: Viewpoint): Block {
  const who = author === '' ? '' : ` · ${author}`;
  return paragraph(`${fullMoment(at, from)} · `, ...cutLine(text, longestEntry), who);
}

interface Shape<T> {
  readonly none: string;
  readonly most: number;
  readonly noun: string;
  readonly show: (records: readonly T[]) => readonly Block[];
}

/** A section with its own trouble: what was good before is shown below it. */
function section<T>(
  title: string,
  { value, failure }: LastRead<Listed<T>>,
  reading: boolean,
  shape: Shape<T>,
): readonly Block[] {
  const trouble = failure === undefined ? [] : [failureNote(failure)];
  if (value === undefined) {
    const state = failure === undefined ? [remark(reading ? 'Reading…' : 'Not read yet.')] : [];
    return [heading(2, title), ...trouble, ...state];
  }
  const newest = value.records.slice(-shape.most).toReversed();
  const left = value.records.length - newest.length;
  const remarks = [
    left > 0 ? `${counted(left, `earlier ${shape.noun}`)} in Jira.` : undefined,
    value.completeness.kind === 'complete' ? undefined : `Not all: ${value.completeness.reason}.`,
    value.skipped > 0 ? `Can't read ${counted(value.skipped, shape.noun)}; the log names them.` : undefined,
  ];
  return [
    heading(2, `${title}${value.records.length === 0 ? '' : ` (${value.records.length})`}`),
    ...trouble,
    ...(newest.length === 0 ? [remark(shape.none)] : shape.show(newest)),
    ...remarks.flatMap((each) => (each === undefined ? [] : [remark(each)])),
  ];
}

/** Unlike a feed, a document is not read again by itself: the way forward is a command. */
function failureNote(failure: Failure): Block {
  return quote(paragraph(strong(`${explain(failure).title}.`), ' Run “Dr. DRE: Refresh” to read it again.'));
}
