import * as vscode from 'vscode';
import type { Document } from '../../domain/documents/tree.ts';
import type { Clock } from '../../engine/base/clock.ts';
import { lazily } from '../../engine/base/lazy.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import { messageText } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';

/** A kind of read-only document: made from what is known, again whenever that changes. */
export interface DocumentSource {
  /** The document as of now. */
  render(key: string): Document | Promise<Document>;
  /** Called when the document is opened, and when a person refreshes it. Resolves when it was read. */
  opened?(key: string): Promise<void>;
  /** What its tab says besides the key; text from outside may be in it. Without it the key stands alone. */
  title?(key: string): string | undefined;
  /** The row of the record that it shows, for what can be done with it; undefined where the record is not known. */
  row?(key: string): Row | undefined | Promise<Row | undefined>;
  /** The feeds whose changes it shows. */
  readonly feeds: readonly string[];
}

/** What makes the documents, by kind: "ticket", "alert", … */
export type DocumentSources = Readonly<Record<string, DocumentSource>>;

const scheme = 'dr-dre';
const authority = 'document';
/** VS Code's own preview as an editor: it takes the options of editors, which the command for previews does not. */
const markdownPreview = 'vscode.markdown.preview.editor';

/**
 * After so many milliseconds a document that has changed since it was opened is sent once more. VS Code passes a change on to
 * a page that loads, after 200 ms also where it is not ready: on a slow machine the page would show the text of before for
 * as long as nothing else changes.
 */
const sentAgainAfterMs = [1_000, 3_000, 10_000];

/** A document whose text VS Code has read, until it is closed. */
interface SentDocument {
  readonly uri: vscode.Uri;
  /** VS Code counts it as open: changes before that do not reach it. */
  isOpen: boolean;
  /** What it shows may have changed since its text was first read. */
  changed: boolean;
  /** The text ends with another line that is empty: VS Code sends no text on that is the same as before. */
  hasOtherEnd: boolean;
}

/** Shows documents as rendered Markdown, live and read-only. */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.own(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;
  readonly #sources: () => Promise<DocumentSources>;
  /** By address. */
  readonly #sent = new Map<string, SentDocument>();
  readonly #clock: Clock;
  /** Whether VS Code has read a document, or opened one, in this window. */
  #isUsed = false;

  /** `load` brings what makes the documents; it is called when the first one is opened. */
  constructor(load: () => Promise<DocumentSources>, clock: Clock) {
    this.#sources = lazily(load);
    this.#clock = clock;
    const { workspace } = vscode;
    this.#lifetime.own(workspace.registerTextDocumentContentProvider(scheme, this));
    this.#lifetime.own(workspace.onDidOpenTextDocument(({ uri }) => this.#opened(uri)));
    this.#lifetime.own(workspace.onDidCloseTextDocument(({ uri }) => this.#closed(uri)));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    this.#isUsed = true;
    const { kind, key } = parse(uri);
    if (!this.#openDocuments().some((open) => open.uri.toString() === uri.toString())) {
      this.#sent.set(uri.toString(), { uri, isOpen: false, changed: false, hasOtherEnd: false });
    }
    const [{ serialise }, sources] = await Promise.all([
      import('../../domain/documents/serialise.ts'),
      this.#sources(),
    ]);
    const source = sources[kind];
    if (source === undefined) return `There is no document of the kind ${kind}.`;
    const text = serialise(await source.render(key));
    return this.#sent.get(uri.toString())?.hasOtherEnd === true ? `${text}\n` : text;
  }

  /**
   * Opens a document as rendered Markdown, or brings it to the front. `key` is an id whose shape was checked. With
   * `keepFocus` the keyboard stays where it is: who walks through rows goes on walking. `title`: what its tab says where
   * the record is not known yet.
   */
  async open(
    kind: string,
    key: string,
    { keepFocus = false, title }: { readonly keepFocus?: boolean; readonly title?: string } = {},
  ): Promise<void> {
    const source = (await this.#sources())[kind];
    void source?.opened?.(key);
    const uri = openUri(kind, key) ?? documentUri(kind, key, source?.title?.(key) ?? title);
    const options: vscode.TextDocumentShowOptions = { preview: true, preserveFocus: keepFocus };
    await vscode.commands.executeCommand('vscode.openWith', uri, markdownPreview, options);
  }

  /** The row of the record that the document at this address shows. Its id is another one than that of the row in a view. */
  async rowOf(uri: vscode.Uri): Promise<Row | undefined> {
    if (uri.scheme !== scheme) return undefined;
    const { kind, key } = parse(uri);
    const row = await (await this.#sources())[kind]?.row?.(key);
    return row === undefined ? undefined : { ...row, id: `document/${row.id}` };
  }

  /** The rows of the records that the open documents show, by the documents' addresses. */
  async rows(): Promise<ReadonlyMap<string, Row>> {
    const rows = new Map<string, Row>();
    for (const { uri } of this.#openDocuments()) {
      const row = await this.rowOf(uri);
      if (row !== undefined) rows.set(uri.toString(), row);
    }
    return rows;
  }

  /** Reads again what the open documents show, at a person's request. Resolves when that is done. */
  async readAgain(): Promise<void> {
    const open = this.#openDocuments().map(({ uri }) => parse(uri));
    if (open.length === 0) return;
    const sources = await this.#sources();
    await Promise.all(open.map(async ({ kind, key }) => sources[kind]?.opened?.(key)));
  }

  /** What a kind's documents show may have changed: those that are open are made again. */
  refresh(kind: string): void {
    this.#refresh((uri) => parse(uri).kind === kind);
  }

  /** What all documents show may have changed: those that are open are made again. */
  refreshAll(): void {
    this.#refresh(() => true);
  }

  /** A feed has changed: so may the open documents that show it. */
  async refreshFor(feed: string): Promise<void> {
    if (this.#openDocuments().length + this.#sent.size === 0) return;
    for (const [kind, source] of Object.entries(await this.#sources())) {
      if (source.feeds.includes(feed)) this.refresh(kind);
    }
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** Those of ours. VS Code takes a while to list them, so a start in which none is open does without. */
  #openDocuments(): readonly vscode.TextDocument[] {
    return this.#isUsed ? openDocuments() : [];
  }

  #opened(uri: vscode.Uri): void {
    if (uri.scheme === scheme) this.#isUsed = true;
    const sent = this.#sent.get(uri.toString());
    if (sent === undefined || sent.isOpen) return;
    sent.isOpen = true;
    if (sent.changed) this.#changed.fire(uri);
    for (const ms of sentAgainAfterMs) {
      this.#lifetime.after(this.#clock, ms, () => {
        if (this.#sent.get(uri.toString()) !== sent || !sent.changed) return;
        sent.hasOtherEnd = !sent.hasOtherEnd;
        this.#changed.fire(uri);
      });
    }
  }

  #closed(uri: vscode.Uri): void {
    this.#sent.delete(uri.toString());
  }

  /** Those that are not open yet are made again once they are. */
  #refresh(isMeant: (uri: vscode.Uri) => boolean): void {
    for (const sent of this.#sent.values()) if (isMeant(sent.uri)) sent.changed = true;
    for (const { uri } of this.#openDocuments()) if (isMeant(uri)) this.#changed.fire(uri);
  }
}

function openDocuments(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === scheme);
}

/** The address under which a document is open already: its title may have been another then. */
function openUri(kind: string, key: string): vscode.Uri | undefined {
  return openDocuments()
    .map(({ uri }) => uri)
    .find((uri) => {
      const open = parse(uri);
      return open.kind === kind && open.key === key;
    });
}

/**
 * The address of a document. The path says what it is, and makes VS Code take it for Markdown. The query is there for the
 * tab alone: the manifest's `resourceLabelFormatters` take its title for addresses of this authority.
 */
export function documentUri(kind: string, key: string, title = key): vscode.Uri {
  const path = `/${kind}/${encodeURIComponent(key)}.md`;
  return vscode.Uri.from({ scheme, authority, path, query: JSON.stringify({ title: label(title) }) });
}

/** An address of before had a title instead of the query, as the name of a file in a folder of the key. */
function parse(uri: vscode.Uri): { kind: string; key: string } {
  const [, kind = '', name = '', title] = uri.path.split('/');
  return { kind, key: decodeURIComponent(title === undefined ? name.replace(/\.md$/, '') : name) };
}

/** Text as a label, of which VS Code shows what follows the last separator of folders. */
function label(title: string): string {
  return messageText(title.replaceAll(/[\\/]/g, ' '), 40);
}
