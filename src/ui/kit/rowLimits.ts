import * as vscode from 'vscode';
import type { Disposable } from '../../engine/base/clock.ts';
import { rowsAtOnce } from '../../views/kit/capped.ts';

/** How many rows groups show, where a person requested more than at first. Removed when the window closes. */
export class RowLimits implements Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #limits = new Map<string, number>();

  /** By the group's id. */
  get current(): ReadonlyMap<string, number> {
    return this.#limits;
  }

  /** Shows more rows of a group. */
  raise(group: string, by: number): void {
    this.#limits.set(group, (this.#limits.get(group) ?? rowsAtOnce) + by);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
