import { markdownText } from '../../domain/base/harmless.ts';
import type { StatusBarModel } from './statusBar.ts';

/** The commands that the tooltip of the status bar may run, and no others: without arguments, by ids of our own. */
export const tooltipCommands: readonly (readonly [id: string, label: string])[] = [
  ['drDre.rotation.takePager', 'Take the pager'],
  ['drDre.rotation.handOver', 'Hand over'],
  ['drDre.rotation.showOverrides', 'Overrides'],
  ['drDre.rotation.notPaged', 'Troubleshoot paging'],
  ['drDre.rotation.open', 'On-call page'],
  ['drDre.signIn', 'Sign in…'],
];

/** Which of them go with what the status bar offers. */
const offered: Readonly<Record<StatusBarModel['offers'], (id: string) => boolean>> = {
  rotation: (id) => id !== 'drDre.signIn',
  signIn: (id) => id === 'drDre.signIn',
  nothing: () => false,
};

/**
 * The tooltip as Markdown: the first line strong, all lines as text, then the commands as links. Names come from outside;
 * they are escaped so that none becomes a link: an automatic one would be as good as ours.
 */
export function rotationTooltip(lines: readonly string[], offers: StatusBarModel['offers']): string {
  const shown = lines.map(markdownText);
  const [first = '', ...rest] = shown;
  const links = tooltipCommands.filter(([id]) => offered[offers](id)).map(([id, label]) => `[${label}](command:${id})`);
  return [`**${first}**`, ...rest, ...(links.length === 0 ? [] : [links.join(' · ')])].join('\n\n');
}
