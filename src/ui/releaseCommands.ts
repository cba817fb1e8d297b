import type { Handler } from './commands.ts';
import type { CommandContext } from './commandTable.ts';
import { openPage } from './openPage.ts';

/** What can be done with rollouts. */
export function releaseCommands({ timeline }: CommandContext): Readonly<Record<string, Handler>> {
  return {
    'drDre.releases.openTimeline': async ({ rows }) => {
      const record = rows[0]?.record;
      await timeline.open(record?.kind === 'rollout' ? record.key : undefined);
    },
    'drDre.releases.openInAirflow': async ({ rows }) => {
      const link = rows[0]?.link;
      if (link !== undefined) await openPage(link);
    },
  };
}
