import * as vscode from 'vscode';

/** A kind of read-only document: Markdown made from what is known, again whenever it changes. */
export interface DocumentSource {
  /** The Markdown as of now. Everything from outside in it is escaped. */
  render(key: string): string;
  /** Called when the document is opened: begin to read what is not known yet. */
  opened?(key: string): void;
  /** The feeds whose changes it shows. */
  readonly feeds: readonly string[];
}

const scheme = 'dr-dre';

/** Shows documents as rendered Markdown, live and read-only. */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #sources: Readonly<Record<string, DocumentSource>>;
  readonly #registration: vscode.Disposable;

  /** `sources` is by kind: "ticket", "alert", … */
  constructor(sources: Readonly<Record<string, DocumentSource>>) {
    this.#sources = sources;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const { kind, key } = parse(uri);
    const source = this.#sources[kind];
    return source === undefined ? `There is no document of the kind ${kind}.` : source.render(key);
  }

  /** Opens a document in the Markdown preview, or brings it to the front. `key` is an id whose shape was checked. */
  async open(kind: string, key: string): Promise<void> {
    this.#sources[kind]?.opened?.(key);
    await vscode.commands.executeCommand('markdown.showPreview', uriOf(kind, key));
  }

  /** What a kind's documents show may have changed: those that are open are made again. */
  refresh(kind: string): void {
    for (const document of vscode.workspace.textDocuments) {
      if (document.uri.scheme === scheme && parse(document.uri).kind === kind) this.#changed.fire(document.uri);
    }
  }

  /** A feed has changed: so may the documents that show it. */
  refreshFor(feed: string): void {
    for (const [kind, source] of Object.entries(this.#sources)) if (source.feeds.includes(feed)) this.refresh(kind);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

function uriOf(kind: string, key: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${kind}/${encodeURIComponent(key)}.md` });
}

function parse(uri: vscode.Uri): { kind: string; key: string } {
  const [, kind = '', name = ''] = uri.path.split('/');
  return { kind, key: decodeURIComponent(name.replace(/\.md$/, '')) };
}
