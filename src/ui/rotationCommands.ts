import { onCallUrl } from '../views/weekView.ts';
import type { Handler } from './commands.ts';
import type { CommandContext } from './commandTable.ts';
import { openPage } from './openPage.ts';

/** What can be done with the schedules. */
export function rotationCommands({ settings }: CommandContext): Readonly<Record<string, Handler>> {
  return {
    'drDre.rotation.open': () => openPage(onCallUrl(settings.current.atlassianSite.href, settings.current.team)),
  };
}
