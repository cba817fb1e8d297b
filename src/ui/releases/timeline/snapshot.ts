import * as vscode from 'vscode';
import type { Failure } from '../../../domain/base/failure.ts';
import { rolloutKey, type Rollout } from '../../../domain/releases/rollout.ts';
import type { DataStatus, Snapshot, WholeRollout } from '../../../domain/releases/timeline/messages.ts';
import { headingOf, shownOf, type RolloutChoice } from '../../../domain/releases/timeline/shown.ts';
import { inOrderOfInterest } from '../../../domain/releases/timeline/timeline.ts';
import { stoppedSince } from '../../../domain/releases/timeline/troubles.ts';
import { waitOf } from '../../../domain/releases/waits.ts';
import { nothingMoves } from '../../../domain/releases/words.ts';
import type { Clock } from '../../../engine/base/clock.ts';
import type { Store } from '../../../engine/read/store.ts';
import { estimatesNow } from '../../../feeds/releases/estimates.ts';
import { enginesOf, fullReadAt, rolloutsKey, timesKey } from '../../../feeds/releases/keys.ts';
import { ago } from '../../../views/kit/format.ts';
import { explain } from '../../../views/kit/sentences.ts';
import { withPlainNote } from '../../../views/releases/plainNote.ts';
import type { Host } from '../../kit/host.ts';
import { viewpoint } from '../../kit/viewpoint.ts';

interface SnapshotParts extends Pick<Host, 'clock' | 'settings'> {
  readonly store: Store<Failure>;
}

/** The rollouts that a page can draw, the one of most interest first: what is in one of an unknown kind is not known. */
export function drawnRollouts(store: Store<Failure>): readonly Rollout[] {
  return inOrderOfInterest([...store.state(rolloutsKey).records.values()].filter(({ kind }) => kind !== 'unknown'));
}

/** All that a page shows for this choice. */
export function snapshotOf(
  choice: RolloutChoice & Pick<Snapshot, 'batch' | 'wanted'>,
  { store, clock, settings }: SnapshotParts,
): Snapshot {
  const rollouts = drawnRollouts(store);
  const shown = shownOf(rollouts, choice);
  return {
    type: 'snapshot',
    now: clock.now(),
    rollouts: rollouts.map(headingOf),
    shown: shown === undefined ? undefined : wholeOf(shown, rollouts, store),
    engines: enginesOf(store),
    asOf: store.state(rolloutsKey).asOf,
    fullReadAt: fullReadAt(store),
    feed: feedStatus(store, clock),
    selected: choice.selected,
    batch: choice.batch,
    wanted: choice.wanted,
    timeZone: settings.current.timeZone === 'UTC' ? 'utc' : 'local',
    locale: vscode.env.language,
  };
}

function wholeOf(rollout: Rollout, all: readonly Rollout[], store: Store<Failure>): WholeRollout {
  return {
    rollout: withPlainNote(rollout),
    wait: waitOf(rollout, all),
    times: store.state(timesKey).records.get(rolloutKey(rollout)),
    estimates: estimatesNow(store)(rollout.kind),
  };
}

function feedStatus(store: Store<Failure>, clock: Clock): DataStatus {
  const state = store.state(rolloutsKey);
  if (state.failure !== undefined && state.status !== 'fresh') {
    const { title, wayForward } = explain(state.failure);
    return { condition: 'failing', sentence: title, wayForward };
  }
  if (state.asOf === undefined) return { condition: 'loading' };
  const stopped = stoppedSince([...state.records.values()], enginesOf(store), fullReadAt(store));
  if (state.status === 'fresh' && stopped !== undefined) {
    const since = ago(stopped, viewpoint(clock));
    return { condition: 'stale', sentence: `${nothingMoves} This is the state of ${since}.` };
  }
  const { remark } = state.completeness;
  if (state.status === 'fresh') {
    return { condition: 'fresh', remark: remark === undefined ? undefined : `${remark}.` };
  }
  return { condition: 'stale', sentence: `This is what was known ${ago(state.asOf, viewpoint(clock))}.` };
}
