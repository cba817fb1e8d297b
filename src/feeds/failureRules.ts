import type { Failure, Service } from '../domain/failure.ts';
import type { FailureRules } from '../engine/feed.ts';

/** What the failures of our services mean for the engine. */
export function failureRules(serviceOf: (feed: string) => Service): FailureRules<Failure> {
  return {
    verdict(failure) {
      switch (failure.kind) {
        case 'notConfigured':
          return 'notConfigured';
        case 'notSignedIn':
        case 'unauthorized':
          return 'notSignedIn';
        case 'forbidden':
          return 'notPermitted';
        // A 404 from a service that is there may be a proxy's or a passing one: asked again, slower and slower.
        case 'notFound':
        case 'paymentRequired':
        case 'rateLimited':
        case 'rejected':
        case 'server':
        case 'unreachable':
        case 'timeout':
        case 'malformed':
        case 'streamEnded':
        case 'toolMissing':
        case 'storage':
        case 'cancelled':
          return 'retry';
      }
    },
    retryAfterMs: (failure) => failure.retryAfterMs,
    unexpected: (cause, feed) => ({ kind: 'malformed', service: serviceOf(feed), operation: `read ${feed}`, cause }),
    describe: (failure) =>
      [failure.kind, failure.status, failure.detail].filter((part) => part !== undefined).join(' '),
  };
}
