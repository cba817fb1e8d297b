import type * as vscode from 'vscode';
import type { Disposable } from '../../../engine/base/clock.ts';
import { lazily } from '../../../engine/base/lazy.ts';
import { Slot } from '../../../engine/base/lifetime.ts';
import type { OpenOptions, TimelinePanel, TimelineParts } from './panel.ts';

/** The release timeline: one panel, loaded when it is first opened. */
export class LazyTimeline implements Disposable {
  readonly #panel: () => Promise<TimelinePanel>;
  readonly #loaded = new Slot<TimelinePanel>();

  constructor(parts: TimelineParts) {
    this.#panel = lazily(async () => {
      const { TimelinePanel } = await import('./panel.ts');
      const panel = new TimelinePanel(parts);
      this.#loaded.replace(panel);
      return panel;
    });
  }

  /** Opens the timeline or brings it to the front, at a rollout if one is given (`rolloutKey`). */
  async open(rollout?: string, options?: OpenOptions): Promise<void> {
    (await this.#panel()).open(rollout, options);
  }

  /** The rollout (`rolloutKey`) that the timeline shows in the active editor; undefined where it is not there. */
  get activeRollout(): string | undefined {
    return this.#loaded.held?.activeRollout;
  }

  /** Fills the panel that VS Code brings back after a reload. */
  async adopt(panel: vscode.WebviewPanel): Promise<void> {
    (await this.#panel()).adopt(panel);
  }

  dispose(): void {
    this.#loaded.dispose();
  }
}
