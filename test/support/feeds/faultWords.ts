import type { FaultKind } from '../../simulator/service.ts';

/** The faults that an answer tells of; `slow` takes its time. */
export type ToldFault = Exclude<FaultKind, 'slow'>;

/** What a person reads for each fault. */
export const faultWords: Readonly<Record<ToldFault, RegExp>> = {
  outage: /cannot be reached/,
  unauthorized: /did not accept the token|asks for a sign-in/,
  forbidden: /does not permit this/,
  notFound: /does not know what was asked for/,
  rateLimited: /asks to slow down/,
  server: /has a problem \(500\)/,
  unavailable: /has a problem \(503\)/,
  truncated: /gave an answer that cannot be read/,
  garbage: /gave an answer that cannot be read/,
  wrongShape: /gave an answer that cannot be read/,
};
export const toldFaults = Object.keys(faultWords) as ToldFault[];
