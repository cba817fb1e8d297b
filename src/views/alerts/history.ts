import type { AlertLogEntry, AlertNote } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Listed } from '../../domain/base/listed.ts';
import type { AlertDetails, LastRead } from '../../feeds/alerts/details.ts';
import { cutLine, oneLine, paragraphs } from '../kit/documentParts.ts';
import { ago, counted, fullMoment, type Viewpoint } from '../kit/format.ts';
import { explain } from '../kit/sentences.ts';

// What people wrote to an alert and what happened to it, as sections of its document.

const mostNotes = 30;
const longestNote = 2_000;
const mostEntries = 50;
const longestEntry = 300;

/** The notes, newest first. */
export function notesPart({ notes, reading }: AlertDetails, from: Viewpoint): string {
  return section('Notes', notes, reading, {
    none: '_No notes._',
    most: mostNotes,
    noun: 'earlier note',
    join: '\n\n',
    show: (note) => noteText(note, from),
  });
}

/** The activity log, newest first. */
export function logPart({ log, reading }: AlertDetails, from: Viewpoint): string {
  return section('Activity log', log, reading, {
    none: '_Nothing is written down._',
    most: mostEntries,
    noun: 'earlier line',
    join: '\n',
    show: (entry) => entryText(entry, from),
  });
}

function noteText({ author, createdAt, updatedAt, text }: AlertNote, from: Viewpoint): string {
  const who = author === '' ? 'Somebody' : author;
  const edited = updatedAt > createdAt ? ', edited' : '';
  const heading = `### ${oneLine(who)}, ${fullMoment(createdAt, from)} (${ago(createdAt, from)})${edited}`;
  return `${heading}\n\n${paragraphs(text, longestNote)}`;
}

function entryText({ at, text, author }: AlertLogEntry, from: Viewpoint): string {
  const who = author === '' ? '' : ` · ${oneLine(author)}`;
  return `- ${fullMoment(at, from)} · ${cutLine(text, longestEntry)}${who}`;
}

interface Shape<T> {
  readonly none: string;
  readonly most: number;
  readonly noun: string;
  readonly join: string;
  readonly show: (record: T) => string;
}

/** A section with its own trouble: what was good before is shown below it. */
function section<T>(title: string, { value, failure }: LastRead<Listed<T>>, reading: boolean, shape: Shape<T>): string {
  const parts = [failure === undefined ? '' : failureNote(failure)];
  if (value === undefined) {
    if (failure === undefined) parts.push(reading ? '_Reading…_' : '_Not read yet._');
    return joined(`## ${title}`, parts);
  }
  const newest = value.records.slice(-shape.most).toReversed();
  const left = value.records.length - newest.length;
  parts.push(
    newest.length === 0 ? shape.none : newest.map(shape.show).join(shape.join),
    left > 0 ? `_${counted(left, shape.noun)} in Jira._` : '',
    value.completeness.kind === 'complete' ? '' : `_Not all: ${oneLine(value.completeness.reason)}._`,
    value.skipped > 0 ? `_${counted(value.skipped, 'record')} could not be read; the log names them._` : '',
  );
  return joined(`## ${title}${value.records.length === 0 ? '' : ` (${value.records.length})`}`, parts);
}

function joined(heading: string, parts: readonly string[]): string {
  return [heading, ...parts].filter((part) => part !== '').join('\n\n');
}

/** Unlike a feed, a document is not read again by itself: the way forward is a command. */
function failureNote(failure: Failure): string {
  return `> **${oneLine(explain(failure).title)}.** Run “Dr. DRE: Refresh” to read it again.`;
}
