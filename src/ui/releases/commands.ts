import type { Handler } from '../kit/commands.ts';
import type { CommandContext } from '../commandTable.ts';
import { linkedRows, openPages } from '../kit/linkedRows.ts';

/** What can be done with rollouts. */
export function releaseCommands({ timeline, views }: CommandContext): Readonly<Record<string, Handler>> {
  return {
    'drDre.releases.openTimeline': async ({ rows }) => {
      const record = rows[0]?.record;
      await timeline.open(record?.kind === 'rollout' ? record.key : undefined);
    },
    'drDre.releases.openInAirflow': async ({ rows }) => {
      const linked = await linkedRows(views, ['drDre.releases'], rows);
      await openPages(linked.map(({ link }) => link));
    },
  };
}
