import * as vscode from 'vscode';
import { groupings, type Grouping } from '../domain/alertGroups.ts';
import type { Disposable } from '../engine/clock.ts';
import type { ChosenFilter } from '../views/alertFilters.ts';

interface Kept {
  readonly grouping: Grouping;
  readonly filter?: ChosenFilter;
}

const key = 'drDre.alerts.look';

/** How the Alerts view is looked at. Remembered for this workspace. */
export class AlertsLook implements Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #kept: Kept;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.#kept = read(memento.get<unknown>(key));
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
    const { grouping } = this.#kept;
    this.#keep(filter === undefined ? { grouping } : { grouping, filter });
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

/** What an earlier version kept may have another form: then all is shown, by priority. */
function read(value: unknown): Kept {
  if (typeof value !== 'object' || value === null) return { grouping: 'priority' };
  const found = value as Partial<Record<keyof Kept, unknown>>;
  const grouping = groupings.find((each) => each === found.grouping) ?? 'priority';
  const filter = readFilter(found.filter);
  return filter === undefined ? { grouping } : { grouping, filter };
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
