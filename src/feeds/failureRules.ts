import type { Failure, Service } from '../domain/base/failure.ts';
import { day } from '../domain/base/time.ts';
import type { FailureRules } from '../engine/read/definition.ts';

/** What the failures of our services mean for the engine. */
export function failureRules(serviceOf: (feed: string) => Service): FailureRules<Failure> {
  return {
    verdict(failure) {
      switch (failure.kind) {
        case 'notConfigured':
        case 'moved':
          return 'notConfigured';
        case 'notSignedIn':
        case 'addressChanged':
        case 'unauthorized':
          return 'notSignedIn';
        case 'forbidden':
          return 'notPermitted';
        // A 404 from a service that is there may be a proxy's or a passing one: read again, slower and slower.
        case 'notFound':
        case 'paymentRequired':
        case 'rateLimited':
        case 'rejected':
        case 'server':
        case 'unreachable':
        case 'intercepted':
        case 'timeout':
        case 'malformed':
        case 'streamEnded':
        case 'toolMissing':
        case 'storage':
        case 'cancelled':
          return 'retry';
      }
    },
    // A plan changes seldom: the engine waits as long as it ever does.
    retryAfterMs: (failure) => (failure.kind === 'paymentRequired' ? day : failure.retryAfterMs),
    unexpected: (cause, feed) => ({ kind: 'malformed', service: serviceOf(feed), operation: `read ${feed}`, cause }),
    describe: (failure) =>
      [failure.kind, failure.status, failure.detail].filter((part) => part !== undefined).join(' '),
  };
}
