import { isCommit } from '../../domain/base/ids.ts';
import { forumThread } from '../../domain/links/pages.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { isActive, rolloutKey, type Batch, type Rollout, type Target } from '../../domain/releases/rollout.ts';
import { rowId } from '../../domain/releases/timeline/rowId.ts';
import type { Row, RowToken } from '../kit/row.ts';

/**
 * A click opens the timeline; the menu has it too, Airflow's page where there is one, and to copy what it is called. The
 * timeline does not draw rollouts of an unknown kind: of those a click opens Airflow's page.
 */
export function opens(
  rollout: Rollout,
  link: string | undefined,
  copied?: string,
): Pick<Row, 'tokens' | 'record' | 'command' | 'link' | 'copied'> {
  const tokens: readonly RowToken[] = [
    ...(copied === undefined ? [] : (['identified'] as const)),
    ...(link === undefined ? [] : (['airflow', 'linked'] as const)),
  ];
  if (rollout.kind === 'unknown') {
    return { tokens, command: link === undefined ? undefined : 'drDre.releases.openInAirflow', link, copied };
  }
  return {
    tokens: ['rollout', ...tokens],
    record: { kind: 'rollout', key: rolloutKey(rollout) },
    command: 'drDre.releases.openTimeline',
    link,
    copied,
  };
}

/** With *Copy Name* in its menu. */
export function named<Part extends Pick<Row, 'tokens'>>(row: Part): Part {
  return { ...row, tokens: [...row.tokens, 'named'] };
}

/** With *Run dre Operation…* in its menu. */
export function operable<Part extends Pick<Row, 'tokens'>>(row: Part): Part {
  return { ...row, tokens: [...row.tokens, 'operable'] };
}

/** What rows lead to besides the timeline and Airflow; undefined for what is not known. */
export interface LeadingTo {
  /** The public page of a subnet or node. */
  readonly place?: string | undefined;
  /** A commit that is not whole counts as not known. */
  readonly commit?: string | undefined;
  /** The proposal about it, whose address may be a thread of the forum. */
  readonly proposal?: Pick<Proposal, 'id' | 'url'> | undefined;
  /** The page of the release notes. */
  readonly notes?: string | undefined;
}

/** With what leads to these pages in its menu. A commit can be copied, too, where *Copy ID* does not copy it already. */
export function leadingTo<Part extends Pick<Row, 'tokens' | 'copied'>>(
  row: Part,
  { place, commit, proposal, notes }: LeadingTo,
): Part & Pick<Row, 'placePage' | 'commit' | 'proposal' | 'forumPage' | 'notesPage'> {
  const forumPage = proposal === undefined ? undefined : forumThread(proposal.url);
  const whole = isCommit(commit) ? commit : undefined;
  const tokens: readonly RowToken[] = [
    ...row.tokens,
    ...(place === undefined ? [] : (['place'] as const)),
    ...(whole === undefined ? [] : (['commit'] as const)),
    ...(whole === undefined || whole === row.copied ? [] : (['copiesCommit'] as const)),
    ...(proposal === undefined ? [] : (['proposed'] as const)),
    ...(forumPage === undefined ? [] : (['forum'] as const)),
    ...(notes === undefined ? [] : (['notes'] as const)),
  ];
  return {
    ...row,
    tokens,
    placePage: place,
    commit: whole,
    proposal: proposal === undefined ? undefined : `${proposal.id}`,
    forumPage,
    notesPage: notes,
  };
}

/** With *Vote…* in its menu. */
export function votable<Part extends Pick<Row, 'tokens'>>(row: Part): Part {
  return { ...row, tokens: [...row.tokens, 'votable'] };
}

/** Whether what is in this state waits for votes. Nothing is to be done for a rollout that has ended, is simulated or not listed. */
export function waitsForVotes(rollout: Rollout, { state }: Pick<Target, 'state'>): boolean {
  const goesOn = isActive(rollout) && !rollout.simulated && rollout.unlistedSince === undefined;
  return goesOn && state === 'waiting_for_election';
}

/** The timeline opens at the batch. `alerted`: there are alerts that the menu leads to; `isStuck`: it leads to the document of stuck batches. */
export function ofBatch<Part extends Pick<Row, 'tokens'>>(
  row: Part,
  batch: Batch,
  alerted: boolean,
  isStuck = false,
): Part & Pick<Row, 'batch'> {
  const tokens: readonly RowToken[] = [
    ...row.tokens,
    ...(alerted ? (['alerted'] as const) : []),
    ...(isStuck ? (['stuck'] as const) : []),
  ];
  return { ...row, batch: rowId(batch), tokens };
}

/** A link from the dashboard, if it leads where Airflow is: nothing else is opened. */
export function linkTo(url: string, airflowUrl: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const target = new URL(url);
  return target.origin === new URL(airflowUrl).origin ? target.href : undefined;
}
