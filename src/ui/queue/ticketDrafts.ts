import * as vscode from 'vscode';
import { adfDocument, emptyDocument, sameDocument, type AdfJson } from '../../domain/documents/adfJson.ts';
import { adfEdited, adfToEdit } from '../../domain/documents/adfEdit.ts';
import { mentionMarkdown } from '../../domain/documents/adfKept.ts';
import { ticketTemplates } from '../../domain/queue/templates.ts';
import { isIssueKey } from '../../domain/base/ids.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { ok, type Result } from '../../domain/base/result.ts';
import type { TypedQuestion } from '../../engine/disk/drafts.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Clients } from '../../feeds/clients.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { explain } from '../../views/kit/sentences.ts';
import { draftScheme, type DraftSource, type DraftUri } from '../kit/draftFiles.ts';
import type { Host } from '../kit/host.ts';

/** The verbs of tickets whose answer is written in an editor. */
export type WrittenVerb = 'comment' | 'editDescription';

/** Which text it is: of a verb about a ticket, or the description as Jira holds it now, to compare with. */
export interface DraftAddress {
  readonly what: WrittenVerb | 'inJira' | 'newTicket';
  /** The key of the ticket; of a new one the id of its template. */
  readonly key: string;
}

interface TicketDraftParts extends Pick<Host, 'drafts' | 'log'> {
  readonly settings: { readonly current: Pick<Host['settings']['current'], 'ticketTemplates' | 'epic'> };
  readonly clients: Pick<Clients, 'jira'>;
  /** Makes the ids of new tasks. */
  readonly newId: () => string;
}

const titles: Readonly<Record<DraftAddress['what'], (key: string) => string>> = {
  comment: (key) => `${key} Comment`,
  editDescription: (key) => `${key} Description`,
  inJira: (key) => `${key} Description in Jira`,
  newTicket: () => 'New Ticket',
};

/** The address of a text. Its path is what VS Code shows of it, in its tab and above the text; the query tells which one it is. */
export function draftUri({ what, key }: DraftAddress): vscode.Uri {
  return vscode.Uri.from({ scheme: draftScheme, path: `/${titles[what](key)}.md`, query: `${what}/${key}` });
}

/** Which text an address is of; undefined for another address. */
export function draftAt({ path, query }: DraftUri): DraftAddress | undefined {
  // Tabs of earlier versions, which VS Code opens again, have it in their path: "/comment/DRE-1/Comment on DRE-1.md".
  const [what, key = ''] = query === '' ? path.split('/').slice(1) : query.split('/');
  if (what === 'newTicket') return /^[A-Za-z0-9]{1,60}$/.test(key) ? { what, key } : undefined;
  const known = (['comment', 'editDescription', 'inJira'] as const).find((each) => each === what);
  return known !== undefined && isIssueKey(key) ? { what: known, key } : undefined;
}

/** A person as they are offered and mentioned. */
interface Person {
  readonly label: string;
  readonly insertText: string;
}

/** Comments and descriptions of tickets while they are written: drafts until Jira has them, also over a reload. */
export class TicketDrafts implements DraftSource, vscode.CompletionItemProvider {
  readonly #parts: TicketDraftParts;
  readonly #lifetime = new Lifetime();
  readonly #forgotten = this.#lifetime.own(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidForget = this.#forgotten.event;
  /** The descriptions that are edited, as they were read. */
  readonly #originals = new Map<string, unknown>();
  /** The versions of somebody else that a person has seen beside their own. */
  readonly #seen = new Map<string, unknown>();
  readonly #people = new Map<string, Promise<readonly Person[]>>();

  constructor(parts: TicketDraftParts) {
    this.#parts = parts;
    const { drafts } = parts;
    this.#lifetime.own(vscode.languages.registerCompletionItemProvider({ scheme: draftScheme }, this, '@'));
    this.#lifetime.own(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const draft = document.uri.scheme === draftScheme ? draftAt(document.uri) : undefined;
        if (draft === undefined || draft.what === 'inJira' || contentChanges.length === 0) return;
        drafts.type(textQuestion(draft), document.getText());
      }),
    );
  }

  async read(address: DraftUri): Promise<string> {
    const draft = draftAt(address);
    if (draft === undefined) throw new Error('There is no such text.');
    const { what, key } = draft;
    if (what === 'inJira') return adfToEdit(this.#seen.get(key), this.#originals.get(key)) ?? '';
    const kept = await this.#parts.drafts.offered(textQuestion(draft));
    if (what === 'comment') return kept?.text ?? '';
    if (what === 'newTicket') return kept?.text ?? this.#template(key);
    const original = await this.#original(key, kept !== undefined);
    if (!original.ok) throw new Error(`${explain(original.failure).title}. ${explain(original.failure).wayForward}`);
    return kept?.text ?? adfToEdit(original.value) ?? '';
  }

  write(address: DraftUri, text: string): void {
    const draft = draftAt(address);
    if (draft !== undefined && draft.what !== 'inJira') this.#parts.drafts.type(textQuestion(draft), text);
  }

  isReadOnly(address: DraftUri): boolean {
    return draftAt(address)?.what === 'inJira';
  }

  newId(): string {
    return this.#parts.newId();
  }

  /** Whether the description can be edited as Markdown, once it was read. */
  async canEdit(key: string): Promise<Result<boolean, Failure>> {
    const original = await this.#original(key, true);
    return original.ok ? ok(adfToEdit(original.value) !== undefined) : original;
  }

  /** The document that a text stands for which edits none. */
  written(markdown: string): AdfJson {
    return adfEdited(undefined, markdown, this.#parts.newId);
  }

  /**
   * The description that a text stands for, and what it replaces. `contested` when somebody else has changed it since it
   * was read, or since that was shown the last time.
   */
  async description(
    key: string,
    markdown: string,
  ): Promise<
    Result<{ readonly body: AdfJson; readonly before: AdfJson | null; readonly contested: boolean }, Failure>
  > {
    const original = await this.#original(key, true);
    if (!original.ok) return original;
    const now = await (await this.#parts.clients.jira()).descriptionOf(key);
    if (!now.ok) return now;
    const expected = this.#seen.has(key) ? this.#seen.get(key) : original.value;
    const contested = !sameDocument(now.value, expected);
    if (contested) this.#seen.set(key, now.value);
    const body = adfEdited(original.value, markdown, this.#parts.newId, this.#seen.get(key));
    return ok({ body, before: adfDocument(now.value) ?? null, contested });
  }

  /** It was sent: the next time it begins anew. */
  forget(draft: DraftAddress): void {
    if (draft.what === 'editDescription') {
      this.#originals.delete(draft.key);
      this.#seen.delete(draft.key);
    }
    this.#forgotten.fire(draftUri(draft));
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const draft = draftAt(document.uri);
    const before = document.lineAt(position.line).text.slice(0, position.character);
    const typed = /(?:^|[\s(])(@[\p{L}\p{N}_.-]*)$/u.exec(before)?.[1];
    if (draft === undefined || typed === undefined) return [];
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    return (await this.#peopleOf(draft.what === 'newTicket' ? this.#parts.settings.current.epic : draft.key)).map(
      ({ label, insertText }) => {
        const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.User);
        return Object.assign(item, { insertText, filterText: label, range });
      },
    );
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #template(id: string): string {
    const all = ticketTemplates(this.#parts.settings.current.ticketTemplates);
    return all.find((each) => each.id === id)?.text ?? '';
  }

  #peopleOf(key: string): Promise<readonly Person[]> {
    const known = this.#people.get(key) ?? this.#readPeople(key);
    this.#people.set(key, known);
    return known;
  }

  async #readPeople(key: string): Promise<readonly Person[]> {
    const read = await (await this.#parts.clients.jira()).assignablePeople(key);
    if (!read.ok) {
      this.#people.delete(key);
      this.#parts.log.warn('queue', `the people of ${key} could not be read: ${read.failure.kind}`);
      return [];
    }
    return read.value.flatMap(({ accountId, name }) => {
      const insertText = mentionMarkdown(accountId, name);
      if (insertText === undefined) return [];
      return [{ label: `@${name}`, insertText }];
    });
  }

  /** The description as it was when editing began; read where that is not known. With `isKept` also from the disk. */
  async #original(key: string, isKept: boolean): Promise<Result<unknown, Failure>> {
    if (this.#originals.has(key)) return ok(this.#originals.get(key));
    const { drafts, clients } = this.#parts;
    const question = originalQuestion(key);
    const kept = isKept ? await drafts.offered(question) : undefined;
    const saved = kept === undefined ? undefined : documentFrom(kept.text);
    if (saved !== undefined) {
      const original = (saved.content ?? []).length === 0 ? undefined : saved;
      this.#originals.set(key, original);
      return ok(original);
    }
    const read = await (await clients.jira()).descriptionOf(key);
    if (!read.ok) return read;
    this.#originals.set(key, read.value);
    // That there was none is kept too: what somebody else writes meanwhile is not taken for what was there.
    drafts.type(question, JSON.stringify(read.value ?? emptyDocument));
    await drafts.flush();
    return read;
  }
}

/** Under which a new ticket of a template is kept. */
export function newTicketKind(templateId: string): string {
  return `${queueKey.name}.newTicket.${templateId}`;
}

function textQuestion({ what, key }: DraftAddress): TypedQuestion {
  if (what === 'newTicket') return { kind: newTicketKind(key), records: [] };
  return { kind: `${queueKey.name}.${what}`, records: [key] };
}

function originalQuestion(key: string): TypedQuestion {
  return { kind: `${queueKey.name}.editDescription`, step: 'original', records: [key] };
}

function documentFrom(text: string): AdfJson | undefined {
  try {
    return adfDocument(JSON.parse(text));
  } catch {
    // It was cut or damaged on the disk: it is read from Jira then.
    return undefined;
  }
}
