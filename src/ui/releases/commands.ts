import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import { rolloutsKey } from '../../feeds/releases/rollouts.ts';
import { linkTo } from '../../views/releases/view.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { linkedRows, openPages } from '../kit/linkedRows.ts';
import type { Views } from '../kit/views.ts';
import type { Timeline } from './timeline.ts';

export interface ReleaseCommandParts extends Pick<Host, 'settings'> {
  readonly timeline: Pick<Timeline, 'open' | 'activeRollout'>;
  readonly store: Store<Failure>;
  readonly views: Pick<Views, 'selection'>;
}

/** The commands for rollouts. */
export function releaseCommands({ timeline, views, store, settings }: ReleaseCommandParts): Handlers {
  /** The page of a rollout in Airflow. */
  const pageOf = (key: string | undefined): string | undefined => {
    const rollout = key === undefined ? undefined : store.state(rolloutsKey).records.get(key);
    return rollout === undefined ? undefined : linkTo(rollout.url, settings.current.airflowUrl.href);
  };
  return {
    'drDre.releases.openTimeline': async ({ rows }) => {
      const record = rows[0]?.record;
      await timeline.open(record?.kind === 'rollout' ? record.key : undefined, { keepFocus: rows.length > 0 });
    },
    'drDre.releases.openInAirflow': async ({ rows }) => {
      const shown = rows.length > 0 ? undefined : pageOf(timeline.activeRollout);
      if (shown !== undefined) return openPages([shown]);
      const linked = await linkedRows(views, ['drDre.releases'], rows);
      await openPages(linked.map(({ link }) => link));
    },
  };
}
