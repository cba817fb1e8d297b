import type { Failure } from '../../domain/base/failure.ts';
import { isWhole } from '../../domain/base/listed.ts';
import { rotationOf } from '../../domain/rotation/rotation.ts';
import { whyNotPaged } from '../../domain/rotation/notPaged.ts';
import { reachOf } from '../../domain/rotation/notificationSetup.ts';
import type { Result } from '../../domain/base/result.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import type { Clients } from '../../feeds/clients.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import type { Credentials } from '../../platform/credentials.ts';
import type { NotPagedReport } from '../../views/rotation/notPagedDocument.ts';
import type { Host } from '../kit/host.ts';

export interface NotPagedParts extends Pick<Host, 'clock' | 'settings'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly clients: Clients;
  readonly credentials: Credentials;
}

/** Reads what can be read of why somebody is not paged, and weighs it. What cannot be read is listed, never guessed. */
export async function notPagedReport(parts: NotPagedParts): Promise<NotPagedReport> {
  const { store, account, clients, clock, credentials, settings } = parts;
  const { notifications } = settings.current;
  const schedules = store.state(rotationsKey);
  const alerts = store.state(alertsKey);
  const rotation = rotationOf(schedules.records.values(), 'alerts');
  const unread: (readonly [what: string, failure: Failure])[] = [];
  for (const [what, { failure }] of [['The schedules', schedules] as const, ['The alerts', alerts] as const]) {
    if (failure !== undefined) unread.push([what, failure]);
  }
  function valueOf<T>(what: string, read: Result<T, Failure>): T | undefined {
    if (read.ok) return read.value;
    unread.push([what, read.failure]);
    return undefined;
  }
  const found = await credentials.atlassian(settings.current);
  const signedIn = found !== undefined && found !== 'addressChanged';
  const ops = signedIn ? await clients.ops() : undefined;
  const [setup, listing, who] = await Promise.all([
    ops?.notificationSetup(),
    rotation === undefined ? undefined : ops?.listOverrides(rotation.id),
    account.current ?? (signedIn ? clients.account() : undefined),
  ]);
  const known = setup === undefined ? undefined : valueOf('Your notification set-up', setup);
  const overrides = listing === undefined ? undefined : valueOf('The overrides', listing);
  const person = who !== undefined && 'ok' in who ? valueOf('Who you are', who) : who;
  const some = (set: boolean): 'some' | 'none' => (set ? 'some' : 'none');
  const whole = overrides !== undefined && isWhole(overrides);
  return {
    findings: whyNotPaged({
      now: clock.now(),
      signedIn,
      account: person,
      rotation,
      scheduleFailing: schedules.failure !== undefined,
      alertsFailing: alerts.failure !== undefined,
      overrides: whole ? overrides.records : undefined,
      contactMethods: known === undefined ? undefined : some(known.contacts.some(({ enabled }) => enabled)),
      notificationRules: known === undefined ? undefined : reachOf(known),
      // Which alerts a team sends where is not in any answer that is read.
      alertsRoutedToSchedule: undefined,
      enabled: notifications.enabled,
      minimum: notifications.minimum,
      // Extensions cannot read it.
      doNotDisturb: undefined,
    }),
    unread,
    schedulesAsOf: schedules.asOf,
  };
}
