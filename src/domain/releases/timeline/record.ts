import { joinSpans, type Instant, type Span } from '../../base/time.ts';
import { isActive, type Rollout } from '../rollout.ts';
import { gone, type TimesLine } from '../times/lines.ts';
import { isGap } from '../times/stays.ts';

/** What was found when the dashboard was read: the states that changed, each with its places (see `batchPlace`). */
export interface RecordStep {
  readonly at: Instant;
  readonly states: readonly (readonly [state: string, places: readonly string[]])[];
}

/** What was recorded of a rollout (`rolloutKey`) while the dashboard was read. Plain JSON. */
export interface RolloutRecord {
  readonly rollout: string;
  /** Oldest first; the first one has all states. Empty where nothing was recorded. */
  readonly steps: readonly RecordStep[];
  /** The times between the steps in which the dashboard was not read, earliest first. */
  readonly gaps: readonly Span[];
  /** Whether the rollout was seen to appear; else what was before the first step was not watched. */
  readonly fromStart: boolean;
  /** When it was last read; undefined where it never was. */
  readonly until: Instant | undefined;
}

/** Of more steps the oldest are put together. */
export const mostSteps = 4_000;
/** Of more gaps the oldest are left out. */
export const mostGaps = 500;

/** What the lines of the record, oldest first, say of one rollout. */
export function recordOf(lines: Iterable<TimesLine>, rollout: string): RolloutRecord {
  const seen = new Map<string, string>();
  const steps: RecordStep[] = [];
  const gaps: Span[] = [];
  let [fromStart, isWatched] = [false, false];
  let until: Instant | undefined;
  const observe = (at: Instant): void => {
    if (until !== undefined && at > until && (!isWatched || isGap(until, at))) gaps.push({ start: until, end: at });
    until = at;
    isWatched = true;
  };
  for (const line of lines) {
    if (line.kind === 'same') {
      if (isWatched) observe(line.at);
    } else if (line.rollout !== rollout) continue;
    else if (line.kind === 'lost') isWatched = false;
    else {
      if (until === undefined) fromStart = line.isNew;
      observe(line.at);
      const changed = changesOf(line, seen);
      if (changed.size === 0) continue;
      for (const [place, state] of changed) {
        if (state === gone) seen.delete(place);
        else seen.set(place, state);
      }
      steps.push({ at: line.at, states: byState(changed) });
    }
  }
  return { rollout, steps: newestSteps(steps), gaps: gaps.slice(-mostGaps), fromStart, until };
}

function changesOf(
  { whole, states }: Extract<TimesLine, { kind: 'states' }>,
  seen: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const changed = new Map([...states].filter(([place, state]) => (seen.get(place) ?? gone) !== state));
  if (whole) for (const place of seen.keys()) if (!states.has(place)) changed.set(place, gone);
  return changed;
}

function byState(states: ReadonlyMap<string, string>): RecordStep['states'] {
  const groups = new Map<string, string[]>();
  for (const [place, state] of states) {
    const group = groups.get(state);
    if (group === undefined) groups.set(state, [place]);
    else group.push(place);
  }
  return [...groups];
}

function newestSteps(steps: readonly RecordStep[]): readonly RecordStep[] {
  const old = steps.slice(0, Math.max(0, steps.length - mostSteps + 1));
  const last = old.at(-1);
  if (old.length < 2 || last === undefined) return steps;
  return [{ at: last.at, states: byState(statesAfter(old)) }, ...steps.slice(old.length)];
}

/** The states by place once these steps, the first ones of a record, were seen. */
export function statesAfter(steps: Iterable<RecordStep>): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  for (const step of steps) {
    for (const [state, places] of step.states) {
      for (const place of places) {
        if (state === gone) states.delete(place);
        else states.set(place, state);
      }
    }
  }
  return states;
}

/**
 * The times of a rollout in which it was not read, earliest first: what happened in them is known only as far as the
 * dashboard shows it later. `readAt`: when the dashboard was last read, which may be later than what was recorded.
 */
export function notWatched(rollout: Rollout, record: RolloutRecord, readAt: Instant, now: Instant): readonly Span[] {
  const { steps, gaps, fromStart, until } = record;
  const begin = rollout.dispatchedAt;
  const ends = rollout.batches.map(({ end }) => end).filter((end) => end !== undefined);
  const end = isActive(rollout) ? now : Math.max(begin, ...ends);
  const first = steps[0]?.at;
  const spans = [...gaps];
  const add = (from: Instant, to: Instant): void => {
    if (to > from && isGap(from, to)) spans.push({ start: from, end: to });
  };
  if (until === undefined || first === undefined) add(begin, Math.min(end, now));
  else {
    if (!fromStart) add(begin, first);
    const known = Math.min(readAt, rollout.unlistedSince ?? readAt, end);
    add(until, known);
    add(Math.max(until, known), end);
  }
  return joinSpans(spans.map((span) => ({ start: Math.max(span.start, begin), end: Math.min(span.end, end) }))).filter(
    (span) => span.start < span.end,
  );
}

/** The parts of some times that lie within another one. */
export function within(span: Span, spans: readonly Span[]): readonly Span[] {
  return spans
    .map(({ start, end }) => ({ start: Math.max(start, span.start), end: Math.min(end, span.end) }))
    .filter(({ start, end }) => start < end);
}
