import * as vscode from 'vscode';
import type { Disposable } from '../engine/clock.ts';
import { lazily } from '../engine/lazy.ts';
import type { TimelinePanel } from './timelinePanel.ts';
import type { World } from './world.ts';

const viewType = 'drDre.timeline';

/** The release timeline: one panel, loaded when it is first opened, restored after a reload. */
export class Timeline implements Disposable {
  readonly #panel: () => Promise<TimelinePanel>;
  readonly #serializer: Disposable;
  #loaded: TimelinePanel | undefined;

  constructor(extensionUri: vscode.Uri, world: World) {
    this.#panel = lazily(async () => {
      const { TimelinePanel } = await import('./timelinePanel.ts');
      return (this.#loaded ??= new TimelinePanel(viewType, extensionUri, world));
    });
    this.#serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel) => (await this.#panel()).adopt(panel),
    });
  }

  /** Opens the timeline or brings it to the front, at a rollout if one is given (`rolloutKey`). */
  async open(rollout?: string): Promise<void> {
    (await this.#panel()).open(rollout);
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#loaded?.dispose();
  }
}
