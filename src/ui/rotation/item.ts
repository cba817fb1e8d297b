import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import type { AccountReader } from '../../feeds/kit/account.ts';
import { rotationsKey } from '../../feeds/rotation/rotations.ts';
import { rotationTooltip, tooltipCommands } from '../../views/rotation/tooltip.ts';
import { rotationStatus, type StatusBarModel } from '../../views/rotation/statusBar.ts';
import { atNextShiftChange } from '../kit/shiftTimer.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { Host } from '../kit/host.ts';

export interface RotationItemParts extends Pick<Host, 'clock'> {
  readonly store: Store<Failure>;
  readonly account: AccountReader;
}

/** The status bar item that says who is on call. */
export class RotationItem implements Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #parts: RotationItemParts;
  readonly #lifetime = new Lifetime();
  readonly #shiftTimer: Timer;

  constructor(parts: RotationItemParts) {
    this.#parts = parts;
    this.#shiftTimer = this.#lifetime.timer(parts.clock);
    this.#item = this.#lifetime.own(
      vscode.window.createStatusBarItem('drDre.rotation', vscode.StatusBarAlignment.Left, 10),
    );
    this.#item.name = 'Dr. DRE: On Call';
    this.#lifetime.own(
      parts.store.onDidChange((change) => {
        if (change.feed === rotationsKey.name) this.paint();
      }),
    );
    this.#lifetime.own(parts.account.onDidChange(() => this.paint()));
    this.paint();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** Shows who is on call now. */
  paint(): void {
    const { store, account, clock } = this.#parts;
    const state = store.state(rotationsKey);
    const from = viewpoint(clock);
    this.#show(rotationStatus(state, account.current, from));
    atNextShiftChange(this.#shiftTimer, state.records.values(), from.now, () => this.paint());
  }

  #show(model: StatusBarModel): void {
    this.#item.text = model.text;
    this.#item.command = model.command;
    const tooltip = new vscode.MarkdownString(rotationTooltip(model.tooltip, model.offers));
    tooltip.isTrusted = { enabledCommands: tooltipCommands.map(([id]) => id) };
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: model.spoken };
    // Besides the error colour, this is the one background that VS Code lets an item have.
    this.#item.backgroundColor = model.mine ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}
