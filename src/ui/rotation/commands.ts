import * as vscode from 'vscode';
import type { Span } from '../../domain/base/time.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Override, Person, Rotation } from '../../domain/rotation/rotation.ts';
import { holding, holdsAll, takeable } from '../../domain/rotation/shift.ts';
import type { Clients } from '../../feeds/clients.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import {
  rotationVerbCommands,
  type OverrideData,
  type RotationCommand,
  type RotationQuestion,
  type RotationVerbs,
  type RotationWrites,
} from '../../feeds/rotation/verbs.ts';
import { actionsWhile } from '../../views/rotation/actions.ts';
import { overrideItem, type OverrideDialog } from '../../views/rotation/overrideDialog.ts';
import { explain } from '../../views/kit/sentences.ts';
import { standingWords } from '../../views/rotation/statusBar.ts';
import { onCallUrl, spanOf } from '../../views/rotation/view.ts';
import { chooseAndRun, withBack } from '../kit/chain.ts';
import type { Handler, Handlers, Invocation } from '../kit/commands.ts';
import type { Documents } from '../kit/documents.ts';
import type { Host } from '../kit/host.ts';
import { confirm } from '../kit/confirm.ts';
import { inform, showMessage, warn } from '../kit/messages.ts';
import { openPage } from '../kit/openPage.ts';
import { pickOne, type PickEntry } from '../kit/picks.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import { runWrites, type WriteTools } from '../writes/reports.ts';
import { cancelPlan, createPlan, readOverrides, type OverrideParts, type OverrideRequest } from './overridePlans.ts';
import { pickPeriod, pickPerson, pickRotation, pickUntil, toMinute } from './steps.ts';

export interface RotationCommandParts extends OverrideParts, WriteTools, Pick<Host, 'settings' | 'drafts'> {
  readonly clients: Pick<Clients, 'ops' | 'account'>;
  readonly documents: Pick<Documents, 'open' | 'refresh'>;
  readonly writeKinds: () => Promise<{ readonly rotations: RotationWrites }>;
}

/** The commands for schedules: one for each command of a verb, and those that send nothing. */
export function rotationCommands(parts: RotationCommandParts): Handlers {
  const { settings, documents } = parts;
  const ofVerbs = rotationVerbCommands().map(({ key, id, command }): [string, Handler] => [
    id,
    ({ rows }) => perform(parts, key, command, rows),
  ]);
  return {
    ...Object.fromEntries(ofVerbs),
    'drDre.rotation.open': () => openPage(onCallUrl(settings.current.atlassianSite.href, settings.current.team)),
    'drDre.rotation.showActions': () => showActions(parts),
    'drDre.rotation.notPaged': async () => {
      // Its facts are read anew, also when the document is open already.
      documents.refresh('notPaged');
      await documents.open('notPaged', 'Paging');
    },
  };
}

type Rows = Invocation['rows'];

/** From the command to its end: what the verb asks for, the dialog that shows what is sent, and the write. */
async function perform(
  parts: RotationCommandParts,
  key: keyof RotationVerbs,
  { label, keep, asks }: RotationCommand,
  rows: Rows,
): Promise<void> {
  const plan = await withBack(() => questions[asks](parts, rows, label));
  if (plan === undefined) return;
  const dialog = plan.dialog();
  if (showErrors(dialog)) return;
  const { message, detail, doubtful } = dialog;
  const severity = doubtful ? 'warning' : 'info';
  if (!(await confirm({ severity, text: message, detail, yes: label, no: keep ?? 'Cancel' }))) return;
  // The dialog may have been open for long: what was right then may lie in the past now.
  if (showErrors(plan.dialog())) return;
  const { [key]: kind } = (await parts.writeKinds()).rotations;
  parts.drafts.handOver(kind.name, [plan.rotation.id]);
  await runWrites<Rotation, OverrideData>(parts, kind, [plan.rotation.id], plan.payload);
}

/** How each of the questions is asked that verbs of schedules have. Undefined when the person cancels. */
const questions: Readonly<
  Record<
    RotationQuestion,
    (parts: RotationCommandParts, rows: Rows, label: string) => Promise<OverrideRequest | undefined>
  >
> = {
  untilWhen: async (parts, rows, label) => {
    const account = await who(parts);
    if (account === undefined) return undefined;
    const from = fromThisMinute(parts);
    const ofRow = rotationOfRow(parts, rows);
    const wanted = ofRow === undefined ? known(parts) : [ofRow];
    const candidates = takeable(wanted, account, from.now);
    if (candidates.length === 0 && wanted.length > 0) {
      inform(`You are on call for ${wanted.map(({ name }) => name).join(' and ')} already.`);
      return undefined;
    }
    const rotation = await chooseRotation(parts, rows, candidates, label);
    if (rotation === undefined) return undefined;
    const until = await pickUntil(parts, rotation, from, `${label}: ${rotation.name}`);
    if (until === undefined) return undefined;
    return createPlan(parts, rotation, { who: account, from: from.now, to: toMinute(until) }, account);
  },
  periodAndPerson: async (parts, rows, label) => {
    const account = await who(parts);
    if (account === undefined) return undefined;
    const from = fromThisMinute(parts);
    const rotation = await chooseRotation(parts, rows, known(parts), label);
    if (rotation === undefined) return undefined;
    const title = `${label}: ${rotation.name}`;
    const period = shiftOfRow(parts, rows) ?? (await pickPeriod(parts, rotation, account, from, title));
    if (period === undefined) return undefined;
    const { people, doubt } = await membersOf(parts, rotation);
    const others = people.filter(({ accountId }) => accountId !== account.accountId);
    const person = await pickPerson(others, title, doubt ?? 'Select a person');
    if (person === undefined) return undefined;
    const requested = { who: person, from: toMinute(Math.max(period.start, from.now)), to: toMinute(period.end) };
    return createPlan(parts, rotation, requested, account);
  },
  override: async (parts, rows) => {
    const found = await chooseOverride(parts, rows);
    return found === undefined ? undefined : cancelPlan(parts, found.rotation, found.override);
  },
};

function showErrors({ errors }: OverrideDialog): boolean {
  if (errors.length === 0) return false;
  void showMessage('error', `Nothing was sent. ${errors.join(' ')}`);
  return true;
}

interface ChosenOverride {
  readonly rotation: Rotation;
  readonly override: Override;
}

/** The override of the row; where there is none, or it is not clear which, the person picks. */
async function chooseOverride(parts: RotationCommandParts, rows: Rows): Promise<ChosenOverride | undefined> {
  const from = viewpoint(parts.clock);
  const ofRow = rotationOfRow(parts, rows);
  const rotations = ofRow === undefined ? known(parts) : [ofRow];
  if (rotations.length === 0) {
    showNoneKnown();
    return undefined;
  }
  const read = await Promise.all(
    rotations.map(async (rotation) => ({ rotation, ...(await readOverrides(parts, rotation)) })),
  );
  const doubts = read.flatMap(({ rotation, overrides, doubts: each }) =>
    overrides === undefined
      ? [`Can't read the overrides of ${rotation.name}: ${each.join(' ')}`]
      : each.map((doubt) => `${rotation.name}: ${doubt}`),
  );
  if (doubts.length > 0) warn(doubts.join(' '));
  const all = read.flatMap(({ rotation, overrides = [] }) => overrides.map((override) => ({ rotation, override })));
  const wanted = standInOfRow(parts, rows);
  const matching = all.filter(({ override }) => wanted === undefined || isPartOf(wanted, override));
  const [only] = matching;
  if (wanted !== undefined && matching.length === 1) return only;
  if (matching.length === 0) {
    const none =
      wanted === undefined ? 'There is no override now, and none to come.' : 'This override is gone already.';
    if (doubts.length === 0) inform(none);
    return undefined;
  }
  const entries = matching.map((each) => ({
    ...overrideItem(each.override, each.rotation, parts.account.current, from),
    chosen: each,
  }));
  const picked = await pickOne(entries, {
    title: 'Overrides',
    placeHolder: 'Select an override to cancel. You confirm before anything is sent.',
    matchOnDetail: true,
  });
  return picked?.chosen;
}

async function showActions(parts: Pick<RotationCommandParts, 'store' | 'account' | 'clock'>): Promise<void> {
  const from = viewpoint(parts.clock);
  const account = parts.account.current;
  const { status } = parts.store.state(rotationsKey);
  const rotations = known(parts);
  const entries: readonly (PickEntry & { readonly id: string })[] = [
    ...(status === 'notSignedIn' ? [{ label: 'Sign In…', icon: 'sign-in', id: 'drDre.signIn' }] : []),
    ...actionsWhile(holdsAll(rotations, account, from.now)).map(({ command, label, icon, asks }) => ({
      label: asks ? `${label}…` : label,
      icon,
      id: command,
    })),
  ];
  const standing = rotations.map((rotation) => standingWords(rotation, account, from));
  const placeHolder = standing.length === 0 ? 'Not known who is on call' : standing.join(' · ');
  await chooseAndRun(
    () => pickOne(entries, { title: 'On Call', placeHolder }),
    ({ id }) => vscode.commands.executeCommand(id),
  );
}

/** Who is signed in; where that cannot be found out, says so. */
async function who({
  account,
  clients,
  commands,
}: Pick<RotationCommandParts, 'clients' | 'account' | 'commands'>): Promise<Account | undefined> {
  if (account.current !== undefined) return account.current;
  const read = await clients.account();
  if (read.ok) return read.value;
  await commands.showFailure(read.failure, "Can't tell who you are");
  return undefined;
}

/** Who takes part in the schedule; where that cannot be read, those whom the timelines name. */
async function membersOf(
  parts: Pick<RotationCommandParts, 'clients' | 'store'>,
  rotation: Rotation,
): Promise<{ readonly people: readonly Person[]; readonly doubt: string | undefined }> {
  const read = await (await parts.clients.ops()).scheduleMembers(rotation.id);
  if (read.ok && read.value.length > 0) return { people: read.value, doubt: undefined };
  const named = known(parts).flatMap(({ shifts, current }) => [...current, ...shifts.flatMap(({ people }) => people)]);
  const people = [...new Map(named.map((person) => [person.accountId, person])).values()];
  const why = read.ok ? 'The schedule names nobody' : explain(read.failure).title;
  return { people, doubt: `${why}. Select a person of the timeline` };
}

function known({ store }: Pick<RotationCommandParts, 'store'>): readonly Rotation[] {
  return [...store.state(rotationsKey).records.values()];
}

/** The schedule of the row; without one a person picks. Says so when none is known. */
async function chooseRotation(
  parts: Pick<RotationCommandParts, 'store' | 'account' | 'clock'>,
  rows: Rows,
  candidates: readonly Rotation[],
  title: string,
): Promise<Rotation | undefined> {
  const { account, clock } = parts;
  const ofRow = rotationOfRow(parts, rows);
  if (ofRow === undefined && candidates.length === 0) showNoneKnown();
  return ofRow ?? pickRotation(candidates, account.current, viewpoint(clock), title);
}

function showNoneKnown(): void {
  warn('No schedule is known now: see the Week view for the reason.');
}

/** From here on, to the minute: what is shown is what is sent. */
function fromThisMinute({ clock }: Pick<RotationCommandParts, 'clock'>): ReturnType<typeof viewpoint> {
  const from = viewpoint(clock);
  return { ...from, now: toMinute(from.now) };
}

function rotationOfRow({ store }: Pick<RotationCommandParts, 'store'>, rows: Rows): Rotation | undefined {
  const record = rows[0]?.record;
  if (record === undefined) return undefined;
  const id = record.kind === 'rotation' ? record.key : spanOf(record)?.scheduleId;
  return id === undefined ? undefined : store.state(rotationsKey).records.get(id);
}

function shiftOfRow(parts: Pick<RotationCommandParts, 'store' | 'account' | 'clock'>, rows: Rows): Span | undefined {
  const record = rows[0]?.record;
  const span = record?.kind === 'shift' ? spanOf(record) : undefined;
  const rotation = rotationOfRow(parts, rows);
  const { account, clock } = parts;
  if (span === undefined || rotation === undefined || account.current === undefined) return undefined;
  const { mine } = holding(rotation, account.current, clock.now());
  return [mine.current, mine.next].find((turn) => turn?.start === span.start);
}

function standInOfRow(parts: Pick<RotationCommandParts, 'store'>, rows: Rows): Rotation['shifts'][number] | undefined {
  const record = rows[0]?.record;
  const span = record?.kind === 'override' ? spanOf(record) : undefined;
  return rotationOfRow(parts, rows)?.shifts.find(({ start, type }) => type === 'override' && start === span?.start);
}

/** Whether a stretch of the timeline comes of an override: hours and other overrides may cut pieces off. */
function isPartOf({ start, end, people }: Rotation['shifts'][number], override: Override): boolean {
  const [person] = people;
  return override.start < end && start < override.end && override.person?.accountId === person?.accountId;
}
