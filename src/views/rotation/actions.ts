import { rotationVerbCommands, type RotationCommand } from '../../feeds/rotation/verbs.ts';
import type { HoverAction } from '../kit/hover.ts';
import type { StatusBarModel } from './statusBar.ts';

/** What can be done with the schedules, in the order in which it is offered. */
interface RotationAction extends HoverAction {
  /** Id of a codicon. */
  readonly icon: string;
  /** Whether a dialog or a question comes first. */
  readonly asks: boolean;
  /** Where it is not for all rows of schedules. */
  readonly fits?: RotationCommand['fits'];
}

const rotationActions: readonly RotationAction[] = [
  ...rotationVerbCommands().flatMap(({ id, command: { icon, name, fits } }) =>
    icon === undefined ? [] : [{ command: id, label: name, icon, asks: true, fits }],
  ),
  { command: 'drDre.rotation.notPaged', label: 'Troubleshoot Paging', icon: 'question', asks: false },
  { command: 'drDre.rotation.open', label: 'Open On-Call Page', icon: 'link-external', asks: false },
];

/** Those of them that fit. `holdsAll`: there is no schedule to take. */
export function actionsWhile(holdsAll: boolean): readonly RotationAction[] {
  return rotationActions.filter(({ fits }) => fits !== 'takeable' || !holdsAll);
}

const signIn: HoverAction = { command: 'drDre.signIn', label: 'Sign In' };

/** What the tooltip of the status bar offers below its lines. */
export function tooltipActions(offers: StatusBarModel['offers'], holdsAll: boolean): readonly HoverAction[] {
  switch (offers) {
    case 'rotation':
      return actionsWhile(holdsAll);
    case 'signIn':
      return [signIn];
    case 'nothing':
      return [];
  }
}
