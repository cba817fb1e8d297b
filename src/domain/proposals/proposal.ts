import type { Instant } from '../base/time.ts';
import type { Payload } from './payload.ts';

export type ProposalStatus = 'open' | 'rejected' | 'adopted' | 'executed' | 'failed' | 'unspecified';

/** Voting power in e8s: larger than a double can hold, hence bigint. */
export interface Tally {
  readonly yes: bigint;
  readonly no: bigint;
  readonly total: bigint;
  /** When the tally was counted. */
  readonly at: Instant;
}

/** An NNS proposal. Keyed by its id as text. */
export interface Proposal {
  readonly id: bigint;
  readonly title: string;
  /** Markdown from outside: data. */
  readonly summary: string;
  readonly url: string;
  /** The governance topic's number (dre.md 8.1). */
  readonly topic: number;
  readonly status: ProposalStatus;
  /** The canister's number of its status where that is none that is known: then `status` is unspecified. */
  readonly unknownStatus?: number | undefined;
  /** Neuron id; some exceed 2^53. */
  readonly proposer: bigint | undefined;
  readonly createdAt: Instant;
  readonly deadline: Instant | undefined;
  readonly tally: Tally | undefined;
  /** The kind of its action, for example "ExecuteNnsFunction" or "Motion". */
  readonly action: string | undefined;
  /** NNS function number where the action is ExecuteNnsFunction. */
  readonly nnsFunction: number | undefined;
  /** When it was executed, failed or was rejected; undefined while it is none of them, and where it is not known. */
  readonly endedAt?: Instant | undefined;
  /** Why its execution failed, in the canister's words: data. */
  readonly failureReason?: string | undefined;
  /** What it passes to its NNS function; in lists it is left out. */
  readonly payload?: Payload | undefined;
  /** The text of a motion: Markdown from outside; in lists it is left out. */
  readonly motionText?: string | undefined;
}

/** The statuses that a proposal keeps for ever. */
export type FinalStatus = Extract<ProposalStatus, 'executed' | 'failed' | 'rejected'>;

/** The status of a proposal where it is one that it keeps for ever; undefined where it may still change. */
export function finalStatus({ status }: Pick<Proposal, 'status'>): FinalStatus | undefined {
  switch (status) {
    case 'executed':
    case 'failed':
    case 'rejected':
      return status;
    case 'open':
    case 'adopted':
    case 'unspecified':
      return undefined;
  }
}

/**
 * One proposal as a list has it and as it was read by its id: one that has ended as it was read, else as the list has it,
 * which is newer, with what lists leave out.
 */
export function joinedProposal(listed: Proposal | undefined, read: Proposal | undefined): Proposal | undefined {
  if (listed === undefined || read === undefined) return listed ?? read;
  if (finalStatus(read) !== undefined) return read;
  return { ...listed, summary: read.summary, payload: read.payload, motionText: read.motionText };
}
