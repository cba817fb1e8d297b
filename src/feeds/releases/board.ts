import type { Failure } from '../../domain/base/failure.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import { isActive, rolloutKey, type Engine, type Rollout } from '../../domain/releases/rollout.ts';
import type { FeedRecords } from '../../engine/read/definition.ts';
import type { Store } from '../../engine/read/store.ts';
import type { RolloutDelta } from '../../sources/rollouts/client.ts';
import type { ReadBoard } from '../../sources/rollouts/mapping.ts';
import { enginesKey, fullReadKey, rolloutsKey } from './keys.ts';

// How what the dashboard says becomes what is known: engines, rollouts that it no longer lists, and changes.

/** From then on the rollouts are old. */
export const staleAfterMs = 12 * minute;

/** Takes in a whole state; gives the rollouts that are known from now on. */
export function takeBoard(
  store: Store<Failure>,
  { rollouts, unreadable, engines }: ReadBoard,
  now: Instant,
): readonly Rollout[] {
  setEngines(store, engines, now);
  store.update(fullReadKey, { status: 'fresh', asOf: now, records: [{ of: 'rollouts' }] });
  const known = [...store.served(rolloutsKey).values()];
  return settled(withUnlisted(rollouts, known, now, unreadable), engines);
}

/**
 * The dashboard does not say since when an engine is as it is. It is known where a change was seen from one read to the
 * next.
 */
export function setEngines(store: Store<Failure>, engines: readonly Engine[], now: Instant): void {
  const { records: known } = store.state(enginesKey);
  const { asOf } = store.state(rolloutsKey);
  const readLately = asOf !== undefined && now - asOf <= staleAfterMs;
  const records = engines.map((engine): Engine => {
    const before = known.get(enginesKey.keyOf(engine));
    if (before === undefined) return engine;
    const isSame = before.state === engine.state && before.unknownState === engine.unknownState;
    const since = isSame ? before.since : readLately ? now : undefined;
    return since === undefined ? engine : { ...engine, since };
  });
  store.update(enginesKey, { status: 'fresh', records });
}

function kindOf({ kind, unknownKind = kind }: Pick<Rollout, 'kind' | 'unknownKind'>): string {
  return unknownKind;
}

/**
 * The listed rollouts, and the known ones of each kind that has none on the list any more, marked with since when. A rollout
 * that the dashboard drops for newer ones is not kept. `unreadable`: those that it lists, too, in a form that cannot be read.
 */
function withUnlisted(
  listed: readonly Rollout[],
  known: readonly Rollout[],
  now: Instant,
  unreadable: ReadBoard['unreadable'] = [],
): readonly Rollout[] {
  const kinds = new Set([...listed.map(kindOf), ...unreadable.map(({ kind }) => kind)]);
  const unlisted = known
    .filter((rollout) => !kinds.has(kindOf(rollout)))
    .map((rollout): Rollout => ({ ...rollout, unlistedSince: rollout.unlistedSince ?? now }));
  return unlisted.length === 0 ? listed : newestFirst([...listed, ...unlisted]);
}

/** Without the unlisted rollouts whose engine is not said to be halted: those are gone. */
export function settled(rollouts: readonly Rollout[], engines: readonly Engine[]): readonly Rollout[] {
  const halted = new Set(engines.filter(({ state }) => state !== 'active').map(enginesKey.keyOf));
  return rollouts.filter((rollout) => rollout.unlistedSince === undefined || halted.has(kindOf(rollout)));
}

/**
 * Whole rollouts replace those of the same kind and name; new ones go where their start puts them. One that changed into
 * what cannot be read is skipped, as a read of all would: what was known of it is no longer so. When all of a kind are gone
 * their engine may be broken, which comes only after it: until then they stay.
 */
export function applyDelta(
  { records, skipped }: FeedRecords<Rollout>,
  delta: RolloutDelta,
  now: Instant,
): FeedRecords<Rollout> {
  const byKey = new Map(records.map((rollout) => [rolloutKey(rollout), rollout]));
  for (const gone of delta.deleted) byKey.delete(rolloutKey(gone));
  for (const rollout of delta.updated) byKey.set(rolloutKey(rollout), rollout);
  const taken = delta.unreadable.filter((each) => byKey.delete(rolloutKey(each)));
  const unread = new Set(taken.map(rolloutKey));
  const known = records.filter((rollout) => !unread.has(rolloutKey(rollout)));
  const listed = newestFirst([...byKey.values()].filter(({ unlistedSince }) => unlistedSince === undefined));
  return {
    records: withUnlisted(listed, known, now),
    // Of those that were not here, it is not known which were skipped before: the next read of all counts them.
    skipped: Math.max(skipped + taken.length, delta.unreadable.length),
  };
}

/** Whether the last batch of a rollout has just ended, while the rollout goes on. */
export function endsNow(before: Rollout | undefined, after: Rollout): boolean {
  return isAtEnd(after) && (before === undefined || !isAtEnd(before));
}

function isAtEnd(rollout: Rollout): boolean {
  return isActive(rollout) && rollout.batches.length > 0 && rollout.batches.every(({ end }) => end !== undefined);
}

function newestFirst(rollouts: readonly Rollout[]): readonly Rollout[] {
  return rollouts.toSorted((a, b) => b.dispatchedAt - a.dispatchedAt);
}
