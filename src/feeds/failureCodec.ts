import type { Failure, FailureKind, Service } from '../domain/base/failure.ts';
import { redact } from '../engine/base/redact.ts';
import type { FailureCodec } from '../engine/read/snapshot.ts';

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
  airflow: true,
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
