import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { second, type Instant } from '../../domain/base/time.ts';
import type { Lane } from '../../domain/releases/timeline/lanes.ts';
import type { MarksMessage, RunsMessage, Snapshot } from '../../domain/releases/timeline/messages.ts';
import type { RolloutRecord } from '../../domain/releases/timeline/record.ts';
import type { PageClock } from './clock.ts';
import { kept } from '../kit/kept.ts';
import { SnapshotReader, type SnapshotMessage } from '../../domain/releases/timeline/sentSnapshots.ts';
import { onHostMessage, readSaved, type SavedState, type ScrollMemory, type VscodeApi } from './host.ts';

/** How often the now-line moves while the page is visible, in milliseconds. */
const tick = 10 * second;

interface HostState {
  readonly snapshot: Snapshot | undefined;
  /** What the host last sent of the record of a rollout. */
  readonly record: RolloutRecord | undefined;
  /** What the host last sent for the axis of a rollout. */
  readonly marks: MarksMessage | undefined;
  /** The rollouts beside the one that is shown. */
  readonly lanes: readonly Lane[];
  /** What a person last chose to compare a rollout with. */
  readonly runs: RunsMessage | undefined;
  /** The host's time, continued between snapshots. */
  readonly now: Instant;
  readonly saved: Choices;
  readonly save: (change: Partial<Choices>) => void;
  readonly scroll: ScrollMemory;
}

type Choices = Pick<SavedState, 'selected' | 'timeZone' | 'lanesOpen'>;

const noLanes: readonly Lane[] = [];

/** What the host sends and what is kept between reloads. It is requested of the host once. */
export function useHost(api: VscodeApi, clock: PageClock): HostState {
  const [saved, setSaved] = useState<Choices>(() => {
    const { selected, timeZone, lanesOpen } = readSaved(api.getState());
    return { selected, timeZone, lanesOpen };
  });
  const [received, setReceived] = useState<{ readonly snapshot: Snapshot; readonly at: number } | undefined>();
  const [record, setRecord] = useState<RolloutRecord | undefined>();
  const [marks, setMarks] = useState<MarksMessage | undefined>();
  const [lanes, setLanes] = useState(noLanes);
  const [runs, setRuns] = useState<RunsMessage | undefined>();
  const [at, setAt] = useState(() => clock.now());
  const last = useRef<Snapshot | undefined>(undefined);
  const scroll = useScrollMemory(api, saved);

  const save = useCallback((change: Partial<Choices>) => setSaved((before) => ({ ...before, ...change })), []);
  useEffect(() => {
    const reader = new SnapshotReader();
    const read = (message: SnapshotMessage): Snapshot | undefined => {
      const snapshot = reader.read(message);
      const shown = snapshot?.shown;
      if (snapshot === undefined || shown === undefined) return snapshot;
      return { ...snapshot, shown: { ...shown, times: kept(last.current?.shown?.times, shown.times) } };
    };
    const stop = onHostMessage((message) => {
      if (message.type === 'record') {
        setRecord(message.record);
        return;
      }
      if (message.type === 'marks') {
        setMarks(message);
        return;
      }
      if (message.type === 'lanes') {
        setLanes((before) => keptLanes(before, message.lanes));
        return;
      }
      if (message.type === 'runs') {
        setRuns(message);
        return;
      }
      const snapshot = read(message);
      if (snapshot === undefined) {
        api.postMessage({ type: 'resend' });
        return;
      }
      const { selected, timeZone } = snapshot;
      if (selected !== undefined && selected !== last.current?.selected) save({ selected });
      if (timeZone !== undefined && timeZone !== last.current?.timeZone) save({ timeZone });
      last.current = snapshot;
      const now = clock.now();
      setReceived({ snapshot, at: now });
      setAt(now);
    });
    const { selected } = readSaved(api.getState());
    api.postMessage(selected === undefined ? { type: 'ready' } : { type: 'ready', rollout: selected });
    return stop;
  }, [api, clock, save]);
  useEffect(() => clock.whileVisible(tick, () => setAt(clock.now())), [clock]);

  const now = received === undefined ? 0 : received.snapshot.now + Math.max(0, at - received.at);
  return { snapshot: received?.snapshot, record, marks, lanes, runs, now, saved, save, scroll };
}

/** Lanes that did not change are the same objects as before, so that they are not drawn again. */
function keptLanes(before: readonly Lane[], lanes: readonly Lane[]): readonly Lane[] {
  const known = new Map(before.map((lane) => [lane.rollout, lane]));
  return lanes.map((lane) => kept(known.get(lane.rollout), lane));
}

/** Keeps the selection, the scroll position and the zoom. Scrolling renders nothing. */
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
      zoom: () => kept.zoom,
      keepZoom(zoom: SavedState['zoom']) {
        kept.zoom = zoom;
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
