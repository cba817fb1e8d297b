import * as vscode from 'vscode';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import type { Event } from '../../engine/base/emitter.ts';
import { Lifetime, type Gather } from '../../engine/base/lifetime.ts';
import { describeCause, type Log } from '../../engine/base/log.ts';
import { brokenView } from '../../views/kit/faults.ts';
import type { FeedChange } from '../../engine/read/store.ts';
import type { Viewpoint } from '../../views/kit/format.ts';
import type { Row, ViewModel } from '../../views/kit/row.ts';
import type { RowTree } from './rowTree.ts';
import { viewpoint } from './viewpoint.ts';

/** What a view shows, seen from a moment. */
export type Model = (from: Viewpoint) => ViewModel;

/** One tree view: which feeds it shows, and how. */
export interface ViewDefinition {
  readonly id: string;
  /** Names of the feeds whose changes repaint it. */
  readonly feeds: readonly string[];
  /** Ids of the settings that say where its rows are read from: it shows when one of them does not fit. */
  readonly settings: readonly string[];
  /** Its rows name related records. */
  readonly linked?: boolean;
  /** It shows only the first of many rows, with one for more. */
  readonly limited?: boolean;
  /** Its rows say what is being done to their records. */
  readonly written?: boolean;
  /** It has a badge, which can be seen while the view itself cannot. It is painted before all others. */
  readonly badged?: boolean;
  /** It has such a badge, or says beside its name what needs a person; both are painted once all views are. */
  readonly badgedLater?: boolean;
  /** Brings what makes its rows; called when the view is first painted. */
  readonly load: () => Promise<Model>;
}

/** Where the views are painted. */
export interface ViewTrees {
  /** The tree views of the manifest, by id. */
  readonly trees: ReadonlyMap<string, RowTree>;
  /** Epoch milliseconds. */
  readonly activatedAt: number;
}

/** Changes that come within this time are painted once. It is short, as a person waits for it. */
const gatherMs = 5;
const firstRowsMark = 'drDre/firstRows';
/** Ages are shown in minutes. */
const ageMs = 30_000;
/** VS Code reads new rows within this time, unless it missed that there are any. Doubled at each further attempt. */
const readWithinMs = 1_000;
const longestWaitMs = 30_000;

/** Shows the tree views and paints them again when what they show has changed. */
export class Views implements Disposable {
  readonly #definitions: readonly ViewDefinition[];
  readonly #trees: ReadonlyMap<string, RowTree>;
  readonly #models = new Map<string, Model>();
  readonly #loading = new Map<string, Promise<Model>>();
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #lifetime = new Lifetime();
  readonly #repaints: Gather;
  readonly #due = new Set<string>();
  /** The trees that are checked again for rows that VS Code has not read. */
  readonly #watched = new Set<RowTree>();
  readonly #activatedAt: number;
  /** When a view shows rows for the first time. */
  readonly firstRows: Promise<void>;
  #firstRowsShown: (() => void) | undefined;
  #showsAll = false;
  /** What each view showed last that could be made. */
  readonly #shown = new Map<string, ViewModel>();
  /** Why a view could not be made the last time, by its id. */
  readonly #faults = new Map<string, string>();

  constructor(
    { trees, activatedAt }: ViewTrees,
    definitions: readonly ViewDefinition[],
    changes: Event<FeedChange>,
    clock: Clock,
    log: Log,
  ) {
    this.#activatedAt = activatedAt;
    this.firstRows = new Promise((resolve) => {
      this.#firstRowsShown = resolve;
    });
    this.#trees = trees;
    this.#definitions = definitions;
    this.#clock = clock;
    this.#log = log;
    this.#repaints = this.#lifetime.gather(clock, gatherMs, () => this.#paintDue());
    for (const definition of definitions) {
      // What was not painted while nobody saw it is painted now.
      const tree = trees.get(definition.id);
      if (tree !== undefined) {
        this.#lifetime.own(tree.onDidChangeVisibility(() => this.repaint(definition.id)));
        this.#lifetime.own(
          tree.onDidFail(({ id, fault }) => log.error('views', `${definition.id}: ${id} cannot be shown`, fault)),
        );
      }
    }
    this.#lifetime.own(
      changes((change) => {
        for (const { id, feeds } of definitions) if (feeds.includes(change.feed)) this.repaint(id);
      }),
    );
    this.#keepAges();
  }

  /** Whether a view has shown rows. */
  get hasShownRows(): boolean {
    return this.#firstRowsShown === undefined;
  }

  /** The ids of all views, in their order. */
  get ids(): readonly string[] {
    return this.#definitions.map(({ id }) => id);
  }

  /** The rows selected in a view that can be seen; none in a view that cannot. */
  selection(id: string): readonly Row[] {
    const tree = this.#trees.get(id);
    return tree?.visible === true ? tree.selection : [];
  }

  /** The row that has the keyboard in a view that can be seen, or had it last. */
  async focusedRow(id: string): Promise<Row | undefined> {
    const tree = this.#trees.get(id);
    return tree?.visible === true ? tree.focusedRow() : undefined;
  }

  /** Selects the rows of these records in a view that can be seen; without `takeFocus` only the first of them. */
  async select(id: string, keys: ReadonlySet<string>, takeFocus: boolean): Promise<void> {
    await this.#trees.get(id)?.select(keys, takeFocus);
  }

  /** Whether a person can see a view that shows one of these feeds. */
  shows(feed: string): boolean {
    return this.#definitions.some(({ id, feeds }) => feeds.includes(feed) && this.#trees.get(id)?.visible === true);
  }

  /** Whether something of a feed is painted now: in a view that can be seen, or on a badge. */
  paints(feed: string): boolean {
    return this.#definitions.some((definition) => definition.feeds.includes(feed) && this.#isPainted(definition));
  }

  /** From now on all views are painted. Before, only those with a badge are, once what they show is brought from disk. */
  showAll(): void {
    this.#showsAll = true;
    for (const definition of this.#definitions) if (!this.#loading.has(definition.id)) void this.#paint(definition);
  }

  /** Called when a view becomes visible or hidden. */
  onDidChangeVisibility(run: () => void): Disposable {
    return vscode.Disposable.from(...[...this.#trees.values()].map((tree) => tree.onDidChangeVisibility(run)));
  }

  /** Fires when other rows than before are selected in a view. */
  onDidChangeSelection(run: () => void): Disposable {
    return vscode.Disposable.from(...[...this.#trees.values()].map((tree) => tree.onDidChangeSelection(run)));
  }

  /** Fires when a person folds or unfolds a row of a view. */
  onDidFold(id: string, run: (row: Row, isUnfolded: boolean) => void): Disposable {
    return this.#trees.get(id)?.onDidFold(run) ?? { dispose: () => undefined };
  }

  /** Paints a view again, together with what else changes now. */
  repaint(id: string): void {
    this.#due.add(id);
    this.#repaints.note();
  }

  /** Paints now what would be painted in a moment, and waits until it is painted. */
  async paintNow(): Promise<void> {
    this.#repaints.flush();
    // What makes the rows of a view for the first time is loaded, which may have begun before.
    await Promise.allSettled(this.#loading.values());
  }

  /** Loads what makes the rows of a view again, and paints it. Until then it shows what it showed. */
  remake(id: string): void {
    this.#models.delete(id);
    this.repaint(id);
  }

  /** Paints the views again that have this flag. */
  repaintAll(flag: 'linked' | 'limited' | 'written'): void {
    for (const definition of this.#definitions) if (definition[flag] === true) this.repaint(definition.id);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #paintDue(): void {
    const due = this.#definitions.filter((definition) => this.#due.has(definition.id));
    this.#due.clear();
    for (const definition of due) void this.#paint(definition);
  }

  /** Paints a view that can be seen; one that cannot is painted when it becomes visible. */
  async #paint(definition: ViewDefinition): Promise<void> {
    const tree = this.#trees.get(definition.id);
    if (tree === undefined || !this.#isPainted(definition)) return;
    try {
      let model = this.#models.get(definition.id);
      if (model === undefined) {
        const loading = definition.load();
        this.#loading.set(definition.id, loading);
        model = await loading;
        // Made anew meanwhile: the later one paints.
        if (this.#loading.get(definition.id) !== loading) return;
        this.#models.set(definition.id, model);
      }
      const shown = model(viewpoint(this.#clock));
      tree.show(shown);
      this.#shown.set(definition.id, shown);
      this.#faults.delete(definition.id);
      this.#fireUntilRead(definition.id, tree, readWithinMs);
      if (shown.situation === 'rows' && this.#firstRowsShown !== undefined) {
        this.#firstRowsShown();
        this.#firstRowsShown = undefined;
        // For profiles of the extension host.
        performance.mark(firstRowsMark);
        this.#log.info('views', `first rows after ${this.#clock.now() - this.#activatedAt} ms, in ${definition.id}`);
      }
    } catch (cause) {
      this.#showFault(definition.id, tree, cause);
    }
  }

  /** A view that cannot be made says so above the rows of before; each reason is logged once. */
  #showFault(id: string, tree: RowTree, cause: unknown): void {
    const reason = describeCause(cause);
    if (this.#faults.get(id) !== reason) this.#log.error('views', `${id} could not be painted`, cause);
    this.#faults.set(id, reason);
    tree.show(brokenView(this.#shown.get(id)));
  }

  /** Fires for new rows until VS Code has read them. A view that is not visible is read when it becomes visible. */
  #fireUntilRead(id: string, tree: RowTree, waitMs: number): void {
    if (!tree.hasUnreadRows || this.#watched.has(tree)) return;
    this.#watched.add(tree);
    this.#lifetime.after(this.#clock, waitMs, () => {
      this.#watched.delete(tree);
      if (!tree.hasUnreadRows || !tree.visible) return;
      this.#log.debug('views', `VS Code did not read the rows of ${id}: the event is sent again`);
      tree.fireAgain();
      this.#fireUntilRead(id, tree, Math.min(waitMs * 2, longestWaitMs));
    });
  }

  #isPainted({ id, badged = false, badgedLater = false }: ViewDefinition): boolean {
    return badged || (this.#showsAll && (badgedLater || this.#trees.get(id)?.visible === true));
  }

  #keepAges(): void {
    this.#lifetime.after(this.#clock, ageMs, () => {
      for (const [id, tree] of this.#trees) if (tree.visible) this.repaint(id);
      this.#keepAges();
    });
  }
}
