import type { Failure } from '../../domain/base/failure.ts';
import { isWhole } from '../../domain/base/listed.ts';
import type { Result } from '../../domain/base/result.ts';
import type { Override, Rotation } from '../../domain/rotation/rotation.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import type { Confirmation, WriteKind } from '../../engine/writes/kind.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import { rotationsKey } from './rotations.ts';
import { appliedOr, notAccepted, notKnown, shownOr } from '../kit/writeAnswers.ts';

/** What the writes to schedules need. */
export interface RotationWritesContext {
  readonly ops: () => Promise<Ops>;
  /** Reads the schedules again, quickly. */
  readonly readAgain: () => void;
}

/** An override as a write carries it: JSON data. */
export interface OverrideData {
  /** Null: nobody is on call then. */
  readonly accountId: string | null;
  /** Null while it is not known. */
  readonly name: string | null;
  readonly start: Instant;
  readonly end: Instant;
  /** Empty: all rotations of the schedule. */
  readonly rotationIds: readonly string[];
}

/** An override to take away. Without an alias it is found by who, from and to: whoever made it did not learn the alias. */
export interface CancelData extends OverrideData {
  readonly alias: string | null;
}

/** What can be done to schedules, by schedule id. The service has done it when it answers. */
export interface RotationWrites {
  readonly createOverride: WriteKind<Rotation, OverrideData, Failure>;
  readonly cancelOverride: WriteKind<Rotation, CancelData, Failure>;
}

/** The kind of write that makes an override. */
export const createOverrideName = `${rotationsKey.name}.createOverride`;
const cancelName = `${rotationsKey.name}.cancelOverride`;

export function rotationWrites({ ops, readAgain }: RotationWritesContext): RotationWrites {
  const common = {
    feed: rotationsKey,
    service: 'ops',
    independent: true,
    subject: ({ name }: Rotation) => name,
    // Who is on call is shown when the service says so, not before: a pager that was not handed over still rings here.
    apply: (record: Rotation) => record,
    shown: () => true,
    typed: sentence,
    readAgain,
  };
  const list = async (record: string): Promise<Listed> => (await ops()).listOverrides(record);
  return {
    createOverride: {
      ...common,
      name: createOverrideName,
      title: 'create override',
      readPayload: readData,
      send: async ({ record, payload }) =>
        appliedOr(
          await (
            await ops()
          ).createOverride(record, {
            accountId: payload.accountId ?? undefined,
            start: payload.start,
            end: payload.end,
            rotationIds: payload.rotationIds,
          }),
        ),
      readBack: async ({ record, payload }) =>
        shownOr(await list(record), ({ records }) => records.some((each) => isSame(each, payload))),
      undo: (before, payload) => ({ kind: cancelName, record: before.id, payload: { ...payload, alias: null } }),
    },
    cancelOverride: {
      ...common,
      name: cancelName,
      title: 'cancel override',
      repeatable: true,
      readPayload: (value) => {
        const data = readData(value);
        const alias = fieldsOf(value)?.['alias'] ?? null;
        return data === undefined || (alias !== null && typeof alias !== 'string') ? undefined : { ...data, alias };
      },
      send: async ({ record, payload }) => {
        const client = await ops();
        let { alias } = payload;
        if (alias === null) {
          const listed = await list(record);
          if (!listed.ok) return notAccepted(listed.failure);
          alias = listed.value.records.find((each) => isSame(each, payload))?.alias ?? null;
        }
        // Gone already, as it seems: the list tells.
        if (alias === null) return { kind: 'accepted' };
        const sent = await client.cancelOverride(record, alias);
        return !sent.ok && sent.failure.kind === 'notFound' ? { kind: 'accepted' } : appliedOr(sent);
      },
      readBack: async ({ record, payload }) => isGone(await list(record), payload),
      undo: (before, payload) => ({ kind: createOverrideName, record: before.id, payload: withoutAlias(payload) }),
    },
  };
}

/** The data of an override as the service tells it. */
export function overrideData({ person, start, end, rotationIds }: Omit<Override, 'alias'>): OverrideData {
  return { accountId: person?.accountId ?? null, name: person?.name ?? null, start, end, rotationIds };
}

type Listed = Awaited<ReturnType<Ops['listOverrides']>>;
type Listing = Listed extends Result<infer T, Failure> ? T : never;

function isGone(read: Listed, payload: CancelData): Confirmation<Failure> {
  if (!read.ok) return notKnown(read.failure);
  const { records }: Listing = read.value;
  const isIt = (each: Override): boolean =>
    payload.alias === null ? isSame(each, payload) : each.alias === payload.alias;
  if (records.some(isIt)) return { kind: 'pending' };
  return isWhole(read.value) ? { kind: 'applied' } : { kind: 'unknown', failure: undefined };
}

/** The service may keep times less exactly than they were sent. */
const tolerance = minute;

function isSame({ person, start, end }: Override, data: OverrideData): boolean {
  return (
    (person?.accountId ?? null) === data.accountId &&
    Math.abs(start - data.start) < tolerance &&
    Math.abs(end - data.end) < tolerance
  );
}

function sentence({ accountId, name, start, end }: OverrideData): string {
  return `${name ?? accountId ?? 'nobody'}, ${instantText(start)} to ${instantText(end)}`;
}

/** In UTC, as it is read later and elsewhere: "2026-08-26 13:50 UTC". */
function instantText(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function withoutAlias({ accountId, name, start, end, rotationIds }: OverrideData): OverrideData {
  return { accountId, name, start, end, rotationIds };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function readData(value: unknown): OverrideData | undefined {
  const { accountId, name, start, end, rotationIds } = fieldsOf(value) ?? {};
  if (accountId !== null && typeof accountId !== 'string') return undefined;
  if (name !== null && typeof name !== 'string') return undefined;
  if (!isInstant(start) || !isInstant(end)) return undefined;
  if (!Array.isArray(rotationIds) || !rotationIds.every((each) => typeof each === 'string')) return undefined;
  return { accountId, name, start, end, rotationIds };
}

/** Dates reach no further; beyond it there is no text for them. */
const lastInstant = 8.64e15;

function isInstant(value: unknown): value is Instant {
  return typeof value === 'number' && Math.abs(value) <= lastInstant;
}
