import type { NnsGovernanceDid } from '@icp-sdk/canisters/nns';
import { subnets } from '../world.ts';

// A proposal as it is written down.

type Action = NnsGovernanceDid.Action;
type Result = 'executed' | 'rejected' | 'failed';

/** A proposal as it is written down; instants are of this world. */
export interface Written {
  readonly title: string;
  readonly summary: string;
  readonly url: string;
  readonly topic: number;
  readonly proposer: bigint;
  readonly action: Action;
  readonly createdAt: number;
  readonly deadline: number;
  /** When it is decided; the deadline, unless an absolute majority votes earlier. */
  readonly decidedAt: number;
  readonly result: Result;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The NNS lets vote for four days; a wait for quiet may add to it. */
export const votingPeriod = 4 * day;

const releaseAutomation = 80n;
export const engineer = 39n;
export const trusted = 17511507705568200227n;

interface Draft {
  readonly title: string;
  readonly summary?: string;
  readonly url?: string;
  readonly topic: number;
  readonly proposer?: bigint;
  readonly action: Action;
  readonly created: number;
  /** Without it the voting period ends it. */
  readonly decided?: number;
  readonly result?: Result;
}

export function proposal(draft: Draft): Written {
  const deadline = draft.created + votingPeriod;
  return {
    title: draft.title,
    summary: draft.summary ?? `# ${draft.title}\n\nMotivation: regular operations.`,
    url: draft.url ?? '',
    topic: draft.topic,
    proposer: draft.proposer ?? releaseAutomation,
    action: draft.action,
    createdAt: draft.created,
    deadline,
    decidedAt: draft.decided ?? deadline,
    result: draft.result ?? 'executed',
  };
}

export function nnsFunction(id: number, payload: Uint8Array): Action {
  return { ExecuteNnsFunction: { nns_function: id, payload } };
}

export function short(index: number): string {
  return subnets[index]?.slice(0, 5) ?? '';
}
