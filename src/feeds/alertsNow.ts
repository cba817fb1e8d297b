import type { Alert } from '../domain/alert.ts';
import { second, type Instant } from '../domain/time.ts';
import type { Clock } from '../engine/clock.ts';
import type { Log } from '../engine/log.ts';
import type { Ops } from '../sources/atlassian/ops/client.ts';

/** A list that was read within this time is as good as now. */
const newEnough = 3 * second;
/** A person waits so long at most before they go on with what is known. */
const patience = 1.5 * second;
/** Each alert is a request; of more than this the list has to do. */
const most = 5;

export interface AlertsNowOptions {
  readonly ops: () => Promise<Pick<Ops, 'getAlert'>>;
  readonly clock: Clock;
  readonly log: Log;
  /** When the alerts that are passed in were read. */
  readonly asOf: Instant | undefined;
}

/**
 * Alerts as the service has them at this moment, in the same order: somebody else may have taken one since the list was
 * read. What the service does not tell in time stays as it was passed in.
 */
export async function alertsNow(alerts: readonly Alert[], options: AlertsNowOptions): Promise<readonly Alert[]> {
  const { ops, clock, log, asOf } = options;
  const isNew = asOf !== undefined && clock.now() - asOf < newEnough;
  if (isNew || alerts.length === 0 || alerts.length > most) return alerts;
  const abort = new AbortController();
  const patient = clock.after(patience, () => abort.abort());
  const lost = new Promise<undefined>((resolve) => {
    abort.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    const client = await Promise.race([ops(), lost]);
    if (client === undefined) return alerts;
    return await Promise.all(
      alerts.map(async (alert) => {
        const read = await Promise.race([client.getAlert(alert.id, abort.signal), lost]);
        if (read?.ok === true) return read.value;
        log.debug('alerts', `${alert.id} was not read before an action: ${read?.failure.kind ?? 'no answer in time'}`);
        return alert;
      }),
    );
  } catch (cause) {
    log.warn('alerts', 'alerts were not read before an action', cause);
    return alerts;
  } finally {
    patient.dispose();
  }
}
