import type { NnsGovernanceDid } from '@icp-sdk/canisters/nns';
import type { Proposal, ProposalStatus, Tally } from '../../domain/proposals/proposal.ts';
import type { Instant } from '../../domain/base/time.ts';

/** The part of a proposal that we read, as Candid has decoded and so checked it (an `opt` is an array of none or one). */
export interface RawProposal extends Pick<
  NnsGovernanceDid.ProposalInfo,
  'id' | 'status' | 'topic' | 'proposer' | 'proposal_timestamp_seconds' | 'deadline_timestamp_seconds' | 'latest_tally'
> {
  readonly proposal: [] | [RawBody];
}

/** Title, text and what it does. Of all actions but one only the name matters. */
export interface RawBody extends Pick<NnsGovernanceDid.Proposal, 'title' | 'summary' | 'url'> {
  readonly action:
    [] | [{ readonly ExecuteNnsFunction?: { readonly nns_function: number }; readonly [kind: string]: unknown }];
}

/** Proposal status by number (dre.md 8.2). */
const statuses: readonly ProposalStatus[] = ['unspecified', 'open', 'rejected', 'adopted', 'executed', 'failed'];

/** The last instant that a date can show. */
const lastInstant = 8.64e15;

/** The proposal, or undefined for a record without what makes a proposal: id, body and time of creation. */
export function toProposal(raw: RawProposal): Proposal | undefined {
  const [id] = raw.id;
  const [body] = raw.proposal;
  const createdAt = toInstant(raw.proposal_timestamp_seconds);
  if (id === undefined || id.id === 0n || body === undefined || createdAt === undefined) return undefined;
  const [deadline] = raw.deadline_timestamp_seconds;
  const [action] = body.action;
  const title = body.title[0]?.trim() ?? '';
  return {
    id: id.id,
    title: title === '' ? `Proposal ${id.id.toString()}` : title,
    summary: body.summary,
    url: body.url,
    topic: raw.topic,
    status: statuses[raw.status] ?? 'unspecified',
    proposer: raw.proposer[0]?.id,
    createdAt,
    deadline: deadline === undefined ? undefined : toInstant(deadline),
    tally: toTally(raw.latest_tally),
    action: action === undefined ? undefined : Object.keys(action)[0],
    nnsFunction: action?.ExecuteNnsFunction?.nns_function,
  };
}

function toTally([tally]: RawProposal['latest_tally']): Tally | undefined {
  if (tally === undefined) return undefined;
  const at = toInstant(tally.timestamp_seconds);
  return at === undefined ? undefined : { yes: tally.yes, no: tally.no, total: tally.total, at };
}

/** Seconds since 1970 as the canister counts them. 0 means "never" there. */
function toInstant(seconds: bigint): Instant | undefined {
  const instant = Number(seconds) * 1000;
  return instant > 0 && instant <= lastInstant ? instant : undefined;
}
