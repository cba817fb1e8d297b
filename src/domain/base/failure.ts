/** The outside systems. Used in failures, in the log and for the request meter. */
export type Service = 'ops' | 'jira' | 'github' | 'governance' | 'rollouts' | 'airflow' | 'slack' | 'dre' | 'disk';

/**
 * The closed set of what can go wrong, by what a person can do about it:
 * - `notConfigured`: a setting is missing or is not valid
 * - `notSignedIn`: there is no credential for the service
 * - `addressChanged`: there is one, but for another address: a person must confirm that it may go to this one
 * - `unauthorized`: the credential was refused (401), which may be an expired token or a missing scope
 * - `forbidden`: signed in, but not permitted (403)
 * - `notFound`: the address or record does not exist, or may not be seen (404, 410)
 * - `paymentRequired`: the plan of the site lacks the feature (402)
 * - `rateLimited`: too many requests (429)
 * - `rejected`: the service refused this request as it is (other 4xx, or a write that it reports as failed)
 * - `server`: the service failed (5xx)
 * - `unreachable`: no connection, name or certificate
 * - `intercepted`: something between here and the service answers in its place: the sign-in page of a network, a proxy,
 *   single sign-on (an HTML page where data is requested, a redirect to another host, 407)
 * - `moved`: what was requested has another name or address at the same service now (301, 308)
 * - `timeout`: no answer in time
 * - `malformed`: an answer that is not as the service is documented (cut off, no JSON, wrong shape)
 * - `streamEnded`: an event stream stopped or said that its source has an error
 * - `toolMissing`: the program is not there or cannot be run
 * - `storage`: the local disk refused
 * - `cancelled`: we stopped it ourselves
 */
export type FailureKind =
  | 'notConfigured'
  | 'notSignedIn'
  | 'addressChanged'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'paymentRequired'
  | 'rateLimited'
  | 'rejected'
  | 'server'
  | 'unreachable'
  | 'intercepted'
  | 'moved'
  | 'timeout'
  | 'malformed'
  | 'streamEnded'
  | 'toolMissing'
  | 'storage'
  | 'cancelled';

/** One failure, as a value. Never holds a credential. */
export interface Failure {
  readonly kind: FailureKind;
  readonly service: Service;
  /** What was tried, in a few words for the log: "list alerts". */
  readonly operation: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** How long to wait as the service requires it, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** What the service said of it, or what the cause is, one short line. Text from outside: data, never markup. */
  readonly detail?: string | undefined;
  /** What the service said of single fields of a form, by their ids. Text from outside. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** The request certainly did not reach the service: nothing was connected, or nothing with a trusted certificate. */
  readonly notSent?: true | undefined;
  /** The page on which a person can mend it: at `https://github.com`, checked where it was read. */
  readonly page?: string | undefined;
  /** Id of the setting that can mend it, where one can. */
  readonly setting?: string | undefined;
  /** The error behind it, for the log only. */
  readonly cause?: unknown;
}
