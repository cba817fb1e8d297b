import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as a service sees it, body read. */
export interface SimRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** The list that is asked for is to have no records: for a service that signs its answers (`signs`). */
  readonly isEmptied: boolean;
}

/** A fault that the shared server plays before the service sees the request. */
export type FaultKind =
  | 'outage' // the connection is dropped
  | 'slow' // the answer waits `delayMs`
  | 'unauthorized' // 401
  | 'forbidden' // 403
  | 'notFound' // 404
  | 'rateLimited' // 429 with Retry-After
  | 'server' // 500, HTML body
  | 'unavailable' // 503
  | 'truncated' // the real answer, cut in half, with the full Content-Length and the socket closed
  | 'garbage' // 200, not JSON
  | 'wrongShape' // 200, JSON of another shape
  | 'proxySignIn' // 407: a proxy requires a sign-in
  | 'portal' // 200, the sign-in page of a network
  | 'redirect' // 302 to another host
  | 'echo' // 400, with all that was sent in the headers
  | 'empty' // the real answer, its list without records
  | 'manyRows' // the real answer, a million rows behind its own
  | 'endlessPages' // the real answer, which always says that there is more
  | 'endlessPage' // 200, JSON whose list never ends
  | 'endlessLine'; // 200, an event stream whose line never ends

export interface Fault {
  readonly kind: FaultKind;
  /** Only requests whose `METHOD path` matches this regular expression; all when absent. */
  readonly match?: string | undefined;
  /** How many requests it hits before it is gone; without end when absent. */
  readonly times?: number | undefined;
  readonly delayMs?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/** One outside system. Each listens on an origin of its own. */
export interface SimService {
  /** `atlassian`, `governance`, `rollouts`, `github`, `slack`. */
  readonly name: string;
  /** Its answers are signed, so that the shared server cannot empty them. */
  readonly signs?: true;
  /** Answers one request. May keep the response open (event streams). */
  handle(request: SimRequest, response: ServerResponse): void | Promise<void>;
  /**
   * Turns a switch by name: what the references mark as inferred or unknown, and manners that only this service has
   * ("writesNeverApply", "streamStop", …). Throws on an unknown name or value.
   */
  configure(name: string, value: unknown): void;
  /** The time was moved forward to `world.now()`: catch up with what should have happened since. */
  advanced(): void;
  /** Ends open responses and timers. */
  dispose(): void;
}
