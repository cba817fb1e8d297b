import { rolloutKey, type Rollout } from '../../domain/releases/rollout.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import type { Trouble } from '../../domain/releases/timeline/troubles.ts';
import { nothingMoves } from '../../domain/releases/words.ts';
import type { Instant } from '../../domain/base/time.ts';
import { age, moment, shortDuration, spokenDuration, type Viewpoint } from '../kit/format.ts';
import type { Icon, Row } from '../kit/row.ts';
import type { RolloutContext } from './context.ts';
import { leadingTo, linkTo, opens, votable } from './opening.ts';

const warning: Icon = { id: 'warning', color: 'drDre.warning' };
const attention: Icon = { id: 'law', color: 'charts.blue' };

/** What a trouble of a rollout as a whole is called, and what to do about it. */
interface TroubleWords {
  readonly label: string;
  readonly fact: string;
  readonly todo: string;
}

/** The troubles that no batch shows, each with what to do about it. */
export function troubleRows(rollout: Rollout, { troubles }: Timeline, context: RolloutContext): readonly Row[] {
  return troubles.flatMap((trouble) => {
    const words = wordsOf(trouble, rollout, context);
    if (words === undefined) return [];
    const { label, fact, todo } = words;
    const spokenFact = wordsOf(trouble, rollout, context, spokenDuration)?.fact ?? fact;
    const row: Row = {
      id: `trouble/${rolloutKey(rollout)}/${trouble.kind}`,
      label,
      description: fact,
      icon: trouble.severity === 'attention' ? attention : warning,
      ...opening(trouble, rollout, context),
      hover: [`${label}: ${fact}`, todo],
      spoken: `${label}: ${spokenFact}. ${todo}`,
    };
    return [row];
  });
}

/** What waits for the election of its version leads to the vote and to the thread about it, where its proposal is known. */
function opening(
  { kind }: Trouble,
  rollout: Rollout,
  { airflowUrl, links }: Pick<RolloutContext, 'airflowUrl' | 'links'>,
): Pick<Row, 'tokens'> {
  const opened = opens(rollout, linkTo(rollout.url, airflowUrl));
  const proposal = kind === 'election' ? links?.openProposal('elects', rollout) : undefined;
  return proposal === undefined ? opened : votable(leadingTo(opened, { proposal }));
}

/** What a person has to do about the troubles of a batch (`rowId`), worst first; each a sentence. */
export function todosOf(batch: string, { troubles }: Timeline): readonly string[] {
  return troubles.filter(({ row }) => row === batch).flatMap((trouble) => todoOf(trouble) ?? []);
}

function todoOf({ kind, retrying, targets }: Trouble): string | undefined {
  const where = targets.length === 0 ? '' : ` of ${targets.join(', ')}`;
  switch (kind) {
    case 'error':
      return retrying
        ? `To do: look at the log of the task${where}. Airflow retries it for a day.`
        : `To do: fix why the task${where} failed, then clear the task in Airflow.`;
    case 'blocked':
      return 'To do: clear the task in Airflow that failed before this batch.';
    case 'votes':
      return `To do: vote on the proposals${where}.`;
    case 'waiting':
      return 'To do: look in Airflow at what holds up its start.';
    case 'long':
      return 'To do: look at its alerts and at the log of the task that runs.';
    case 'retrying':
      return 'To do: look in Airflow at the task that asks for votes on Slack.';
    case 'scheduler':
    case 'plan':
    case 'election':
      return undefined;
  }
}

/** `length` puts a length of time in words, for rows or for a screen reader. */
function wordsOf(
  { kind, forMs = 0 }: Trouble,
  rollout: Rollout,
  context: Pick<RolloutContext, 'links' | 'pagesOf'>,
  length = shortDuration,
): TroubleWords | undefined {
  switch (kind) {
    case 'scheduler':
      return {
        label: 'Nothing moves',
        fact: `no decision for ${length(forMs)}`,
        todo: "Airflow's scheduler or the rollout dashboard has stopped: look at both.",
      };
    case 'retrying':
      return {
        label: 'Airflow retries a task',
        fact: 'holds up no subnet',
        todo: 'Probably the message to Slack that asks for votes failed: look at the tasks in Airflow.',
      };
    case 'plan':
      return {
        label: 'No plan',
        fact: `for ${length(forMs)}`,
        todo: "Airflow has not made the plan, or the dashboard can't read it: look at the task “schedule” in Airflow.",
      };
    case 'election':
      return electionWords(rollout, context);
    // The rows of the batches show these.
    case 'error':
    case 'blocked':
    case 'votes':
    case 'waiting':
    case 'long':
      return undefined;
  }
}

/** What a rollout waits for that waits for no other one: the election of its version, as far as that is known. */
function electionWords(rollout: Rollout, { links, pagesOf }: Pick<RolloutContext, 'links' | 'pagesOf'>): TroubleWords {
  const open = links?.openProposal('elects', rollout);
  if (open !== undefined) {
    return {
      label: 'Not elected yet',
      fact: `waits for proposal ${open.id}`,
      todo: `Vote on proposal ${open.id}: ${open.title}`,
    };
  }
  const { proposal } = pagesOf(rollout);
  switch (proposal?.status) {
    case 'adopted':
    case 'executed':
      return {
        label: 'Version elected',
        fact: 'not started yet',
        todo: `Proposal ${proposal.id} elected its version. Airflow looks for it every 15 minutes: if it goes on waiting, look at its first tasks in Airflow.`,
      };
    case 'rejected':
    case 'failed':
      return {
        label: 'Not elected',
        fact: `proposal ${proposal.id} ${proposal.status === 'failed' ? 'failed' : 'was rejected'}`,
        todo: `Its version is not elected by proposal ${proposal.id}: look at why, and at its row below “Versions”.`,
      };
    case 'open':
    case 'unspecified':
    case undefined:
      return {
        label: 'Waits to start',
        fact: 'its version is not known to be elected',
        todo: 'No open proposal that elects its version is known: look at the election in the Proposals view.',
      };
  }
}

/** Stands on top while no rollout that runs moves. */
export function stoppedRow(since: Instant, from: Viewpoint): Row {
  return {
    id: 'stopped',
    label: 'Nothing moves',
    description: `for ${age(since, from)}`,
    icon: warning,
    tokens: [],
    hover: [nothingMoves, `The last decision was ${moment(since, from)}. All rows below are from then.`],
    spoken: `${nothingMoves} The last decision was ${moment(since, from)}.`,
    command: 'drDre.releases.openTimeline',
  };
}
