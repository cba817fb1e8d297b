import { nounFor } from '../../domain/base/counted.ts';
import { firstGroup } from '../../domain/base/ids.ts';
import { targetKind } from '../../domain/releases/rollout.ts';
import type { StuckBatch, StuckReason } from '../../domain/releases/stuck.ts';
import { inSentence, shortKind } from '../../domain/releases/words.ts';
import { counted, shortDuration, type Viewpoint } from '../kit/format.ts';
import { batchLabel } from './context.ts';

const reasonWords: Readonly<Record<StuckReason, string>> = {
  failed: 'a task failed for good',
  error: 'a task keeps failing',
  votes: 'waits for votes',
  adoption: 'waits for adoption',
  alerts: 'waits for alerts to clear',
  start: 'should have started',
};

/** What to do about a stuck batch. */
interface NextStep {
  /** The words that lead to the task in Airflow, with which the step begins. */
  readonly task?: string;
  readonly text: string;
  /** The command that helps with it, by its name in the palette. A vote needs a person's confirmation and the hardware key when it runs. */
  readonly command?: string;
}

/** The usual next step. */
export const nextSteps: Readonly<Record<StuckReason, NextStep>> = {
  failed: { task: 'Read the log of the task', text: ', fix why it failed, then clear the task in Airflow.' },
  error: {
    task: 'Read the log of the task',
    text: '. Airflow tries again every five minutes for a day: once the cause is fixed, nothing has to be cleared.',
  },
  votes: { text: 'Vote on the proposals.', command: 'Dr. DRE: Vote with dre…' },
  adoption: {
    text: 'Look at the replicas of the subnet that are not on the new version yet.',
    command: 'Dr. DRE: Run dre Operation…',
  },
  alerts: {
    text: 'Look at the alerts below: the batch goes on when they are gone for 15 minutes.',
    command: 'Dr. DRE: Open Related Alerts',
  },
  start: { task: 'Look in Airflow', text: ' at what holds up its start.' },
};

/** "GuestOS batch 12", "HostOS batch main 3". */
export function stuckName({ rollout, batch }: StuckBatch): string {
  return `${shortKind(rollout)} ${inSentence(batchLabel(batch))}`;
}

/** In one sentence without a full stop: "GuestOS batch 12 is stuck: waits for votes for at least 50m on subnet lspz2". */
export function stuckSentence(stuck: StuckBatch, from: Viewpoint): string {
  const { rollout, reason, since, began, targets } = stuck;
  const forMs = since === undefined ? undefined : `${began ? '' : 'at least '}${shortDuration(from.now - since)}`;
  // These are points in time, all else goes on.
  const isPast = reason === 'failed' || reason === 'start';
  const length = forMs === undefined ? '' : isPast ? ` ${forMs} ago` : ` for ${forMs}`;
  const labels = targets.slice(0, 4).map(({ id }) => firstGroup(id));
  const more = targets.length > 4 ? ` and ${targets.length - 4} more` : '';
  const noun = nounFor(targets.length, targetKind(rollout));
  const where = labels.length === 0 ? '' : ` on ${noun} ${labels.join(', ')}${more}`;
  return `${stuckName(stuck)} is stuck: ${reasonWords[reason]}${length}${where}`;
}

/** What a notification says: one batch in full, of several how many there are. */
export function stuckNotice(all: readonly StuckBatch[], from: Viewpoint): string {
  const [first] = all;
  if (first === undefined) return '';
  if (all.length === 1) return `${stuckSentence(first, from)}.`;
  return `${counted(all.length, 'batch', 'batches')} are stuck. First: ${stuckSentence(first, from)}.`;
}
