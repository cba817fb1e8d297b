import * as vscode from 'vscode';
import { nextChange } from '../../domain/rotation/shift.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { rotationsKey } from '../../feeds/rotation/rotations.ts';
import { burningStatus } from '../../views/alerts/burningStatus.ts';
import { plainTooltip } from '../kit/rowTree.ts';
import { viewpoint } from '../kit/views.ts';
import type { World } from '../kit/world.ts';

/** Several changes of one moment are painted once. */
const gatherMs = 50;

/** The status bar item that is there only while something burns for the person on call. */
export class BurningItem implements Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #subscriptions: readonly Disposable[];
  readonly #world: Pick<World, 'store' | 'account' | 'clock'>;
  #timer: Disposable | undefined;
  #change: Disposable | undefined;

  constructor(world: Pick<World, 'store' | 'account' | 'clock'>) {
    this.#world = world;
    this.#item = vscode.window.createStatusBarItem('drDre.alertsBurning', vscode.StatusBarAlignment.Left, 9);
    this.#item.name = 'Dr. DRE: Urgent Alerts';
    this.#item.command = 'drDre.alerts.focus';
    this.#item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
    this.#subscriptions = [
      world.store.onDidChange(({ feed }) => {
        if (feed === alertsKey.name || feed === rotationsKey.name) this.#plan();
      }),
      world.account.onDidChange(() => this.#plan()),
    ];
    this.paint();
  }

  /** Shows or hides it, as things stand now. */
  paint(): void {
    this.#timer = undefined;
    const { store, account, clock } = this.#world;
    const rotations = store.state(rotationsKey);
    const from = viewpoint(clock);
    const model = burningStatus(store.state(alertsKey), rotations, account.current, from);
    if (model === undefined) this.#item.hide();
    else {
      this.#item.text = model.text;
      this.#item.tooltip = plainTooltip(model.tooltip);
      this.#item.accessibilityInformation = { label: model.spoken };
      this.#item.show();
    }
    // Shifts and hours begin and end by the clock, without anything being read.
    const change = nextChange(rotations.records.values(), from.now);
    this.#change?.dispose();
    this.#change = change === undefined ? undefined : clock.after(change - from.now, () => this.paint());
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#change?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#item.dispose();
  }

  #plan(): void {
    this.#timer ??= this.#world.clock.after(gatherMs, () => this.paint());
  }
}
