import type { JSX } from 'preact';
import { useCallback, useMemo, useRef } from 'preact/hooks';
import { rolloutKey } from '../../domain/releases/rollout.ts';
import type { Mark } from '../../domain/releases/timeline/marks.ts';
import type { PageMessage, Snapshot } from '../../domain/releases/timeline/messages.ts';
import type { PageClock } from './clock.ts';
import { EmptyState } from './emptyState.tsx';
import { times as timesOf } from './format.ts';
import { Toolbar } from './header.tsx';
import type { VscodeApi } from './host.ts';
import { Banners } from './notices.tsx';
import { RolloutPage } from './rolloutPage.tsx';
import { useHost } from './useHost.ts';
import { fullMinute, useOpenLanes, type Lanes } from './useLanes.ts';

interface AppProps {
  readonly api: VscodeApi;
  readonly clock: PageClock;
}

const noMarks: readonly Mark[] = [];

/** The page: shows the last snapshot, and keeps what the person chose. */
export function App({ api, clock }: AppProps): JSX.Element {
  const { snapshot, record, marks, lanes, runs, now, saved, save, scroll } = useHost(api, clock);
  const post = useCallback((message: PageMessage) => api.postMessage(message), [api]);
  const taken = useRef({ batch: 0, wanted: 0 });
  const takesFocus = useRef(false);
  const isOpen = useOpenLanes(lanes, saved.lanesOpen);
  const zone = saved.timeZone ?? 'local';
  const locale = snapshot?.locale ?? 'en-GB';
  const times = useMemo(() => timesOf(zone, locale), [zone, locale]);
  const select = useCallback(
    (selected: string): void => {
      save({ selected });
      post({ type: 'select', rollout: selected });
    },
    [save, post],
  );
  const key = snapshot?.shown && rolloutKey(snapshot.shown.rollout);
  const minuteNow = fullMinute(now);
  const beside = useMemo<Lanes>(
    () => ({
      all: lanes.filter(({ rollout }) => rollout !== key),
      isOpen,
      now: minuteNow,
      onFold: (lanesOpen) => save({ lanesOpen }),
      onShow: (rollout, byKeyboard) => {
        takesFocus.current = byKeyboard;
        select(rollout);
      },
    }),
    [lanes, key, isOpen, minuteNow, save, select],
  );
  const refresh = (): void => post({ type: 'refresh' });
  if (snapshot?.asOf === undefined) return <NotLoaded snapshot={snapshot} onRefresh={refresh} />;
  const { rollouts, shown } = snapshot;
  const isListed = rollouts.some((each) => rolloutKey(each) === saved.selected);
  const ownMarks = marks?.rollout === key ? marks : undefined;
  return (
    <>
      <Toolbar
        snapshot={snapshot}
        rollouts={rollouts}
        selected={isListed ? saved.selected : key}
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
        rollout={shown?.rollout}
        gone={isListed ? undefined : saved.selected?.replace(/^[^/]*\//, '')}
        times={times}
        onRefresh={refresh}
      />
      {shown === undefined ? (
        <EmptyState
          picture="none"
          title="No rollouts"
          text="The rollout dashboard lists none. They start on Sunday evening, and appear here by themselves."
        />
      ) : (
        <RolloutPage
          key={key}
          whole={shown}
          now={now}
          snapshot={snapshot}
          record={record?.rollout === key ? record : undefined}
          marks={ownMarks?.marks ?? noMarks}
          lanes={beside}
          takesFocus={takesFocus}
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
