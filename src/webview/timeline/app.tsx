import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import { rolloutKey, type Rollout } from '../../domain/releases/rollout.ts';
import type { Mark } from '../../domain/releases/timeline/marks.ts';
import type { PageMessage, Snapshot } from '../../domain/releases/timeline/messages.ts';
import { inOrderOfInterest } from '../../domain/releases/timeline/timeline.ts';
import type { Clock } from './clock.ts';
import { EmptyState } from './emptyState.tsx';
import { times as timesOf } from './format.ts';
import { Toolbar } from './header.tsx';
import type { VscodeApi } from './host.ts';
import { Banners } from './notices.tsx';
import { RolloutPage } from './rolloutPage.tsx';
import { useHost } from './useHost.ts';

interface AppProps {
  readonly api: VscodeApi;
  readonly clock: Clock;
}

const noMarks: readonly Mark[] = [];

/** The page: shows the last snapshot, and remembers what the person chose. */
export function App({ api, clock }: AppProps): JSX.Element {
  const { snapshot, record, marks, runs, now, saved, save, scroll } = useHost(api, clock);
  const post = useCallback((message: PageMessage) => api.postMessage(message), [api]);
  const taken = useRef({ batch: 0, wanted: 0 });
  const pinned = usePinned();
  const zone = saved.timeZone ?? 'local';
  const locale = snapshot?.locale ?? 'en-GB';
  const times = useMemo(() => timesOf(zone, locale), [zone, locale]);
  const rollouts = useMemo(() => inOrderOfInterest(snapshot?.rollouts ?? []), [snapshot]);
  const wanted = rollouts.find((each) => rolloutKey(each) === saved.selected);
  const rollout = wanted ?? pinned(rollouts);
  const refresh = (): void => post({ type: 'refresh' });
  const shown = rollout === undefined ? undefined : rolloutKey(rollout);
  const told = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (shown === undefined || shown === told.current) return;
    told.current = shown;
    post({ type: 'show', rollout: shown });
  }, [post, shown]);
  if (snapshot?.asOf === undefined) return <NotLoaded snapshot={snapshot} onRefresh={refresh} />;
  const key = rollout === undefined ? undefined : rolloutKey(rollout);
  const ownMarks = marks?.rollout === key ? marks : undefined;
  const select = (selected: string): void => {
    save({ selected });
    told.current = selected;
    post({ type: 'select', rollout: selected });
  };
  return (
    <>
      <Toolbar
        snapshot={snapshot}
        rollouts={rollouts}
        selected={key}
        timeZone={zone}
        times={times}
        onSelect={select}
        onTimeZone={(timeZone) => {
          save({ timeZone });
          post({ type: 'setTimeZone', timeZone });
        }}
      />
      <Banners
        snapshot={snapshot}
        rollout={rollout}
        gone={wanted === undefined ? saved.selected?.replace(/^[^/]*\//, '') : undefined}
        times={times}
        onRefresh={refresh}
      />
      {rollout === undefined ? (
        <EmptyState
          picture="none"
          title="No rollouts"
          text="The rollout dashboard lists none. They start on Sunday evening, and appear here by themselves."
        />
      ) : (
        <RolloutPage
          key={key}
          rollout={rollout}
          now={now}
          snapshot={snapshot}
          record={record?.rollout === key ? record : undefined}
          marks={ownMarks?.marks ?? noMarks}
          isMarked={ownMarks !== undefined}
          wanted={key === snapshot.selected ? snapshot.batch : undefined}
          compared={runs !== undefined && runs.rollout === key ? runs.compared : undefined}
          asked={snapshot.selected === undefined || key === snapshot.selected ? snapshot.wanted : undefined}
          taken={taken}
          times={times}
          scroll={scroll}
          post={post}
        />
      )}
    </>
  );
}

/**
 * What is shown without being chosen: the rollout of most interest when the page opened, for as long as it is listed. It does
 * not give way to one that is of more interest by now.
 */
function usePinned(): (rollouts: readonly Rollout[]) => Rollout | undefined {
  const pin = useRef<string | undefined>(undefined);
  return (rollouts) => {
    const rollout = rollouts.find((each) => rolloutKey(each) === pin.current) ?? rollouts[0];
    pin.current = rollout === undefined ? undefined : rolloutKey(rollout);
    return rollout;
  };
}

interface NotLoadedProps {
  readonly snapshot: Snapshot | undefined;
  readonly onRefresh: () => void;
}

function NotLoaded({ snapshot, onRefresh }: NotLoadedProps): JSX.Element {
  const feed = snapshot?.feed;
  if (feed?.condition !== 'failing') {
    return <EmptyState picture="loading" title="Loading rollouts" text="Waiting for the rollout dashboard." />;
  }
  return <EmptyState picture="unreachable" title={feed.sentence} text={feed.wayForward} onRefresh={onRefresh} />;
}
