import type { Alert } from '../domain/alert.ts';
import type { Failure } from '../domain/failure.ts';
import type { Result } from '../domain/result.ts';
import type { Account } from '../domain/rotation.ts';
import type { Confirmation, WriteKind } from '../engine/writes/kind.ts';
import type { Ops } from '../sources/atlassian/ops/client.ts';
import { alertsKey } from './alerts.ts';
import { acceptedOr, notKnown, shownOr } from './writeAnswers.ts';

/** What the writes to alerts need. */
export interface AlertWritesContext {
  readonly ops: () => Promise<Ops>;
  /** Who is signed in, once that is known. */
  readonly account: () => Account | undefined;
  /** Reads the alerts again, quickly. */
  readonly readAgain: () => void;
}

/** What differs from one verb to the next. */
interface Verb<P> extends Pick<
  WriteKind<Alert, P, Failure>,
  'title' | 'readPayload' | 'apply' | 'shown' | 'repeatable' | 'typed' | 'undo'
> {
  readonly name: string;
  readonly request: (ops: Ops, alertId: string, payload: P) => Promise<Result<{ readonly requestId: string }, Failure>>;
}

/** What can be done to alerts. The service takes each, and its request status tells whether it was applied. */
export function alertWrites(context: AlertWritesContext): AlertWrites {
  return {
    acknowledge: alertWrite<null>(context, {
      name: 'acknowledge',
      title: 'acknowledge',
      // Idempotent (atlassian.md 2.4).
      repeatable: true,
      readPayload: nothing,
      apply: (record, _payload, at) => ({
        ...record,
        status: record.status === 'closed' ? 'closed' : 'acknowledged',
        acknowledgedAt: record.acknowledgedAt ?? at,
        owner: context.account()?.name ?? record.owner,
      }),
      shown: ({ status }) => status === 'acknowledged' || status === 'closed',
      request: (ops, alertId) => ops.acknowledge(alertId),
    }),
  };
}

export interface AlertWrites {
  readonly acknowledge: WriteKind<Alert, null, Failure>;
}

/** The payload of a verb that needs none. */
function nothing(value: unknown): null | undefined {
  return value === null ? null : undefined;
}

function alertWrite<P>(context: AlertWritesContext, verb: Verb<P>): WriteKind<Alert, P, Failure> {
  const { ops, readAgain } = context;
  const { name, request, ...rest } = verb;
  return {
    ...rest,
    name: `${alertsKey.name}.${name}`,
    feed: alertsKey,
    service: 'ops',
    subject: (alert) => alert.message,
    send: async ({ record, payload }) => acceptedOr(await request(await ops(), record, payload)),
    confirm: async (receipt) => confirmed(await (await ops()).requestStatus(receipt), verb.title),
    readBack: async ({ record, payload }) => {
      // Whatever its status is: an alert that was closed is not in the feed any more.
      const read = await (await ops()).listAlerts({ query: `alertId: ${record}` });
      return shownOr(read, ({ alerts }) => alerts.some((alert) => alert.id === record && verb.shown(alert, payload)));
    },
    readAgain,
  };
}

type RequestStatus = Awaited<ReturnType<Ops['requestStatus']>>;

function confirmed(read: RequestStatus, operation: string): Confirmation<Failure> {
  if (!read.ok) return notKnown(read.failure);
  if (read.value === 'pending') return { kind: 'pending' };
  if (read.value.applied) return { kind: 'applied' };
  return { kind: 'refused', failure: { kind: 'rejected', service: 'ops', operation, detail: read.value.reason } };
}
