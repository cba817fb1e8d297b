import type { NnsGovernanceDid } from '@icp-sdk/canisters/nns';
import type { Payload } from '../../domain/proposals/payload.ts';
import type { Proposal, ProposalStatus, Tally } from '../../domain/proposals/proposal.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { Report } from '../records.ts';

/** The part of a proposal that we read, as Candid has decoded and so checked it (an `opt` is an array of none or one). */
export interface RawProposal extends Pick<
  NnsGovernanceDid.ProposalInfo,
  | 'id'
  | 'status'
  | 'topic'
  | 'proposer'
  | 'proposal_timestamp_seconds'
  | 'deadline_timestamp_seconds'
  | 'latest_tally'
  | 'decided_timestamp_seconds'
  | 'executed_timestamp_seconds'
  | 'failed_timestamp_seconds'
  | 'failure_reason'
> {
  readonly proposal: [] | [RawBody];
}

/** Title, text and what it does. The payload is there where one proposal was read by its id. */
export interface RawBody extends Pick<NnsGovernanceDid.Proposal, 'title' | 'summary' | 'url'> {
  readonly action:
    | []
    | [
        {
          readonly ExecuteNnsFunction?: { readonly nns_function: number; readonly payload?: Payload };
          readonly Motion?: { readonly motion_text: string } | null;
          readonly [kind: string]: unknown;
        },
      ];
}

/** Proposal status by number (dre.md 8.2). */
const statuses: readonly ProposalStatus[] = ['unspecified', 'open', 'rejected', 'adopted', 'executed', 'failed'];

/** The last instant that a date can show. */
const lastInstant = 8.64e15;

/** The proposal, whatever its lesser fields are; undefined for a record without an id or any instant. */
export function toProposal(raw: RawProposal, report: Report): Proposal | undefined {
  const id = raw.id[0]?.id ?? 0n;
  if (id === 0n) {
    report.skipped('proposal', undefined, 'id');
    return undefined;
  }
  const [body] = raw.proposal;
  if (body === undefined) report.unclear('proposal', `${id}`, 'proposal');
  const deadline = toInstant(raw.deadline_timestamp_seconds[0] ?? 0n);
  const createdAt = toInstant(raw.proposal_timestamp_seconds) ?? deadline;
  if (createdAt === undefined) {
    report.skipped('proposal', id, 'proposal_timestamp_seconds');
    return undefined;
  }
  const [action] = body?.action ?? [];
  const title = body?.title[0]?.trim() ?? '';
  const status = statuses[raw.status];
  if (status === undefined) report.newWord('proposal', `${id}`, 'status', `${raw.status}`);
  return {
    id,
    title: title === '' ? `Proposal ${id.toString()}` : title,
    summary: body?.summary ?? '',
    url: body?.url ?? '',
    topic: raw.topic,
    status: status ?? 'unspecified',
    unknownStatus: status === undefined ? raw.status : undefined,
    proposer: raw.proposer[0]?.id,
    createdAt,
    deadline,
    tally: toTally(raw.latest_tally),
    action: action === undefined ? undefined : Object.keys(action)[0],
    nnsFunction: action?.ExecuteNnsFunction?.nns_function,
    endedAt: endOf(raw, status),
    failureReason: status === 'failed' ? reasonOf(raw) : undefined,
    payload: action?.ExecuteNnsFunction?.payload,
    motionText: action?.Motion?.motion_text,
  };
}

/** When it came to the status that it keeps. */
function endOf(raw: RawProposal, status: ProposalStatus | undefined): Instant | undefined {
  switch (status) {
    case 'executed':
      return toInstant(raw.executed_timestamp_seconds);
    case 'failed':
      return toInstant(raw.failed_timestamp_seconds);
    case 'rejected':
      return toInstant(raw.decided_timestamp_seconds);
    case 'open':
    case 'adopted':
    case 'unspecified':
    case undefined:
      return undefined;
  }
}

/** The canister's own words; undefined where it has none. */
function reasonOf({ failure_reason: [reason] }: RawProposal): string | undefined {
  const said = reason?.error_message.trim() ?? '';
  return said === '' ? undefined : said;
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
