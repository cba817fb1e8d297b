import type { Handlers } from '../kit/commands.ts';
import { linkedRows, openPages } from '../kit/linkedRows.ts';
import type { Views } from '../kit/views.ts';
import type { Timeline } from './timeline.ts';

export interface ReleaseCommandParts {
  readonly timeline: Pick<Timeline, 'open'>;
  readonly views: Pick<Views, 'selection'>;
}

/** The commands for rollouts. */
export function releaseCommands({ timeline, views }: ReleaseCommandParts): Handlers {
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
