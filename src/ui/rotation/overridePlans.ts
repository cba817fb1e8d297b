import type { Failure } from '../../domain/base/failure.ts';
import { isWhole } from '../../domain/base/listed.ts';
import { planOverride, type RequestedOverride } from '../../domain/rotation/override.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Override, Rotation } from '../../domain/rotation/rotation.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Clients } from '../../feeds/clients.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import { overrideData, type OverrideData } from '../../feeds/rotation/verbs.ts';
import { ago } from '../../views/kit/format.ts';
import { explain } from '../../views/kit/sentences.ts';
import { cancelDialog, createDialog, type OverrideDialog } from '../../views/rotation/overrideDialog.ts';
import type { Host } from '../kit/host.ts';
import { progressInStatusBar } from '../kit/progress.ts';
import { viewpoint } from '../kit/viewpoint.ts';

export interface OverrideParts extends Pick<Host, 'clock'> {
  readonly store: Store<Failure>;
  readonly clients: Pick<Clients, 'ops'>;
  readonly account: Pick<SignedInAccount, 'current'>;
}

/** What a person wants to send to a schedule. */
export interface OverrideRequest {
  readonly rotation: Rotation;
  /** The dialog before it is sent, as of now: what was right when it was opened may lie in the past later. */
  readonly dialog: () => OverrideDialog;
  readonly payload: OverrideData;
}

/** The overrides of a schedule, and what is not certain about them. */
export interface OverrideList {
  /** Undefined: they could not be read. */
  readonly overrides: readonly Override[] | undefined;
  /** As sentences. */
  readonly doubts: readonly string[];
}

/** Reads the overrides that run or come. */
export async function readOverrides(
  { clients }: Pick<OverrideParts, 'clients'>,
  rotation: Rotation,
): Promise<OverrideList> {
  const read = await progressInStatusBar('Reading overrides', async () =>
    (await clients.ops()).listOverrides(rotation.id),
  );
  if (!read.ok) return { overrides: undefined, doubts: [`${explain(read.failure).title}.`] };
  const doubts = isWhole(read.value) ? [] : ["Can't read some of the overrides."];
  return { overrides: read.value.records, doubts };
}

/** The plan of a new override. Reads the overrides that there are. */
export async function createPlan(
  parts: Pick<OverrideParts, 'store' | 'clients' | 'clock'>,
  rotation: Rotation,
  requested: RequestedOverride,
  account: Account | undefined,
): Promise<OverrideRequest> {
  const { clock } = parts;
  const { overrides, doubts } = await readOverrides(parts, rotation);
  return {
    rotation,
    dialog: () => {
      const planned = planOverride({ ...requested, rotation, overrides, now: clock.now() });
      return createDialog(planned, rotation, account, viewpoint(clock), [...doubts, ...ageDoubts(parts)]);
    },
    payload: overrideData({ person: requested.who, start: requested.from, end: requested.to, rotationIds: [] }),
  };
}

/** The plan to cancel an override. */
export function cancelPlan(
  { account, clock }: Pick<OverrideParts, 'account' | 'clock'>,
  rotation: Rotation,
  override: Override,
): OverrideRequest {
  const { alias } = override;
  const payload: OverrideData & { readonly alias: string } = { ...overrideData(override), alias };
  return {
    rotation,
    dialog: () => cancelDialog(override, rotation, account.current, viewpoint(clock)),
    payload,
  };
}

function ageDoubts({ store, clock }: Pick<OverrideParts, 'store' | 'clock'>): readonly string[] {
  const { status, asOf } = store.state(rotationsKey);
  if (status === 'fresh' || asOf === undefined) return [];
  return [`The schedule was last read ${ago(asOf, viewpoint(clock))}: it may have changed.`];
}
