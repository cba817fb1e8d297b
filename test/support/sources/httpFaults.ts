import type { FailureKind } from '../../../src/domain/base/failure.ts';
import type { FaultKind } from '../../simulator/service.ts';

/** What a service may do to a request, and the kind of failure that every client must make of it. */
export const httpFaults: readonly (readonly [fault: FaultKind, failure: FailureKind])[] = [
  ['outage', 'unreachable'],
  ['unauthorized', 'unauthorized'],
  ['forbidden', 'forbidden'],
  ['notFound', 'notFound'],
  ['rateLimited', 'rateLimited'],
  ['server', 'server'],
  ['truncated', 'malformed'],
  ['garbage', 'malformed'],
  ['wrongShape', 'malformed'],
  ['endlessPage', 'malformed'],
  ['proxySignIn', 'intercepted'],
  ['portal', 'intercepted'],
  ['redirect', 'intercepted'],
];
