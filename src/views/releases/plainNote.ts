import { plainMarkdown } from '../../domain/documents/plainMarkdown.ts';
import type { Rollout } from '../../domain/releases/rollout.ts';

/** The same object for the same rollout: what did not change is not sent again. */
const withPlainNotes = new WeakMap<Rollout, Rollout>();

/** A rollout for the timeline page: its note is Markdown of the people who roll out, and the page shows its words. */
export function withPlainNote(rollout: Rollout): Rollout {
  const known = withPlainNotes.get(rollout);
  if (known !== undefined) return known;
  const note = rollout.note === undefined ? undefined : plainMarkdown(rollout.note);
  const made = note === rollout.note ? rollout : { ...rollout, note };
  withPlainNotes.set(rollout, made);
  return made;
}
