import * as vscode from 'vscode';
import type { Disposable } from '../../engine/base/clock.ts';
import type { ChosenFilter } from '../../views/kit/filter.ts';
import { contextKey, type SetContextKey } from './contextKey.ts';

/** Of which list the options are. */
interface ViewOptionsList<G extends string> {
  /** The id of the view. */
  readonly view: string;
  /** The context key for whether a filter is on. */
  readonly filteredKey: string;
  /** The first one is the default. */
  readonly groupings: readonly [G, ...G[]];
}

/** Where options are kept. */
export interface OptionsMemory {
  /** On every machine on which the person syncs their settings. */
  readonly globalState: Pick<vscode.Memento, 'get' | 'update'>;
  /** In this workspace. */
  readonly workspaceState: Pick<vscode.Memento, 'get' | 'update'>;
}

/** The keys under which the options of views are kept that VS Code syncs. */
export function syncedKeys(views: readonly string[]): readonly string[] {
  return views.map(optionsKey);
}

const optionsKey = (view: string): string => `${view}.look`;

/**
 * Grouping and filter of a list view. How it is grouped is kept everywhere; the filter for this workspace alone, as
 * one that was set on another machine would hide what a person expects to see.
 */
export class ViewOptions<G extends string> implements Disposable {
  readonly #memory: OptionsMemory;
  readonly #list: ViewOptionsList<G>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** The palette offers to clear a filter while there is one. */
  readonly #setFiltered: SetContextKey<boolean>;
  #grouping: G;
  #filter: ChosenFilter | undefined;

  constructor(memory: OptionsMemory, list: ViewOptionsList<G>) {
    this.#memory = memory;
    this.#list = list;
    const { groupings } = list;
    // What an earlier version kept may have another form: then all is shown, by the first grouping.
    const grouping = this.kept['grouping'];
    this.#grouping = groupings.find((each) => each === grouping) ?? groupings[0];
    this.#filter = readFilter(fieldsOf(memory.workspaceState.get(optionsKey(list.view)))['filter']);
    this.#setFiltered = contextKey<boolean>(list.filteredKey);
    this.#setFiltered(this.#filter !== undefined);
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
    this.#setFiltered(filter !== undefined);
    this.keep();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** All that was kept but the filter, also what a subclass adds. An earlier version kept it for the workspace. */
  protected get kept(): Readonly<Record<string, unknown>> {
    const key = optionsKey(this.#list.view);
    return fieldsOf(this.#memory.globalState.get(key) ?? this.#memory.workspaceState.get(key));
  }

  /** What is kept besides grouping and filter. */
  protected get more(): Readonly<Record<string, unknown>> {
    return {};
  }

  protected keep(): void {
    const key = optionsKey(this.#list.view);
    void this.#memory.globalState.update(key, { ...this.more, grouping: this.#grouping });
    void this.#memory.workspaceState.update(key, { filter: this.#filter });
    this.#changed.fire();
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

function fieldsOf(kept: unknown): Readonly<Record<string, unknown>> {
  return typeof kept === 'object' && kept !== null ? { ...kept } : {};
}
