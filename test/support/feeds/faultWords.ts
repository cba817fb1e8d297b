import type { FaultKind } from '../../simulator/service.ts';

/**
 * The faults that every answer can have. `slow` only takes long; the others apply to lists and streams, or echo what
 * was sent (`faultsOfAnswers.test.ts`).
 */
export type ToldFault = Exclude<FaultKind, 'slow' | 'echo' | 'empty' | 'manyRows' | 'endlessPages' | 'endlessLine'>;

/** What a person reads for each fault. */
export const faultWords: Readonly<Record<ToldFault, RegExp>> = {
  outage: /Can't reach/,
  unauthorized: /Token rejected|requires a sign-in/,
  forbidden: /have permission/,
  notFound: /Not found in/,
  rateLimited: /Too many requests/,
  server: /Server error 500/,
  unavailable: /Server error 503/,
  truncated: /Can't read the answer/,
  garbage: /Can't read the answer/,
  wrongShape: /Can't read the answer/,
  endlessPage: /Can't read the answer .*: more than (16|8) MB/,
  proxySignIn: /Can't reach .*: something else answers: a proxy requires a sign-in \(407\)/,
  portal: /Can't reach .*: something else answers: a web page came in place of data/,
  redirect: /Can't reach .*: something else answers: redirects to portal\.hotel\.example/,
};
export const toldFaults = Object.keys(faultWords) as ToldFault[];
