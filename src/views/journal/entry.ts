import type { Failure } from '../../domain/base/failure.ts';
import type { JournalEntry } from '../../engine/disk/journal.ts';
import type { EndedWrite } from '../../engine/writes/kind.ts';
import { reasonOf } from '../kit/pendingActions.ts';

/** What was done, in words that begin a sentence: "Acknowledged". Undefined for a write that was not applied. */
function appliedWords({ state, past, details }: EndedWrite<Failure>): string | undefined {
  if (state.kind !== 'applied') return undefined;
  return (details?.isMine === true ? past?.mine : undefined) ?? past?.before;
}

/** A write that has ended, as a line of the journal. `me` is who is signed in. */
export function journalEntry(
  ended: EndedWrite<Failure>,
  me: string | undefined,
  now: number,
  link: string | undefined,
): JournalEntry {
  const { state, feed, record, title, subject, typed } = ended;
  const who = (state.kind === 'applied' ? state.by : undefined) ?? me;
  const details = [reasonOf(state), typed].filter((part) => part !== undefined);
  return {
    at: state.kind === 'applied' ? state.at : now,
    what: 'done',
    record: { feed, key: record },
    title: `${appliedWords(ended) ?? title} “${subject}”`,
    outcome: state.kind === 'overtaken' ? 'unconfirmed' : state.kind,
    who,
    detail: details.length === 0 ? undefined : details.join('; '),
    link,
  };
}
