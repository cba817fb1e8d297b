import type * as vscode from 'vscode';
import type { Disposable } from '../../engine/base/clock.ts';
import { lazily } from '../../engine/base/lazy.ts';
import { Slot } from '../../engine/base/lifetime.ts';
import type { FilledForm, OperationsPanel, OperationsPanelParts } from './pagePanel.ts';

/** The Operations page: one panel, loaded when it is first opened. */
export class OperationsPage implements Disposable {
  readonly #panel: () => Promise<OperationsPanel>;
  readonly #loaded = new Slot<OperationsPanel>();

  constructor(parts: OperationsPanelParts) {
    this.#panel = lazily(async () => {
      const { OperationsPanel: Panel } = await import('./pagePanel.ts');
      const panel = new Panel(parts);
      this.#loaded.replace(panel);
      return panel;
    });
  }

  /** Opens the page or brings it to the front, with a form that has some of its values. */
  async open(form?: FilledForm): Promise<void> {
    (await this.#panel()).open(form);
  }

  /** Fills the panel that VS Code brings back after a reload. */
  async adopt(panel: vscode.WebviewPanel): Promise<void> {
    (await this.#panel()).adopt(panel);
  }

  dispose(): void {
    this.#loaded.dispose();
  }
}
