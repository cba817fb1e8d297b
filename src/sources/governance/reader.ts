import type { Failure } from '../../domain/base/failure.ts';
import type { Result } from '../../domain/base/result.ts';
import type { RawProposal } from './mapping.ts';

/**
 * What is requested of the canister: one page of proposals that are open for votes, or of those that are decided, newest first,
 * older than `before` if given; or one proposal by its id, whatever its status, which the answer has alone or not at all.
 */
export type Query =
  | {
      readonly kind: 'list';
      readonly of: 'open' | 'decided';
      readonly before: bigint | undefined;
      readonly limit: number;
    }
  | { readonly kind: 'one'; readonly id: bigint };

/** Why there is no answer. For failures of the connection, the carrier has the details. */
export interface Refusal extends Pick<Failure, 'kind' | 'detail'> {
  /** The error behind it, in its own words, for the log. */
  readonly cause: string;
}

export type ProposalsAnswer = Result<readonly RawProposal[], Refusal>;

/** What one call keeps for the next one: keys that certificates have proved. */
export interface Memory {
  rootKey: Uint8Array | undefined;
  /** The keys of a subnet's nodes by the subnet's id, and until when they are valid (epoch ms). */
  nodeKeys: ReadonlyMap<string, { readonly keys: ReadonlyMap<string, Uint8Array>; readonly until: number }>;
}

/** Where the canister is. */
export interface Endpoint {
  /** Address of a boundary of the network. */
  readonly host: string;
  readonly canister: string;
  /**
   * The host is this machine: it has a root key of its own, which it returns. Everywhere else the network's is built in.
   */
  readonly ownRootKey: boolean;
}

/** What one call reaches the canister with. */
export interface Connection extends Endpoint {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  /** Read at every query and added to by the answers. */
  readonly memory: Memory;
}

/** The canister that a connection leads to. */
export interface Canister {
  query(query: Query): Promise<ProposalsAnswer>;
  /** The call is over. */
  close(): void;
}

/**
 * Sends queries to the canister: encodes them in Candid, verifies the signatures of the answers and decodes them.
 * That takes some hundred milliseconds, so it may run on another thread.
 */
export interface CanisterReader {
  /** Makes no request yet. */
  open(connection: Connection): Canister;
}
