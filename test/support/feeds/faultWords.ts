import type { FaultKind } from '../../simulator/service.ts';

/**
 * The faults that every answer can have. `slow` only takes long; the others apply to lists and streams, or echo what
 * was sent (`faultsOfAnswers.test.ts`).
 */
export type ToldFault = Exclude<FaultKind, 'slow' | 'echo' | 'empty' | 'manyRows' | 'endlessPages' | 'endlessLine'>;

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
  endlessPage: /gave an answer that cannot be read: more than (16|8) MB/,
  proxySignIn: /Something else answers in place of .*: a proxy asks for a sign-in \(407\)/,
  portal: /Something else answers in place of .*: a web page came in place of data/,
  redirect: /Something else answers in place of .*: redirects to portal\.hotel\.example/,
};
export const toldFaults = Object.keys(faultWords) as ToldFault[];
