import * as vscode from 'vscode';
import type { Disposable } from '../../engine/base/clock.ts';
import type { ChosenFilter } from '../../views/kit/filter.ts';

/** Of which list the options are. */
interface ViewOptionsList<G extends string> {
  /** The id of the view. */
  readonly view: string;
  /** The context key that tells whether a filter is on. */
  readonly filteredKey: string;
  /** The first one is the default. */
  readonly groupings: readonly [G, ...G[]];
}

/** Grouping and filter of a list view. Remembered for this workspace. */
export class ViewOptions<G extends string> implements Disposable {
  readonly #memento: vscode.Memento;
  readonly #list: ViewOptionsList<G>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #grouping: G;
  #filter: ChosenFilter | undefined;

  constructor(memento: vscode.Memento, list: ViewOptionsList<G>) {
    this.#memento = memento;
    this.#list = list;
    const { groupings } = list;
    // What an earlier version kept may have another form: then all is shown, by the first grouping.
    const kept = this.kept;
    this.#grouping = groupings.find((each) => each === kept['grouping']) ?? groupings[0];
    this.#filter = readFilter(kept['filter']);
    if (this.#filter !== undefined) this.#tellPalette();
  }

  get grouping(): G {
    return this.#grouping;
  }

  get filter(): ChosenFilter | undefined {
    return this.#filter;
  }

  group(grouping: G): void {
    this.#grouping = grouping;
    this.keep();
  }

  /** Undefined shows all. */
  filterBy(filter: ChosenFilter | undefined): void {
    this.#filter = filter;
    this.#tellPalette();
    this.keep();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** All that was kept, also what a subclass adds. */
  protected get kept(): Readonly<Record<string, unknown>> {
    const kept = this.#memento.get<unknown>(`${this.#list.view}.look`);
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  }

  /** What is kept besides grouping and filter. */
  protected get more(): Readonly<Record<string, unknown>> {
    return {};
  }

  protected keep(): void {
    const kept = { ...this.more, grouping: this.#grouping, filter: this.#filter };
    void this.#memento.update(`${this.#list.view}.look`, kept);
    this.#changed.fire();
  }

  /** The palette offers to clear a filter while there is one. */
  #tellPalette(): void {
    void vscode.commands.executeCommand('setContext', this.#list.filteredKey, this.#filter !== undefined);
  }
}

function readFilter(value: unknown): ChosenFilter | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, text, name, query } = value as Readonly<Record<string, unknown>>;
  if (kind === 'text' && typeof text === 'string') return { kind, text };
  if (kind === 'saved' && typeof name === 'string') return { kind, name };
  if (kind === 'query' && typeof query === 'string') return { kind, query };
  return kind === 'mine' ? { kind } : undefined;
}
