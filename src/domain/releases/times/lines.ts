import type { Instant } from '../../base/time.ts';

// The lines of the record of states. Each week's file can be read by itself: the first line of a rollout in it has all states.

/** The word that stands for a place that is no longer in the plan. */
export const gone = '';

/**
 * - `states`: what the states of a rollout are, by place; `whole`: all of them, else those that changed. `isNew`: the rollout
 *   itself was seen to appear
 * - `same`: of all rollouts that are watched, nothing has changed until then
 * - `lost`: from then on the rollout is not watched, as the dashboard does not list it, or nothing that it says is of now
 */
export type TimesLine =
  | {
      readonly kind: 'states';
      readonly at: Instant;
      readonly rollout: string;
      readonly whole: boolean;
      readonly isNew: boolean;
      readonly states: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'same'; readonly at: Instant }
  | { readonly kind: 'lost'; readonly at: Instant; readonly rollout: string };

/** As one line of JSON. States come often, places once: they are grouped by state. */
export function encodeLine(line: TimesLine): string {
  switch (line.kind) {
    case 'same':
      return JSON.stringify({ at: line.at });
    case 'lost':
      return JSON.stringify({ at: line.at, rollout: line.rollout, lost: true });
    case 'states': {
      const states: [string, string[]][] = [];
      for (const [place, state] of line.states) {
        const group = states.find(([each]) => each === state);
        if (group === undefined) states.push([state, [place]]);
        else group[1].push(place);
      }
      const { at, rollout, whole, isNew } = line;
      return JSON.stringify({ at, rollout, whole: whole || undefined, isNew: isNew || undefined, states });
    }
  }
}

/** The line that the fields of a JSON object are; undefined when they are none. */
export function decodeLine(fields: Readonly<Partial<Record<string, unknown>>>): TimesLine | undefined {
  const { at, rollout, lost, whole, isNew, states } = fields;
  if (typeof at !== 'number' || !Number.isFinite(at)) return undefined;
  if (rollout === undefined) return { kind: 'same', at };
  if (typeof rollout !== 'string') return undefined;
  if (lost === true) return { kind: 'lost', at, rollout };
  if (!Array.isArray(states)) return undefined;
  const byPlace = new Map<string, string>();
  for (const group of states as readonly unknown[]) {
    if (!Array.isArray(group)) return undefined;
    const [state, places] = group as readonly unknown[];
    if (typeof state !== 'string' || !Array.isArray(places)) return undefined;
    for (const place of places as readonly unknown[]) {
      if (typeof place !== 'string') return undefined;
      byPlace.set(place, state);
    }
  }
  return { kind: 'states', at, rollout, whole: whole === true, isNew: isNew === true, states: byPlace };
}
