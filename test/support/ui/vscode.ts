import { mkdir } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { Box, Picker, type PersonAtQuickInput } from './vscodeQuickInput.ts';
import { Disposable, EventEmitter, TabInputText, TextDocument, ThemeIcon, type Uri } from './vscodeTypes.ts';

// A stand-in for VS Code, for tests of `src/ui/` in plain Node (`useVscodeDouble`): it does as little as they need, shows
// nothing, and `host` has what it was asked to do. What only the real one can show is for test/integration and test/e2e.

export * from './vscodeTypes.ts';
export type { Picker } from './vscodeQuickInput.ts';

type Run = (value: never) => unknown;

/** A status bar item, with what it shows. */
interface ShownItem {
  readonly id: string;
  text: string;
  /** How often it was painted: shown or hidden. */
  paints: number;
  isShown: boolean;
}

/** A message, and the button that is pressed. */
interface ShownMessage {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  /** What a modal one says below its text. */
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** A text and its place: a dialog shows letters alone, the other places read links and icons in them. */
interface Drawn {
  readonly place: 'message' | 'dialog' | 'list' | 'field' | 'progress' | 'terminal';
  readonly text: string;
}

function draw(place: Drawn['place'], ...texts: readonly unknown[]): void {
  for (const text of texts) if (typeof text === 'string') host.drawn.push({ place, text });
}

function drawItems(items: readonly vscode.QuickPickItem[]): void {
  for (const { label, description, detail } of items) draw('list', label, description, detail);
}

/** An editor, with the text in it. */
interface OpenEditor {
  readonly document: TextDocument;
}

/** What a person does and sees. A test sets the answers, and looks what was shown. */
export const host = {
  messages: [] as ShownMessage[],
  /** Every text that VS Code was given to draw, with where it draws it. */
  drawn: [] as Drawn[],
  /** What is typed into a field that is asked with `showInputBox`; undefined leaves it. */
  line: (_: vscode.InputBoxOptions): string | undefined => undefined,
  /** The tree views that cannot be seen, by id; `visibility` is fired when that changes. */
  hidden: new Set<string>(),
  visibility: new EventEmitter<unknown>(),
  /** The nodes that are selected in a tree view. */
  selected: [] as readonly unknown[],
  /** The button that is pressed at a message; undefined closes it. */
  press: (_: ShownMessage): unknown => undefined,
  /** What is chosen in a list; undefined leaves it. */
  pick: (_items: readonly vscode.QuickPickItem[], _options: vscode.QuickPickOptions | undefined): unknown => undefined,
  /** What happens with a picker once it is shown; by itself what `pick` says. */
  usePicker: (picker: Picker): void => {
    const { title = '', placeholder: placeHolder = '', canSelectMany: canPickMany } = picker;
    void Promise.resolve(host.pick(picker.items, { title, placeHolder, canPickMany })).then((picked) => {
      if (picked === undefined) picker.dispose();
      else picker.accept(...(Array.isArray(picked) ? picked : [picked]));
    });
  },
  /** What is typed into a field before it is accepted; undefined leaves it as it is. */
  answer: (_: Box): string | undefined => undefined,
  /** The text of the editor that was opened last; undefined where there is none. */
  editor: undefined as OpenEditor | undefined,
  openEditor: (): OpenEditor | undefined => host.editor,
  /** Fired when the text of a document changes. */
  textChanged: new EventEmitter<unknown>(),
  /** The tabs that were closed. */
  closedTabs: [] as unknown[],
  /** Fired when VS Code counts a document as open, which stands in `workspace.textDocuments` then, and no longer. */
  documentOpened: new EventEmitter<unknown>(),
  documentClosed: new EventEmitter<unknown>(),
  /** The commands that were executed, with their arguments. */
  executed: [] as (readonly unknown[])[],
  /** What trees were asked to bring into sight. */
  revealed: [] as unknown[],
  /** Those that are registered, by id. */
  authenticationProviders: new Map<string, vscode.AuthenticationProvider>(),
  /** What was put on the clipboard. */
  copied: [] as string[],
  /** Pages that were opened in the browser. */
  opened: [] as string[],
  statusItems: [] as ShownItem[],
  terminals: [] as vscode.TerminalOptions[],
  /** Values of settings by their full names, where they differ from the manifest's defaults. */
  settings: {} as Record<string, unknown>,
  /** The manifest's default of a setting. */
  defaultOf: (_: string): unknown => undefined,
  /** How often it was asked whether the window has the focus. */
  looksAtFocus: 0,
  /** Fired when values of settings have changed. */
  settingsChanged: new EventEmitter<vscode.ConfigurationChangeEvent>(),
  windowState: new EventEmitter<unknown>(),
  /** What the active editor shows. */
  activeInput: undefined as unknown,
  terminalClosed: new EventEmitter<unknown>(),
  log: [] as string[],
};

const { line, press, pick, usePicker, answer } = host;

const person: PersonAtQuickInput = {
  draw,
  drawItems,
  usePicker: (picker) => host.usePicker(picker),
  answer: (box) => host.answer(box),
};

/** A person does nothing again, as at first. */
export function letGo(): void {
  Object.assign(host, { line, press, pick, usePicker, answer });
}

export const QuickInputButtons = { Back: { tooltip: 'Back', iconPath: new ThemeIcon('arrow-left') } };

const never = new EventEmitter<unknown>().event;

function say(severity: ShownMessage['severity']) {
  return async (text: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const details = rest.map((each) => (isModal(each) ? each.detail : ''));
    const message = {
      severity,
      text,
      detail: details.join(''),
      buttons: rest.flatMap((each) => (isItem(each) ? [each.title] : typeof each === 'string' ? [each] : [])),
    };
    host.messages.push(message);
    draw(rest.some(isModal) ? 'dialog' : 'message', text, message.detail, ...message.buttons);
    const pressed = await host.press(message);
    // Who gave items gets one of them back.
    return rest.find((each) => isItem(each) && each.title === pressed) ?? pressed;
  };
}

function isItem(part: unknown): part is { readonly title: string } {
  return typeof part === 'object' && part !== null && 'title' in part && typeof part.title === 'string';
}

function isModal(part: unknown): part is { readonly detail: string } {
  return typeof part === 'object' && part !== null && 'detail' in part && typeof part.detail === 'string';
}

const write =
  (level: string) =>
  (line: string): void =>
    void host.log.push(`${level} ${line}`);

export const window = {
  get state() {
    host.looksAtFocus++;
    return { focused: true, active: true };
  },
  get activeTextEditor() {
    return host.editor;
  },
  showTextDocument: async (document: TextDocument) => (host.editor = { document }),
  tabGroups: {
    get all() {
      return host.editor === undefined ? [] : [{ tabs: [{ input: new TabInputText(host.editor.document.uri) }] }];
    },
    close: async (tabs: readonly unknown[]): Promise<void> => {
      host.closedTabs.push(...tabs);
      host.editor = undefined;
    },
    activeTabGroup: {
      get activeTab() {
        return { input: host.activeInput };
      },
    },
  },
  onDidChangeWindowState: host.windowState.event,
  onDidCloseTerminal: host.terminalClosed.event,
  onDidStartTerminalShellExecution: never,
  onDidChangeTextEditorSelection: never,
  onDidChangeActiveTextEditor: never,
  onDidChangeActiveTerminal: never,
  showInformationMessage: say('info'),
  showWarningMessage: say('warning'),
  showErrorMessage: say('error'),
  showInputBox: async (options: vscode.InputBoxOptions = {}) => {
    const typed = host.line(options);
    const refused = typed === undefined ? undefined : await options.validateInput?.(typed);
    draw('field', options.title, options.prompt, options.placeHolder, refused);
    return typeof refused === 'string' ? undefined : typed;
  },
  createQuickPick: () => new Picker(person),
  createInputBox: () => new Box(person),
  withProgress: ({ title }: { readonly title?: string }, run: (progress: object, token: object) => unknown) => {
    draw('progress', title);
    const report = ({ message }: { readonly message?: string }): void => draw('progress', message);
    return run({ report }, { onCancellationRequested: never });
  },
  createOutputChannel: () => ({
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    dispose: () => undefined,
  }),
  createTreeView: (id: string) => ({
    get selection() {
      return host.selected;
    },
    get visible() {
      return !host.hidden.has(id);
    },
    title: id,
    description: '',
    badge: undefined,
    onDidChangeVisibility: host.visibility.event,
    onDidChangeSelection: never,
    onDidExpandElement: never,
    onDidCollapseElement: never,
    reveal: async (node: unknown): Promise<void> => void host.revealed.push(node),
    dispose: () => undefined,
  }),
  createStatusBarItem: (id: string) => {
    const item = {
      id,
      text: '',
      paints: 0,
      isShown: false,
      dispose: () => undefined,
      show: () => {
        item.paints++;
        item.isShown = true;
      },
      hide: () => {
        item.paints++;
        item.isShown = false;
      },
    };
    host.statusItems.push(item);
    return item;
  },
  createTerminal: (options: vscode.TerminalOptions) => {
    host.terminals.push(options);
    draw('terminal', options.name);
    return { show: () => undefined, dispose: () => undefined };
  },
  registerUriHandler: () => new Disposable(() => undefined),
  registerWebviewPanelSerializer: () => new Disposable(() => undefined),
  registerTerminalLinkProvider: () => new Disposable(() => undefined),
};

export const commands = {
  executeCommand: async (...call: readonly unknown[]): Promise<undefined> => void host.executed.push(call),
  registerCommand: (_id: string, _run: Run) => new Disposable(() => undefined),
};

export const workspace = {
  isTrusted: true,
  textDocuments: [] as vscode.TextDocument[],
  registerTextDocumentContentProvider: () => new Disposable(() => undefined),
  registerFileSystemProvider: () => new Disposable(() => undefined),
  onDidChangeTextDocument: host.textChanged.event,
  openTextDocument: async (uri: Uri) => new TextDocument(uri),
  onDidOpenTextDocument: host.documentOpened.event,
  onDidCloseTextDocument: host.documentClosed.event,
  onDidChangeConfiguration: host.settingsChanged.event,
  getConfiguration: (section: string) => ({
    get: (name: string) => host.settings[`${section}.${name}`] ?? host.defaultOf(`${section}.${name}`),
    update: async (name: string, value: unknown): Promise<void> => {
      host.settings[`${section}.${name}`] = value;
      host.settingsChanged.fire({ affectsConfiguration: (each) => `${section}.${name}`.startsWith(each) });
    },
    inspect: (name: string) => ({ defaultValue: host.defaultOf(`${section}.${name}`) }),
  }),
  fs: {
    createDirectory: async ({ fsPath }: { fsPath: string }): Promise<void> => {
      await mkdir(fsPath, { recursive: true });
    },
  },
};

export const env = {
  clipboard: { writeText: async (text: string): Promise<void> => void host.copied.push(text) },
  language: 'en',
  remoteName: undefined,
  openExternal: async (uri: { toString(): string }) => host.opened.push(uri.toString()),
};

export const languages = {
  registerCompletionItemProvider: () => new Disposable(() => undefined),
};

export const authentication = {
  onDidChangeSessions: never,
  getSession: async (): Promise<unknown> => undefined,
  registerAuthenticationProvider: (id: string, _label: string, provider: vscode.AuthenticationProvider) => {
    host.authenticationProviders.set(id, provider);
    return new Disposable(() => void host.authenticationProviders.delete(id));
  },
};
