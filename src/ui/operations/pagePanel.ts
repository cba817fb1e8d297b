import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import {
  parsePageMessage,
  type FieldValues,
  type HostMessage,
  type OfferedValue,
  type PageMessage,
} from '../../domain/operations/pageMessages.ts';
import type { Run, RunOrigin } from '../../domain/operations/run.ts';
import type { Operation } from '../../dre/operations.ts';
import { showCommandLine } from '../../dre/quoting.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import { registryNodesKey, runsKey } from '../../feeds/operations/keys.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import {
  checkedForm,
  listedOperations,
  operationForm,
  pageOperations,
  type OfferedValues,
} from '../../views/operations/page.ts';
import { offeredGroups } from '../../views/links/places.ts';
import type { Host } from '../kit/host.ts';
import { fillPanel } from '../kit/pagePanels.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import { withFullPaths, type Operations } from './operations.ts';

export interface OperationsPanelParts extends Pick<Host, 'clock' | 'log'> {
  readonly extensionUri: vscode.Uri;
  readonly store: Store<Failure>;
  readonly operations: () => Promise<Pick<Operations, 'start' | 'openRun' | 'places'>>;
  /** Where favorites are kept. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
}

/** The form of an operation, and where it was opened from. */
export interface FilledForm {
  /** Of the operation. */
  readonly id: string;
  /** Some of its values; undefined: those that were typed before. */
  readonly values: FieldValues | undefined;
  readonly origin: RunOrigin;
}

/** One panel with its page. Each is answered for itself: VS Code can bring back a second one after a reload. */
interface Page {
  readonly panel: vscode.WebviewPanel;
  /** The page has requested its state. */
  isReady: boolean;
  /** The operation whose form it shows. */
  open: Operation | undefined;
  /** What was last checked for it. */
  edit: { readonly request: number; readonly values: FieldValues } | undefined;
  /** The form that it is to show once it requests its state. */
  awaited: FilledForm | undefined;
  /** Where the form that it shows was opened from. */
  origin: RunOrigin;
}

/** That a form is to be shown, and with which values. */
type Opened = Pick<Extract<HostMessage, { type: 'view' }>, 'isOpened' | 'values'>;

const favoritesKey = 'drDre.operations.favorites';

/** The extension host's side of the Operations page. */
export class OperationsPanel implements Disposable {
  readonly #parts: OperationsPanelParts;
  readonly #lifetime = new Lifetime();
  readonly #pages = new Set<Page>();
  #favorites: ReadonlySet<string>;

  constructor(parts: OperationsPanelParts) {
    this.#parts = parts;
    const kept: unknown = parts.memory.get(favoritesKey);
    this.#favorites = new Set(Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : []);
    this.#lifetime.own(
      parts.store.onDidChange(({ feed }) => {
        if (feed === runsKey.name || feed === registryNodesKey.name) this.#showAgain();
      }),
    );
  }

  open(form?: FilledForm): void {
    const [page] = this.#pages;
    if (page === undefined) {
      this.adopt(vscode.window.createWebviewPanel('drDre.operations', 'Operations', vscode.ViewColumn.Active), form);
      return;
    }
    // A page that is hidden begins anew once it is shown.
    if (!page.panel.visible) page.isReady = false;
    page.awaited = form;
    page.panel.reveal();
    if (page.isReady && form !== undefined) this.#showAwaited(page).catch((cause: unknown) => this.#failed(cause));
  }

  /** Fills a panel, also one that VS Code brings back after a reload. */
  adopt(panel: vscode.WebviewPanel, form?: FilledForm): void {
    const { extensionUri } = this.#parts;
    const page: Page = { panel, isReady: false, open: undefined, edit: undefined, awaited: form, origin: {} };
    this.#pages.add(page);
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(page, message));
    panel.onDidDispose(() => this.#pages.delete(page));
    fillPanel(panel, extensionUri, { name: 'operations', title: 'Operations' });
  }

  dispose(): void {
    this.#lifetime.dispose();
    for (const { panel } of [...this.#pages]) panel.dispose();
  }

  #receive(page: Page, raw: unknown): void {
    const parsed = parsePageMessage(raw);
    if (!parsed.ok) {
      this.#parts.log.warn('dre', `the Operations page sent what is no message: ${parsed.failure}`);
      return;
    }
    this.#act(page, parsed.value).catch((cause: unknown) => this.#failed(cause));
  }

  #failed(cause: unknown): void {
    this.#parts.log.error('dre', 'the Operations page was not answered', cause);
  }

  async #act(page: Page, message: PageMessage): Promise<void> {
    const { operations, memory } = this.#parts;
    switch (message.type) {
      case 'ready':
        page.isReady = true;
        if (page.awaited === undefined) await this.#show(page, message.open);
        else await this.#showAwaited(page);
        return;
      case 'open':
        // The same command with all its options is still for the same.
        if (message.from === undefined) page.origin = {};
        await this.#show(page, message.id, { isOpened: message.from !== undefined, values: message.from });
        return;
      case 'edit':
        if (message.id !== page.open?.id) return;
        page.edit = message;
        this.#check(page);
        return;
      case 'copy': {
        const operation = operationNamed(message.id);
        if (operation === undefined) return;
        const values = withFullPaths(operation, message.values);
        const line = operation.preview({ program: 'dre', values, mode: 'real' });
        await vscode.env.clipboard.writeText(showCommandLine(line));
        return;
      }
      case 'run': {
        const operation = operationNamed(message.id);
        if (operation !== undefined) {
          await (await operations()).start(operation, message.values, message.mode, page.origin);
        }
        return;
      }
      case 'favorite': {
        const others = [...this.#favorites].filter((id) => id !== message.id);
        this.#favorites = new Set(message.isOn ? [...others, message.id] : others);
        await memory.update(favoritesKey, [...this.#favorites]);
        for (const each of this.#pages) await this.#send(each);
        return;
      }
      case 'openRun':
        await (await operations()).openRun(message.run);
        return;
    }
  }

  async #show(page: Page, id: string | undefined, opened?: Opened): Promise<void> {
    page.open = id === undefined ? undefined : operationNamed(id);
    page.edit = undefined;
    await this.#send(page, opened);
  }

  async #showAwaited(page: Page): Promise<void> {
    const { id, values, origin } = page.awaited ?? { id: undefined, values: undefined, origin: {} };
    page.awaited = undefined;
    page.origin = origin;
    await this.#show(page, id, { isOpened: id !== undefined, values });
  }

  #showAgain(): void {
    for (const page of this.#pages) {
      this.#send(page).catch((cause: unknown) => this.#failed(cause));
      this.#check(page);
    }
  }

  /** A page that is hidden requests it again once it is shown. */
  async #send(page: Page, { isOpened, values }: Opened = {}): Promise<void> {
    const { clock, operations, store } = this.#parts;
    if (!page.isReady || !page.panel.visible) return;
    const runs = this.#runs();
    const from = viewpoint(clock);
    const { open } = page;
    const places = open === undefined ? undefined : await operations();
    const valuesOfKind: OfferedValues = (kind) => this.#valuesOfKind(kind, places);
    const registryReadAt = store.state(registryNodesKey).asOf;
    if (open !== page.open) return;
    post(page, {
      type: 'view',
      operations: listedOperations(runs, this.#favorites, from),
      form: open === undefined ? undefined : operationForm(open, runs, { valuesOfKind, registryReadAt }, from),
      isOpened,
      values,
    });
  }

  #check({ panel, open, edit, isReady }: Page): void {
    if (!isReady || !panel.visible || open === undefined || edit === undefined) return;
    const checked = checkedForm(open, withFullPaths(open, edit.values), this.#runs(), viewpoint(this.#parts.clock));
    post({ panel }, { type: 'checked', request: edit.request, ...checked });
  }

  #runs(): readonly Run[] {
    return [...this.#parts.store.state(runsKey).records.values()];
  }

  #valuesOfKind(
    kind: Parameters<OfferedValues>[0],
    places: Pick<Operations, 'places'> | undefined,
  ): readonly OfferedValue[] {
    const { store } = this.#parts;
    switch (kind) {
      case 'subnet':
      case 'node':
        return (places?.places(kind) ?? []).map(({ id, label, description }) => ({
          value: id,
          label: description === '' ? label : `${label}, ${description}`,
        }));
      case 'dataCenter':
      case 'provider':
        return offeredGroups(kind, store.state(registryNodesKey).records.values()).map(([value, label]) => ({
          value,
          label,
        }));
      case 'version': {
        const versions = new Map<string, string>();
        for (const { revision, name } of store.state(rolloutsKey).records.values()) {
          if (revision !== undefined) versions.set(revision, name);
        }
        return [...versions].map(([value, label]) => ({ value, label }));
      }
      case 'proposal':
        return [...store.state(proposalsKey).records.values()].map(({ id, title }) => ({
          value: `${id}`,
          label: title,
        }));
    }
  }
}

function post({ panel }: Pick<Page, 'panel'>, message: HostMessage): void {
  void panel.webview.postMessage(message);
}

function operationNamed(id: string): Operation | undefined {
  return pageOperations.find((each) => each.id === id);
}
