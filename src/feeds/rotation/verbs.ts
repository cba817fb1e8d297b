import type { Failure } from '../../domain/base/failure.ts';
import { isWhole, type Listed } from '../../domain/base/listed.ts';
import type { Result } from '../../domain/base/result.ts';
import type { Override, Rotation } from '../../domain/rotation/rotation.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import type { Confirmation, Sent, WriteKind } from '../../engine/writes/kind.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import { rotationsKey } from './keys.ts';
import type { Undoing } from '../kit/undoing.ts';
import { appliedOr, notAccepted, notKnown, shownOr } from '../kit/writeAnswers.ts';

/** What the writes to schedules need. */
export interface RotationWritesContext {
  /** The id of the account that is signed in, as far as it is known. */
  readonly me: () => string | undefined;
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

/** An override to cancel. Without an alias it is found by who, from and to: the answer to creating one holds no alias. */
export interface CancelData extends OverrideData {
  readonly alias: string | null;
}

/** What a person is asked for before a write to a schedule is sent. */
export type RotationQuestion =
  /** Until when they take the pager, from now on. */
  | 'untilWhen'
  /** Which period they hand over, and to whom. */
  | 'periodAndPerson'
  /** Which of the overrides that run or come. */
  | 'override';

/** A command that leads to a write. Its key is the last part of its id. */
export interface RotationCommand {
  /** Its name in the palette and in lists: "Hand Over On-Call". */
  readonly name: string;
  /** In titles and on the button that sends: "Hand Over". */
  readonly label: string;
  /** The button that sends nothing, where "Cancel" could be misread. */
  readonly keep?: string;
  /** Codicon before its name in the list of on-call actions; without one it is not in the list. */
  readonly icon?: string;
  /** Token of the rows whose menu has it. */
  readonly fits: 'rotation' | 'takeable' | 'handable' | 'override';
  readonly asks: RotationQuestion;
}

type SameAsKind = 'title' | 'past' | 'repeatable' | 'readPayload';

/** What can be done to schedules: the commands for it, and what they send. The service has done it when it answers. */
export interface RotationVerb<P extends OverrideData> extends Pick<WriteKind<Rotation, P, Failure>, SameAsKind> {
  readonly doing: string;
  readonly commands: Readonly<Record<string, RotationCommand>>;
  send(ops: Ops, scheduleId: string, payload: P): Promise<Sent<Failure>>;
  /** Reads before it is sent what `readBack` needs: JSON data. */
  readBefore?(ops: Ops, scheduleId: string, payload: P): Promise<unknown>;
  readBack(ops: Ops, scheduleId: string, payload: P, seenBefore: unknown): Promise<Confirmation<Failure>>;
  /** The verb, by its key, that takes it back. */
  undo(payload: P): Undoing;
}

/** Everything that can be done to schedules: one entry a verb. */
export const rotationVerbs = {
  createOverride: verb<OverrideData>({
    title: 'create override',
    doing: 'creating the override',
    past: { before: 'Handed over', after: 'was handed over', mine: 'Took over' },
    commands: {
      takePager: {
        name: 'Take the Pager',
        label: 'Take the Pager',
        icon: 'bell',
        fits: 'takeable',
        asks: 'untilWhen',
      },
      handOver: {
        name: 'Hand Over On-Call',
        label: 'Hand Over',
        icon: 'arrow-swap',
        fits: 'handable',
        asks: 'periodAndPerson',
      },
    },
    readPayload: readData,
    send: async (ops, scheduleId, { accountId, start, end, rotationIds }) =>
      appliedOr(await ops.createOverride(scheduleId, { accountId: accountId ?? undefined, start, end, rotationIds })),
    // Somebody may have made the same one a moment ago.
    readBefore: async (ops, scheduleId, payload) => {
      const read = await ops.listOverrides(scheduleId);
      return read.ok ? aliasesOf(read.value, payload) : undefined;
    },
    readBack: async (ops, scheduleId, payload, seenBefore) => {
      const read = await ops.listOverrides(scheduleId);
      const before = new Set<unknown>(Array.isArray(seenBefore) ? seenBefore : []);
      const found = read.ok ? aliasesOf(read.value, payload) : [];
      if (found.length > 0 && found.every((alias) => before.has(alias))) {
        return { kind: 'overtaken', by: 'the same override was there already' };
      }
      return shownOr(read, () => found.length > 0);
    },
    undo: (payload) => ({ verb: 'cancelOverride', payload: { ...payload, alias: null } }),
  }),
  cancelOverride: verb<CancelData>({
    title: 'cancel override',
    doing: 'cancelling the override',
    past: { before: 'Cancelled the override of', after: 'lost the override', mine: 'Cancelled your override of' },
    commands: {
      cancelOverride: {
        name: 'Cancel Override',
        label: 'Cancel the Override',
        keep: 'Keep It',
        fits: 'override',
        asks: 'override',
      },
      showOverrides: {
        name: 'Show Overrides',
        icon: 'list-unordered',
        label: 'Cancel the Override',
        keep: 'Keep It',
        fits: 'rotation',
        asks: 'override',
      },
    },
    repeatable: true,
    readPayload: (value) => {
      const data = readData(value);
      const alias = fieldsOf(value)?.['alias'] ?? null;
      return data === undefined || (alias !== null && typeof alias !== 'string') ? undefined : { ...data, alias };
    },
    send: async (ops, scheduleId, payload) => {
      let { alias } = payload;
      if (alias === null) {
        const listed = await ops.listOverrides(scheduleId);
        if (!listed.ok) return notAccepted(listed.failure);
        alias = listed.value.records.find((each) => isSame(each, payload))?.alias ?? null;
      }
      // Not listed any more: reading back confirms whether that is so.
      if (alias === null) return { kind: 'accepted' };
      const sent = await ops.cancelOverride(scheduleId, alias);
      return !sent.ok && sent.failure.kind === 'notFound' ? { kind: 'accepted' } : appliedOr(sent);
    },
    readBack: async (ops, scheduleId, payload) => isGone(await ops.listOverrides(scheduleId), payload),
    undo: (payload) => ({ verb: 'createOverride', payload: withoutAlias(payload) }),
  }),
};

export type RotationVerbs = typeof rotationVerbs;

/** A command of a verb. */
export interface RotationVerbCommand {
  /** Key of the verb. */
  readonly key: keyof RotationVerbs;
  readonly id: string;
  readonly command: RotationCommand;
}

/** The commands of all verbs, in their order. */
export function rotationVerbCommands(): readonly RotationVerbCommand[] {
  const verbs: Readonly<Record<keyof RotationVerbs, RotationVerb<OverrideData>>> = rotationVerbs;
  const keys = Object.keys(verbs) as (keyof RotationVerbs)[];
  return keys.flatMap((key) =>
    Object.entries(verbs[key].commands).map(([name, command]) => ({ key, id: `drDre.rotation.${name}`, command })),
  );
}

type PayloadOf<V> = V extends RotationVerb<infer P> ? P : never;

/** The writes to schedules, by the verbs that send them. The key of a record is the id of its schedule. */
export type RotationWrites = {
  readonly [K in keyof RotationVerbs]: WriteKind<Rotation, PayloadOf<RotationVerbs[K]>, Failure>;
};

/** Makes the writes to schedules. */
export function rotationWrites(context: RotationWritesContext): RotationWrites {
  const writes = Object.entries<RotationVerb<OverrideData>>(rotationVerbs).map(([key, verb]) => [
    key,
    rotationWrite(key, verb, context),
  ]);
  // One for each key, made from its verb: the type of the entries cannot say so.
  return Object.fromEntries(writes) as RotationWrites;
}

/** The name on disk of what a verb sends, by the verb's key. */
export function rotationWriteName(key: keyof RotationVerbs): string {
  return `${rotationsKey.name}.${key}`;
}

function rotationWrite<P extends OverrideData>(
  key: string,
  verb: RotationVerb<P>,
  { me, ops, readAgain }: RotationWritesContext,
): WriteKind<Rotation, P, Failure> {
  const { title, doing, past, repeatable } = verb;
  return {
    name: `${rotationsKey.name}.${key}`,
    feed: rotationsKey,
    service: 'ops',
    title,
    doing,
    past,
    repeatable,
    independent: true,
    readPayload: (value) => verb.readPayload(value),
    subject: ({ name }) => name,
    // Who is on call is shown when the service says so, not before: until then the pager rings here.
    apply: (rotation) => rotation,
    shown: () => true,
    typed: sentence,
    details: ({ accountId, name, start, end }) => ({
      to: name ?? accountId ?? 'nobody',
      isMine: accountId !== null && accountId === me(),
      from: start,
      until: end,
    }),
    send: async ({ record, payload }) => verb.send(await ops(), record, payload),
    ...readingBefore(verb, ops),
    readBack: async ({ record, payload, seenBefore }) => verb.readBack(await ops(), record, payload, seenBefore),
    undo: (before, payload) => {
      const undoing = verb.undo(payload);
      return { kind: `${rotationsKey.name}.${undoing.verb}`, record: before.id, payload: undoing.payload };
    },
    readAgain,
  };
}

function readingBefore<P extends OverrideData>(
  verb: RotationVerb<P>,
  ops: RotationWritesContext['ops'],
): Pick<WriteKind<Rotation, P, Failure>, 'readBefore'> {
  if (verb.readBefore === undefined) return {};
  return { readBefore: async ({ record, payload }) => verb.readBefore?.(await ops(), record, payload) };
}

/** Lets the verb's payload be checked where it is written. */
function verb<P extends OverrideData>(entry: RotationVerb<P>): RotationVerb<P> {
  return entry;
}

/** The data of an override as the service has it. */
export function overrideData({ person, start, end, rotationIds }: Omit<Override, 'alias'>): OverrideData {
  return { accountId: person?.accountId ?? null, name: person?.name ?? null, start, end, rotationIds };
}

/** The overrides of a list that say the same. */
function aliasesOf({ records }: Listed<Override>, payload: OverrideData): readonly string[] {
  return records.filter((each) => isSame(each, payload)).map(({ alias }) => alias);
}

function isGone(read: Result<Listed<Override>, Failure>, payload: CancelData): Confirmation<Failure> {
  if (!read.ok) return notKnown(read.failure);
  const { records } = read.value;
  const isIt = (each: Override): boolean =>
    payload.alias === null ? isSame(each, payload) : each.alias === payload.alias;
  if (records.some(isIt)) return { kind: 'absent' };
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
