import { firstGroup } from '../../domain/base/ids.ts';
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

/** The command that helps with it, by its name in the palette. Of a vote it asks who votes, and for the hardware key, when it runs. */
export const nextCommands: Readonly<Record<StuckReason, string>> = {
  failed: 'Dr. DRE: Open Rollout in Airflow',
  error: 'Dr. DRE: Open Rollout in Airflow',
  votes: 'Dr. DRE: Vote with dre…',
  adoption: 'Dr. DRE: Run dre Operation…',
  alerts: 'Dr. DRE: Open Related Alerts',
  start: 'Dr. DRE: Open Rollout in Airflow',
};

/** The usual next step. */
export const nextSteps: Readonly<Record<StuckReason, string>> = {
  failed: 'Read the log of the task, mend what it failed of, then clear the task in Airflow.',
  error:
    'Read the log of the task. Airflow tries again every five minutes for a day, so that nothing has to be cleared once it is mended.',
  votes: 'Vote on the proposals.',
  adoption: 'Look at the replicas of the subnet that are not on the new version yet.',
  alerts: 'Look at the alerts below: the batch goes on when they are gone for 15 minutes.',
  start: 'Look in Airflow at what holds its start up.',
};

/** "GuestOS batch 12", "HostOS batch main 3". */
export function stuckName({ rollout, batch }: StuckBatch): string {
  return `${shortKind(rollout)} ${inSentence(batchLabel(batch))}`;
}

/** In one sentence without a full stop: "GuestOS batch 12 is stuck: waits for votes for at least 50m, lspz2". */
export function stuckSentence(stuck: StuckBatch, from: Viewpoint): string {
  const { reason, since, began, targets } = stuck;
  const forMs = since === undefined ? undefined : `${began ? '' : 'at least '}${shortDuration(from.now - since)}`;
  // Failed is what happened once, all else what goes on.
  const length = forMs === undefined ? '' : reason === 'failed' ? ` ${forMs} ago` : ` for ${forMs}`;
  const labels = targets.slice(0, 4).map(({ id }) => firstGroup(id));
  const more = targets.length > 4 ? ` and ${targets.length - 4} more` : '';
  const where = labels.length === 0 ? '' : `, ${labels.join(', ')}${more}`;
  return `${stuckName(stuck)} is stuck: ${reasonWords[reason]}${length}${where}`;
}

/** What a notification tells: one batch in full, of several how many there are. */
export function stuckNotice(all: readonly StuckBatch[], from: Viewpoint): string {
  const [first] = all;
  if (first === undefined) return '';
  if (all.length === 1) return `${stuckSentence(first, from)}.`;
  return `${counted(all.length, 'batch', 'batches')} are stuck. First: ${stuckSentence(first, from)}.`;
}
