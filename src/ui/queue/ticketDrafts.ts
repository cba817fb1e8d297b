import * as vscode from 'vscode';
import { adfDocument, emptyDocument, sameDocument, type AdfJson } from '../../domain/documents/adf/json.ts';
import { adfEdited, adfToEdit } from '../../domain/documents/adf/edit.ts';
import { mentionMarkdown } from '../../domain/documents/adf/kept.ts';
import { ticketTemplates } from '../../domain/queue/templates.ts';
import { isIssueKey } from '../../domain/base/ids.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { ok, type Result } from '../../domain/base/result.ts';
import type { DraftKey } from '../../engine/disk/drafts.ts';
import { fromJson } from '../../engine/disk/json.ts';
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
  /** The key of the ticket; of a new one the id of its template, or of what it is created from. */
  readonly key: string;
  /** The host of the Jira site of the ticket; undefined in tabs of earlier versions. */
  readonly site?: string | undefined;
  /** The window in which a new ticket was begun; undefined in tabs of earlier versions. */
  readonly window?: string | undefined;
}

/** The text of a new ticket. */
export interface NewTicketDraft extends DraftAddress {
  readonly what: 'newTicket';
}

/** The text of a new ticket that was begun and not sent. */
export interface UnsentTicket {
  readonly draft: NewTicketDraft;
  readonly text: string;
  /** When it was typed, epoch milliseconds. */
  readonly at: number;
}

interface TicketDraftParts extends Pick<Host, 'drafts' | 'log' | 'clock'> {
  readonly settings: {
    readonly current: Pick<Host['settings']['current'], 'ticketTemplates' | 'epic' | 'atlassianSite'>;
  };
  readonly clients: Pick<Clients, 'jira'>;
  /** Makes the ids of new tasks. */
  readonly newId: () => string;
  /** The id of this window, the same after a reload. Letters and digits. */
  readonly window: string;
}

const titles: Readonly<Record<DraftAddress['what'], (key: string) => string>> = {
  comment: (key) => `${key} Comment`,
  editDescription: (key) => `${key} Description`,
  inJira: (key) => `${key} Description in Jira`,
  newTicket: () => 'New Ticket',
};

/** The address of a text. Its path is what VS Code shows of it, in its tab and above the text; the query identifies it. */
export function draftUri(draft: DraftAddress): vscode.Uri {
  const { what, key } = draft;
  return vscode.Uri.from({ scheme: draftScheme, path: `/${titles[what](key)}.md`, query: `${what}/${draftId(draft)}` });
}

/** The id of a text among those for the same. */
export function draftId({ key, site, window }: DraftAddress): string {
  return [key, site, window].filter((part) => part !== undefined).join('/');
}

/** The text of a new ticket by its id; undefined for what is none. */
export function newTicketDraft(id: string): NewTicketDraft | undefined {
  const [key = '', site, window, ...more] = id.split('/');
  if (!isPlain(key) || (site === undefined) !== (window === undefined) || more.length > 0) return undefined;
  if (site === undefined || window === undefined) return { what: 'newTicket', key };
  return isHost(site) && isPlain(window) ? { what: 'newTicket', key, site, window } : undefined;
}

/** Which text an address is of; undefined for another address. */
export function draftAt({ path, query }: DraftUri): DraftAddress | undefined {
  // Tabs of earlier versions, which VS Code opens again, have it in their path: "/comment/DRE-1/Comment on DRE-1.md".
  const [what, key = '', ...rest] = query === '' ? path.split('/').slice(1, 3) : query.split('/');
  if (what === 'newTicket') return newTicketDraft([key, ...rest].join('/'));
  const known = (['comment', 'editDescription', 'inJira'] as const).find((each) => each === what);
  const [site] = rest;
  if (known === undefined || !isIssueKey(key) || (site !== undefined && !isHost(site))) return undefined;
  return site === undefined ? { what: known, key } : { what: known, key, site };
}

function isPlain(text: string): boolean {
  return /^[A-Za-z0-9]{1,60}$/.test(text);
}

function isHost(text: string): boolean {
  return /^[\w.:[\]-]+$/.test(text);
}

/** A description as it was read. */
interface Original {
  /** A document of Jira; undefined for none. */
  readonly value: unknown;
  /** When it was read, epoch milliseconds; -Infinity before this window was opened. */
  readonly at: number;
  /** What is written began with it. Else it was not kept, and what somebody else has changed since is not known. */
  readonly isOfText: boolean;
}

/** VS Code reads a file several times when it is opened: a description that was read so long ago is not read again. */
const freshMs = 10_000;

/** A person as they are offered and mentioned. */
interface OfferedPerson {
  readonly label: string;
  readonly insertText: string;
}

/** Comments and descriptions of tickets while they are written: drafts until Jira has them, also over a reload. */
export class TicketDrafts implements DraftSource, vscode.CompletionItemProvider {
  readonly #parts: TicketDraftParts;
  readonly #lifetime = new Lifetime();
  readonly #removed = this.#lifetime.own(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidRemove = this.#removed.event;
  /** The descriptions that are edited, as they were read, by site and key. */
  readonly #originals = new Map<string, Original>();
  /** What new tickets are sent by that are not known to be there, by the ids of their drafts. */
  readonly #requestIds = new Map<string, string>();
  /** The versions of somebody else that a person has seen beside their own, by site and key. */
  readonly #seen = new Map<string, unknown>();
  /** By site and key. */
  readonly #people = new Map<string, Promise<readonly OfferedPerson[]>>();

  constructor(parts: TicketDraftParts) {
    this.#parts = parts;
    const { drafts } = parts;
    this.#lifetime.own(vscode.languages.registerCompletionItemProvider({ scheme: draftScheme }, this, '@'));
    this.#lifetime.own(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const draft = document.uri.scheme === draftScheme ? draftAt(document.uri) : undefined;
        if (draft === undefined || draft.what === 'inJira' || contentChanges.length === 0) return;
        drafts.type(textKey(draft), document.getText());
      }),
    );
  }

  async read(address: DraftUri): Promise<string> {
    const draft = draftAt(address);
    if (draft === undefined) throw new Error('There is no such text.');
    const { what, key } = draft;
    const id = this.#idOf(draft);
    if (what === 'inJira') return adfToEdit(this.#seen.get(id), this.#originals.get(id)?.value) ?? '';
    const kept = await this.#parts.drafts.offered(textKey(draft));
    if (what === 'comment') return kept?.text ?? '';
    if (what === 'newTicket') return kept?.text ?? this.#template(key);
    if (this.isElsewhere(draft)) {
      if (kept !== undefined) return kept.text;
      throw new Error(elsewhereWords(draft));
    }
    const original = await this.#original(draft, kept !== undefined);
    if (!original.ok) throw new Error(`${explain(original.failure).title}. ${explain(original.failure).wayForward}`);
    return kept?.text ?? adfToEdit(original.value.value) ?? '';
  }

  write(address: DraftUri, text: string): void {
    const draft = draftAt(address);
    if (draft !== undefined && draft.what !== 'inJira') this.#parts.drafts.type(textKey(draft), text);
  }

  isReadOnly(address: DraftUri): boolean {
    return draftAt(address)?.what === 'inJira';
  }

  /** By which a new ticket is found once it was sent: the same however often this is called, until it is there. */
  requestId(draft: NewTicketDraft): string {
    const known = this.#requestIds.get(draftId(draft)) ?? this.#parts.newId();
    this.#requestIds.set(draftId(draft), known);
    return known;
  }

  /** The new ticket is there: the next one of the draft is another one. */
  isCreated(draft: NewTicketDraft): void {
    this.#requestIds.delete(draftId(draft));
  }

  /** The text of a verb about a ticket of the site to which the settings lead. */
  addressOf(what: WrittenVerb | 'inJira', key: string): DraftAddress {
    return { what, key, site: siteOf(this.#parts) };
  }

  /** The text of a new ticket of this window, for the site to which the settings lead. `key`: letters and digits. */
  newTicket(key: string): NewTicketDraft {
    return { what: 'newTicket', key, site: siteOf(this.#parts), window: this.#parts.window };
  }

  /** New tickets of this site that were begun, in whichever window, and not sent; the newest first. */
  async unsentTickets(): Promise<readonly UnsentTicket[]> {
    const here = siteOf(this.#parts);
    const kept = await this.#parts.drafts.listed(newTicketText);
    return kept.flatMap(({ text, at, site, records: [key = '', window = ''] }) =>
      site === here ? [{ draft: { what: 'newTicket', key, site, window }, text, at }] : [],
    );
  }

  /** Whether it is of another site than that to which the settings lead. */
  isElsewhere({ site }: DraftAddress): boolean {
    return site !== undefined && site !== siteOf(this.#parts);
  }

  /** Whether the description can be edited as Markdown, once it was read. `isOpen`: its editor is, and shows what was read. */
  async canEdit(draft: DraftAddress, isOpen: boolean): Promise<Result<boolean, Failure>> {
    const isBegun = isOpen || (await this.#parts.drafts.offered(textKey(draft))) !== undefined;
    const original = await this.#original(draft, isBegun);
    return original.ok ? ok(adfToEdit(original.value.value) !== undefined) : original;
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
    draft: DraftAddress,
    markdown: string,
  ): Promise<
    Result<{ readonly body: AdfJson; readonly before: AdfJson | null; readonly contested: boolean }, Failure>
  > {
    const id = this.#idOf(draft);
    const original = await this.#original(draft, true);
    if (!original.ok) return original;
    const now = await (await this.#parts.clients.jira()).descriptionOf(draft.key);
    if (!now.ok) return now;
    const isKnown = this.#seen.has(id) || original.value.isOfText;
    const expected = this.#seen.has(id) ? this.#seen.get(id) : original.value.value;
    const contested = !isKnown || !sameDocument(now.value, expected);
    if (contested) this.#seen.set(id, now.value);
    const body = adfEdited(original.value.value, markdown, this.#parts.newId, this.#seen.get(id));
    return ok({ body, before: adfDocument(now.value) ?? null, contested });
  }

  /** It was sent: the next time it begins anew. */
  remove(draft: DraftAddress): void {
    if (draft.what === 'editDescription') {
      const id = this.#idOf(draft);
      this.#originals.delete(id);
      this.#seen.delete(id);
    }
    this.#removed.fire(draftUri(draft));
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

  #peopleOf(key: string): Promise<readonly OfferedPerson[]> {
    const id = this.#idOf({ key });
    const known = this.#people.get(id) ?? this.#readPeople(key, id);
    this.#people.set(id, known);
    return known;
  }

  async #readPeople(key: string, id: string): Promise<readonly OfferedPerson[]> {
    const read = await (await this.#parts.clients.jira()).assignablePeople(key);
    if (!read.ok) {
      this.#people.delete(id);
      this.#parts.log.warn('queue', `can't read the people of ${key}: ${read.failure.kind}`);
      return [];
    }
    return read.value.flatMap(({ accountId, name }) => {
      const insertText = mentionMarkdown(accountId, name);
      if (insertText === undefined) return [];
      return [{ label: `@${name}`, insertText }];
    });
  }

  /**
   * The description as it was when editing began, once `isBegun`, from the disk too; else as it is now. It is read where
   * that is not known.
   */
  async #original(draft: DraftAddress, isBegun: boolean): Promise<Result<Original, Failure>> {
    const { drafts, clients, clock } = this.#parts;
    const id = this.#idOf(draft);
    const known = this.#originals.get(id);
    if (known !== undefined && (isBegun || clock.now() - known.at < freshMs)) return ok(known);
    const draftKey = originalKey(draft);
    const kept = isBegun ? await drafts.offered(draftKey) : undefined;
    // What was cut or damaged on the disk is read from Jira.
    const saved = kept === undefined ? undefined : fromJson(kept.text, adfDocument);
    if (saved !== undefined) {
      const value = (saved.content ?? []).length === 0 ? undefined : saved;
      return ok(this.#keep(id, { value, at: -Infinity, isOfText: true }));
    }
    const read = await (await clients.jira()).descriptionOf(draft.key);
    if (!read.ok) return read;
    const hasText = (await drafts.offered(textKey(draft))) !== undefined;
    // Typing began while it was read.
    if (hasText && known !== undefined) return ok(known);
    const original = this.#keep(id, { value: read.value, at: clock.now(), isOfText: !hasText });
    if (!original.isOfText) return ok(original);
    // That there was none is kept too: what somebody else writes meanwhile is not taken for what was there.
    drafts.type(draftKey, JSON.stringify(read.value ?? emptyDocument));
    await drafts.flush();
    return ok(original);
  }

  #keep(id: string, original: Original): Original {
    this.#originals.set(id, original);
    return original;
  }

  #idOf({ key, site = siteOf(this.#parts) }: Pick<DraftAddress, 'key' | 'site'>): string {
    return `${site} ${key}`;
  }
}

/** The host of the Jira site to which the settings lead. */
function siteOf({ settings }: Pick<TicketDraftParts, 'settings'>): string {
  return settings.current.atlassianSite.host;
}

/** Why a text is not sent. */
export function elsewhereWords({ what, key, site = '' }: DraftAddress): string {
  const whose = what === 'newTicket' ? `a new ticket of ${site}` : `${key} of ${site}`;
  return `This text belongs to ${whose}. The setting drDre.atlassian.site leads to another site now.`;
}

/** Under which the texts of new tickets are kept. */
const newTicketText = `${queueKey.name}.newTicket`;

/** Under which all else is kept that a new ticket needs: which request it is, the fields that were typed. */
export function newTicketKind(draft: NewTicketDraft): string {
  return [newTicketText, draft.key, draft.window, draft.site].filter((part) => part !== undefined).join('.');
}

/** Under which a text is kept. */
export function textKey({ what, key, site, window }: DraftAddress): DraftKey {
  if (what !== 'newTicket') return { kind: `${queueKey.name}.${what}`, site, records: [key] };
  // Those of earlier versions have no site.
  if (site === undefined || window === undefined) return { kind: `${newTicketText}.${key}`, records: [] };
  return { kind: newTicketText, site, records: [key, window] };
}

function originalKey(draft: DraftAddress): DraftKey {
  return { ...textKey({ ...draft, what: 'editDescription' }), step: 'original' };
}
