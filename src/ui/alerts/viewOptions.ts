import { groupings, type Grouping } from '../../domain/alerts/groups.ts';
import type { ClosedGroupState } from '../../views/alerts/closedGroup.ts';
import { contextKey } from '../kit/contextKey.ts';
import { ViewOptions, type OptionsMemory } from '../kit/viewOptions.ts';

/** Grouping and filter of the Alerts view, and whether it lists closed alerts. */
export class AlertsViewOptions extends ViewOptions<Grouping> {
  /** Whether the alerts of the last day that are closed are shown. */
  #shown: boolean;
  /** The view's menu offers to show closed alerts, or to hide them. */
  readonly #setShownKey = contextKey<boolean>('drDre.alerts.closedShown');
  /** How often the closed alerts were shown or hidden other than by folding their group. */
  #fold = 0;

  constructor(memory: OptionsMemory) {
    super(memory, { view: 'drDre.alerts', filteredKey: 'drDre.alerts.filtered', groupings });
    this.#shown = this.kept['closed'] === true;
    this.#setShownKey(this.#shown);
  }

  get closed(): ClosedGroupState {
    return { shown: this.#shown, fold: this.#fold };
  }

  /** Shows the closed alerts or hides them. `byFolding`: a person folded or unfolded their group, which stays as it is. */
  showClosed(closed: boolean, { byFolding = false } = {}): void {
    if (closed === this.#shown) return;
    if (!byFolding) this.#fold++;
    this.#shown = closed;
    this.#setShownKey(closed);
    this.keep();
  }

  protected override get more(): Readonly<Record<string, unknown>> {
    return { closed: this.#shown };
  }
}
