import type { Alert } from '../../domain/alerts/alert.ts';
import { second, type Instant } from '../../domain/base/time.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import { openAlerts } from './alerts.ts';

/** A list that was read within this time is as good as now. */
const newEnough = 3 * second;
/** A person waits so long at most before they go on with what is known. */
const longestWait = 1.5 * second;
/** Read one by one, each is a request; of more than this the list is read. */
const mostAlone = 5;
/** A list that is longer than three pages would not be read in time. */
const mostListed = 300;

export interface AlertsNowOptions {
  readonly ops: () => Promise<Pick<Ops, 'getAlert' | 'listAlerts'>>;
  readonly clock: Clock;
  readonly log: Log;
  /** When the alerts that are passed in were read. */
  readonly asOf: Instant | undefined;
  /** How many alerts the list had then. */
  readonly listed: number;
}

/**
 * Alerts as the service has them at this moment, in the same order: somebody else may have taken one since the list was
 * read. What the service does not return in time stays as it was passed in.
 */
export async function alertsNow(alerts: readonly Alert[], options: AlertsNowOptions): Promise<readonly Alert[]> {
  const { ops, clock, log, asOf, listed } = options;
  const isNew = asOf !== undefined && clock.now() - asOf < newEnough;
  const areMany = alerts.length > mostAlone;
  if (isNew || alerts.length === 0 || (areMany && listed > mostListed)) return alerts;
  const abort = new AbortController();
  const timeLimit = clock.after(longestWait, () => abort.abort());
  const lost = new Promise<undefined>((resolve) => {
    abort.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const now = new Map<string, Alert>();
  try {
    const client = await Promise.race([ops(), lost]);
    if (client === undefined) return alerts;
    if (areMany) {
      const request = { query: openAlerts, isProved: true, signal: abort.signal };
      const read = await Promise.race([client.listAlerts(request), lost]);
      if (read?.ok !== true) {
        log.debug('alerts', `not read before an action: ${read?.failure.kind ?? 'no answer in time'}`);
        return alerts;
      }
      for (const alert of read.value.alerts) now.set(alert.id, alert);
    }
    // What is not listed any more may be closed: the alert itself says so.
    const alone = alerts.filter(({ id }) => !now.has(id));
    if (alone.length <= mostAlone) {
      await Promise.all(
        alone.map(async ({ id }) => {
          const read = await Promise.race([client.getAlert(id, abort.signal), lost]);
          if (read?.ok === true) now.set(id, read.value);
          else log.debug('alerts', `${id} was not read before an action: ${read?.failure.kind ?? 'no answer in time'}`);
        }),
      );
    }
  } catch (cause) {
    log.warn('alerts', 'alerts were not read before an action', cause);
  } finally {
    timeLimit.dispose();
  }
  return alerts.map((alert) => now.get(alert.id) ?? alert);
}
