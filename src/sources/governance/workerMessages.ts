import type { ProposalsAnswer, Memory, Endpoint, Query } from './reader.ts';

// The messages between the two threads. Both sides are ours, and all of it is plain data.

/** From the extension host to the worker. */
export type ToWorker =
  | {
      readonly kind: 'query';
      readonly id: number;
      /** The queries of one call share what is read of the network's clock. */
      readonly call: number;
      readonly endpoint: Endpoint;
      /** Epoch ms by the clock of the host. */
      readonly now: number;
      readonly memory: Memory;
      readonly query: Query;
    }
  | { readonly kind: 'close'; readonly call: number }
  | { readonly kind: 'carried'; readonly id: number; readonly response: CarriedResponse | undefined };

/** From the worker to the extension host. */
export type FromWorker =
  /** It is loaded. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'answered'; readonly id: number; readonly memory: Memory; readonly answer: ProposalsAnswer }
  /** The host sends the requests: there VS Code applies proxies and the system's certificates. */
  | { readonly kind: 'carry'; readonly id: number; readonly call: number; readonly request: CarriedRequest };

export interface CarriedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer> | undefined;
}

/** Undefined in place of it: there was no answer. The host keeps why. */
export interface CarriedResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer;
}
