import * as vscode from 'vscode';
import { groupings, type Grouping } from '../../domain/alerts/groups.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import type { ChosenFilter } from '../../views/alerts/filters.ts';
import type { ClosedGroupState } from '../../views/alerts/closedGroup.ts';

interface Kept {
  readonly grouping: Grouping;
  readonly filter?: ChosenFilter;
  /** Whether the alerts of the last day that are closed are shown. */
  readonly closed: boolean;
}

const key = 'drDre.alerts.look';

/** Grouping and filter of the Alerts view, and whether it lists closed alerts. Remembered for this workspace. */
export class AlertsViewOptions implements Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #kept: Kept;
  /** How often the closed alerts were shown or hidden other than by folding their group. */
  #fold = 0;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.#kept = read(memento.get<unknown>(key));
    if (this.#kept.closed) tellMenu(true);
    if (this.#kept.filter !== undefined) tellPalette(true);
  }

  get grouping(): Grouping {
    return this.#kept.grouping;
  }

  get filter(): ChosenFilter | undefined {
    return this.#kept.filter;
  }

  group(grouping: Grouping): void {
    this.#keep({ ...this.#kept, grouping });
  }

  /** Undefined shows all. */
  filterBy(filter: ChosenFilter | undefined): void {
    const { grouping, closed } = this.#kept;
    tellPalette(filter !== undefined);
    this.#keep(filter === undefined ? { grouping, closed } : { grouping, closed, filter });
  }

  get closed(): ClosedGroupState {
    return { shown: this.#kept.closed, fold: this.#fold };
  }

  /** Shows the closed alerts or hides them. `byFolding`: a person folded or unfolded their group, which stays as it is. */
  showClosed(closed: boolean, { byFolding = false } = {}): void {
    if (closed === this.closed.shown) return;
    if (!byFolding) this.#fold++;
    tellMenu(closed);
    this.#keep({ ...this.#kept, closed });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    void this.#memento.update(key, kept);
    this.#changed.fire();
  }
}

/** The view's menu offers to show closed alerts, or to hide them. */
function tellMenu(closedShown: boolean): void {
  void vscode.commands.executeCommand('setContext', 'drDre.alerts.closedShown', closedShown);
}

/** The palette offers to clear a filter while there is one. */
function tellPalette(filtered: boolean): void {
  void vscode.commands.executeCommand('setContext', 'drDre.alerts.filtered', filtered);
}

/** What an earlier version kept may have another form: then all is shown, by priority. */
function read(value: unknown): Kept {
  if (typeof value !== 'object' || value === null) return { grouping: 'priority', closed: false };
  const found = value as Partial<Record<keyof Kept, unknown>>;
  const grouping = groupings.find((each) => each === found.grouping) ?? 'priority';
  const filter = readFilter(found.filter);
  return { grouping, closed: found.closed === true, ...(filter === undefined ? {} : { filter }) };
}

function readFilter(value: unknown): ChosenFilter | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  if (value.kind === 'text' && 'text' in value && typeof value.text === 'string') {
    return { kind: 'text', text: value.text };
  }
  if (value.kind === 'saved' && 'name' in value && typeof value.name === 'string') {
    return { kind: 'saved', name: value.name };
  }
  if (value.kind === 'query' && 'query' in value && typeof value.query === 'string') {
    return { kind: 'query', query: value.query };
  }
  return undefined;
}
