import type { Failure, FailureKind, Service } from '../domain/base/failure.ts';
import { day } from '../domain/base/time.ts';
import { redact } from '../engine/base/redact.ts';
import type { FailureRules } from '../engine/read/definition.ts';
import type { FailureCodec } from '../engine/read/snapshot.ts';

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
        // A 404 from a service that is there may be a proxy's or a passing one: asked again, slower and slower.
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

/**
 * Failures on disk, for the windows that do not read themselves. The cause is for the log of the one that does, and the
 * words of the service are kept without `secrets`: it may send back what it was sent.
 */
export function failureCodec(secrets: () => readonly string[]): FailureCodec<Failure> {
  return {
    keep: ({ cause: _, detail, ...failure }) =>
      detail === undefined ? failure : { ...failure, detail: redact(detail, secrets()) },
    bringBack: (kept) => (isFailure(kept) ? kept : undefined),
  };
}

const kinds: Readonly<Record<FailureKind, true>> = {
  notConfigured: true,
  notSignedIn: true,
  addressChanged: true,
  unauthorized: true,
  forbidden: true,
  notFound: true,
  paymentRequired: true,
  rateLimited: true,
  rejected: true,
  server: true,
  unreachable: true,
  intercepted: true,
  moved: true,
  timeout: true,
  malformed: true,
  streamEnded: true,
  toolMissing: true,
  storage: true,
  cancelled: true,
};

const services: Readonly<Record<Service, true>> = {
  ops: true,
  jira: true,
  github: true,
  governance: true,
  rollouts: true,
  slack: true,
  dre: true,
  disk: true,
};

function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Partial<Record<keyof Failure, unknown>>;
  const { kind, service, operation, status, retryAfterMs, detail, setting, page } = fields;
  const isOptional = (field: unknown, type: string): boolean => field === undefined || typeof field === type;
  return (
    typeof kind === 'string' &&
    Object.hasOwn(kinds, kind) &&
    typeof service === 'string' &&
    Object.hasOwn(services, service) &&
    typeof operation === 'string' &&
    isOptional(status, 'number') &&
    isOptional(retryAfterMs, 'number') &&
    isOptional(detail, 'string') &&
    isOptional(setting, 'string') &&
    isOptional(page, 'string')
  );
}
