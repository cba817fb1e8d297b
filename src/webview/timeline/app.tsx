import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { rolloutKey, type Rollout } from '../../domain/releases/rollout.ts';
import { engineOf } from '../../domain/releases/timeline/troubles.ts';
import { waitOf } from '../../domain/releases/waits.ts';
import { inOrderOfInterest, timeline as toTimeline, type Timeline } from '../../domain/releases/timeline/timeline.ts';
import { notWatched, type RolloutRecord } from '../../domain/releases/timeline/record.ts';
import type { PageMessage, Snapshot } from '../../domain/releases/timeline/messages.ts';
import type { Instant } from '../../domain/base/time.ts';
import { Announcer } from './announcer.tsx';
import type { ChartPosition } from './batchRow.tsx';
import { BatchTable } from './batchTable.tsx';
import { Chart, focusPosition, revealRow } from './chart.tsx';
import type { Clock } from './clock.ts';
import { Details } from './details.tsx';
import { EmptyState } from './emptyState.tsx';
import { times as timesOf, type Times } from './format.ts';
import { Heading, Toolbar } from './header.tsx';
import type { ScrollMemory, VscodeApi } from './host.ts';
import { Legend } from './legend.tsx';
import { Banners, Troubles } from './notices.tsx';
import { Summary } from './summary.tsx';
import { useHost } from './useHost.ts';
import { troubleText } from './words.ts';

interface AppProps {
  readonly api: VscodeApi;
  readonly clock: Clock;
}

/** The page: shows the last snapshot, and remembers what the person chose. */
export function App({ api, clock }: AppProps): JSX.Element {
  const { snapshot, record, now, saved, save, scroll } = useHost(api, clock);
  const post = useCallback((message: PageMessage) => api.postMessage(message), [api]);
  const taken = useRef(0);
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
          wanted={key === snapshot.selected ? snapshot.batch : undefined}
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

interface RolloutPageProps {
  readonly rollout: Rollout;
  readonly now: Instant;
  readonly snapshot: Snapshot;
  /** What was recorded of the rollout; undefined until it was read. */
  readonly record: RolloutRecord | undefined;
  /** The batch that the host wants shown. */
  readonly wanted: Snapshot['batch'];
  /** The last `request` that was taken up. */
  readonly taken: { current: number };
  readonly times: Times;
  readonly scroll: ScrollMemory;
  readonly post: (message: PageMessage) => void;
}

function RolloutPage({
  rollout,
  now,
  snapshot,
  record,
  wanted,
  taken,
  times,
  scroll,
  post,
}: RolloutPageProps): JSX.Element {
  const timeline = useMemo(() => {
    const { fullReadAt, engines, rollouts } = snapshot;
    const estimates = snapshot.estimates[rollout.kind];
    const times = new Map(snapshot.times.map((each) => [each.rollout, each]));
    const engine = engineOf(rollout, engines);
    const moment = { now, fullReadAt, engine, wait: waitOf(rollout, rollouts), times, estimates };
    return toTimeline(rollout, moment);
  }, [rollout, now, snapshot]);
  const gaps = useMemo(
    () => (record === undefined ? [] : notWatched(rollout, record, snapshot.asOf ?? now, now)),
    [rollout, record, snapshot, now],
  );
  const [chosen, setChosen] = useState<ChartPosition | undefined>(undefined);
  const [attention, setAttention] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  const row = timeline.groups.flatMap((group) => group.rows).find((each) => each.id === chosen?.row);
  /** Where the keyboard was when the details were opened from the table. */
  const opener = useRef<HTMLElement | undefined>(undefined);
  const close = (): void => {
    setChosen(undefined);
    setAttention(0);
    if (opener.current?.isConnected === true) opener.current.focus();
    else if (chosen !== undefined && body.current !== null) focusPosition(body.current, chosen);
  };
  const choose = (position: ChartPosition, byKeyboard: boolean, from?: HTMLElement): void => {
    opener.current = from;
    setChosen(position);
    setAttention((count) => (byKeyboard ? count + 1 : 0));
  };
  useEffect(() => {
    if (wanted === undefined || wanted.request === taken.current) return;
    taken.current = wanted.request;
    choose({ row: wanted.row, target: undefined }, false);
    // The keyboard stays where it is: perhaps in the side bar.
    if (body.current !== null) revealRow(body.current, wanted.row);
  }, [wanted, taken]);
  return (
    <>
      <Heading rollout={rollout} times={times} post={post} />
      {timeline.groups.length === 0 ? (
        <EmptyState picture="noPlan" {...noPlan(rollout, timeline)} />
      ) : (
        <>
          <Summary rollout={rollout} timeline={timeline} now={now} times={times} />
          <Troubles
            timeline={timeline}
            onChoose={(id) => {
              choose({ row: id, target: undefined }, false);
              if (body.current !== null) focusPosition(body.current, { row: id, target: undefined });
            }}
          />
          <div class="body" ref={body}>
            <Chart
              timeline={timeline}
              gaps={gaps}
              now={now}
              times={times}
              chosen={chosen}
              scroll={scroll}
              onChoose={choose}
            />
            {row !== undefined && chosen !== undefined && (
              <Details
                timeline={timeline}
                gaps={gaps}
                row={row}
                position={chosen}
                now={now}
                times={times}
                attention={attention}
                post={post}
                onClose={close}
              />
            )}
          </div>
          <Legend gaps={gaps.length > 0} />
          <BatchTable
            timeline={timeline}
            gaps={gaps}
            times={times}
            onChoose={(position, from) => choose(position, true, from)}
          />
        </>
      )}
      <Announcer state={rollout.state} timeline={timeline} />
    </>
  );
}

function noPlan(rollout: Rollout, timeline: Timeline): { readonly title: string; readonly text: string } {
  const trouble = timeline.troubles.find(({ kind }) => kind === 'plan');
  if (trouble !== undefined) return { title: 'No plan yet', text: `${troubleText(trouble, timeline)}.` };
  if (rollout.state === 'failed') {
    return { title: 'No plan', text: 'The rollout failed before its plan was made. Airflow tells why.' };
  }
  return { title: 'No plan yet', text: 'Airflow is still making the plan. The batches appear here when it is done.' };
}
