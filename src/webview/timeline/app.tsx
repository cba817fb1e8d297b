import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { rolloutKey, type Rollout } from '../../domain/releases/rollout.ts';
import { engineOf } from '../../domain/releases/timeline/troubles.ts';
import { waitOf } from '../../domain/releases/waits.ts';
import { inOrderOfInterest, timeline as toTimeline, type Timeline } from '../../domain/releases/timeline/timeline.ts';
import type { PageMessage, Snapshot } from '../../domain/releases/timeline/messages.ts';
import { second, type Instant } from '../../domain/base/time.ts';
import { Announcer } from './announcer.tsx';
import type { ChartPosition } from './batchRow.tsx';
import { BatchTable } from './batchTable.tsx';
import { Chart, focusPosition, revealRow } from './chart.tsx';
import type { Clock } from './clock.ts';
import { Details } from './details.tsx';
import { EmptyState } from './emptyState.tsx';
import { times as timesOf, type Times } from './format.ts';
import { Heading, Toolbar } from './header.tsx';
import { onSnapshot, readSaved, type SavedState, type ScrollMemory, type VscodeApi } from './host.ts';
import { Legend } from './legend.tsx';
import { Banners, Troubles } from './notices.tsx';
import { Summary } from './summary.tsx';
import { troubleText } from './words.ts';

/** How often the now-line moves while the page is visible, in milliseconds. */
const tick = 10 * second;

interface AppProps {
  readonly api: VscodeApi;
  readonly clock: Clock;
}

/** The page: shows the last snapshot, and remembers what the person chose. */
export function App({ api, clock }: AppProps): JSX.Element {
  const { snapshot, now, saved, save, scroll } = useHost(api, clock);
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
  /** The batch that the host wants shown. */
  readonly wanted: Snapshot['batch'];
  /** The last `request` that was taken up. */
  readonly taken: { current: number };
  readonly times: Times;
  readonly scroll: ScrollMemory;
  readonly post: (message: PageMessage) => void;
}

function RolloutPage({ rollout, now, snapshot, wanted, taken, times, scroll, post }: RolloutPageProps): JSX.Element {
  const timeline = useMemo(() => {
    const { fullReadAt, engines, rollouts } = snapshot;
    const estimates = snapshot.estimates[rollout.kind];
    const times = new Map(snapshot.times.map((each) => [each.rollout, each]));
    const engine = engineOf(rollout, engines);
    const moment = { now, fullReadAt, engine, wait: waitOf(rollout, rollouts), times, estimates };
    return toTimeline(rollout, moment);
  }, [rollout, now, snapshot]);
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
            <Chart timeline={timeline} now={now} times={times} chosen={chosen} scroll={scroll} onChoose={choose} />
            {row !== undefined && chosen !== undefined && (
              <Details
                timeline={timeline}
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
          <Legend />
          <BatchTable timeline={timeline} times={times} onChoose={(position, from) => choose(position, true, from)} />
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

interface HostState {
  readonly snapshot: Snapshot | undefined;
  /** The host's time, continued between snapshots. */
  readonly now: Instant;
  readonly saved: Choices;
  readonly save: (change: Partial<Choices>) => void;
  readonly scroll: ScrollMemory;
}

type Choices = Pick<SavedState, 'selected' | 'timeZone'>;

function useHost(api: VscodeApi, clock: Clock): HostState {
  const [saved, setSaved] = useState<Choices>(() => readSaved(api.getState()));
  const [received, setReceived] = useState<{ readonly snapshot: Snapshot; readonly at: number } | undefined>();
  const [at, setAt] = useState(() => clock.now());
  const last = useRef<Snapshot | undefined>(undefined);
  const scroll = useScrollMemory(api, saved);

  const save = useCallback((change: Partial<Choices>) => setSaved((before) => ({ ...before, ...change })), []);
  useEffect(() => {
    const stop = onSnapshot((snapshot) => {
      const { selected, timeZone } = snapshot;
      if (selected !== undefined && selected !== last.current?.selected) save({ selected });
      if (timeZone !== undefined && timeZone !== last.current?.timeZone) save({ timeZone });
      last.current = snapshot;
      const now = clock.now();
      setReceived({ snapshot, at: now });
      setAt(now);
    });
    api.postMessage({ type: 'ready' });
    return stop;
  }, [api, clock, save]);
  useEffect(() => clock.whileVisible(tick, () => setAt(clock.now())), [clock]);

  const now = received === undefined ? 0 : received.snapshot.now + Math.max(0, at - received.at);
  return { snapshot: received?.snapshot, now, saved, save, scroll };
}

/** Keeps the selection and the scroll position. Scrolling renders nothing. */
function useScrollMemory(api: VscodeApi, saved: Choices): ScrollMemory {
  const [memory] = useState(() => {
    const kept = { ...readSaved(api.getState()) };
    return {
      kept,
      of: (rollout: string) => (kept.scroll?.rollout === rollout ? kept.scroll : undefined),
      keep(scroll: NonNullable<SavedState['scroll']>) {
        kept.scroll = scroll;
        api.setState({ ...kept });
      },
    };
  });
  useEffect(() => {
    Object.assign(memory.kept, saved);
    api.setState({ ...memory.kept });
  }, [api, memory, saved]);
  return memory;
}
