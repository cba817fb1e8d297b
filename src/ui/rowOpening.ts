import * as vscode from 'vscode';
import type { RecordRef, Row } from '../views/kit/row.ts';
import type { Handlers } from './kit/commands.ts';
import type { Documents } from './kit/documents.ts';
import type { Views } from './kit/views.ts';
import type { LazyTimeline } from './releases/timeline/lazy.ts';

export interface RowOpeningParts {
  readonly documents: Pick<Documents, 'open'>;
  readonly timeline: Pick<LazyTimeline, 'open'>;
  readonly views: Pick<Views, 'select'>;
}

/** The records that have a document, each with the view that lists them. */
const viewsOfDocuments: Readonly<Partial<Record<RecordRef['kind'], string>>> = {
  alert: 'drDre.alerts',
  ticket: 'drDre.queue',
  proposal: 'drDre.proposals',
};

/** The command for Enter on a row. */
export function rowOpeningCommands(parts: RowOpeningParts): Handlers {
  return { 'drDre.openAndFocus': ({ rows }) => openAndFocus(parts, rows[0]) };
}

/** What a row opens has the keyboard then. Where it opens nothing of ours, what a click does is done. */
async function openAndFocus({ documents, timeline, views }: RowOpeningParts, row: Row | undefined): Promise<void> {
  const record = row?.record;
  if (record?.kind === 'rollout') return timeline.open(record.key, { batch: row?.batch });
  const view = record === undefined ? undefined : viewsOfDocuments[record.kind];
  if (record === undefined || view === undefined) {
    await vscode.commands.executeCommand('list.select');
    return;
  }
  await views.select(view, new Set([record.key]), false);
  await documents.open(record.kind, record.key);
}
