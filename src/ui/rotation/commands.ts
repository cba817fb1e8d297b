import * as vscode from 'vscode';
import type { Account, Override, Person, Rotation } from '../../domain/rotation/rotation.ts';
import { holding } from '../../domain/rotation/shift.ts';
import { rotationsKey } from '../../feeds/rotation/rotations.ts';
import { overrideItem } from '../../views/rotation/overrideQuestion.ts';
import { explain } from '../../views/kit/sentences.ts';
import { standingWords } from '../../views/rotation/statusBar.ts';
import { onCallUrl, spanOf } from '../../views/rotation/view.ts';
import type { Handlers, Invocation } from '../kit/commands.ts';
import type { Documents } from '../kit/documents.ts';
import type { Host } from '../kit/host.ts';
import { openPage } from '../kit/openPage.ts';
import { readOverrides, reviewAndCancel, reviewAndCreate, type OverrideParts } from './overrideSending.ts';
import { pickPeriod, pickPerson, pickRotation, pickUntil, takeable, toMinute } from './steps.ts';
import { viewpoint } from '../kit/viewpoint.ts';

export interface RotationCommandParts extends OverrideParts, Pick<Host, 'settings'> {
  readonly documents: Pick<Documents, 'open' | 'refresh'>;
}

/** The commands for schedules and their overrides. */
export function rotationCommands(context: RotationCommandParts): Handlers {
  const { settings, documents } = context;
  return {
    'drDre.rotation.open': () => openPage(onCallUrl(settings.current.atlassianSite.href, settings.current.team)),
    'drDre.rotation.showActions': () => showActions(context),
    'drDre.rotation.takePager': ({ rows }) => takePager(context, rows),
    'drDre.rotation.handOver': ({ rows }) => handOver(context, rows),
    'drDre.rotation.showOverrides': ({ rows }) => showOverrides(context, rows),
    'drDre.rotation.cancelOverride': ({ rows }) => showOverrides(context, rows),
    'drDre.rotation.notPaged': async () => {
      // One that is open is made anew.
      documents.refresh('notPaged');
      await documents.open('notPaged', 'Paging');
    },
  };
}

type Rows = Invocation['rows'];

async function takePager(context: RotationCommandParts, rows: Rows): Promise<void> {
  const title = 'Take the Pager';
  const account = await who(context);
  if (account === undefined) return;
  const from = fromThisMinute(context);
  const candidates = takeable(known(context), account, from.now);
  const rotation = await chooseRotation(context, rows, candidates, title);
  if (rotation === undefined) return;
  const until = await pickUntil(context, rotation, from, `${title}: ${rotation.name}`);
  if (until === undefined) return;
  await reviewAndCreate(context, rotation, { who: account, from: from.now, to: toMinute(until) }, account, title);
}

async function handOver(context: RotationCommandParts, rows: Rows): Promise<void> {
  const account = await who(context);
  if (account === undefined) return;
  const from = fromThisMinute(context);
  const rotation = await chooseRotation(context, rows, known(context), 'Hand Over');
  if (rotation === undefined) return;
  const title = `Hand Over: ${rotation.name}`;
  const period = shiftOfRow(context, rows) ?? (await pickPeriod(context, rotation, account, from, title));
  if (period === undefined) return;
  const { people, doubt } = await membersOf(context, rotation);
  const others = people.filter(({ accountId }) => accountId !== account.accountId);
  const person = await pickPerson(others, title, doubt ?? 'To whom?');
  if (person === undefined) return;
  const wish = { who: person, from: toMinute(Math.max(period.start, from.now)), to: toMinute(period.end) };
  await reviewAndCreate(context, rotation, wish, account, 'Hand Over');
}

async function showOverrides(context: RotationCommandParts, rows: Rows): Promise<void> {
  const from = viewpoint(context.clock);
  const ofRow = rotationOfRow(context, rows);
  const rotations = ofRow === undefined ? known(context) : [ofRow];
  if (rotations.length === 0) {
    tellNoneKnown();
    return;
  }
  const read = await Promise.all(
    rotations.map(async (rotation) => ({ rotation, ...(await readOverrides(context, rotation)) })),
  );
  const doubts = read.flatMap(({ rotation, overrides, doubts: each }) =>
    overrides === undefined
      ? [`The overrides of ${rotation.name} could not be read: ${each.join(' ')}`]
      : each.map((doubt) => `${rotation.name}: ${doubt}`),
  );
  if (doubts.length > 0) void vscode.window.showWarningMessage(doubts.join(' '));
  const all = read.flatMap(({ rotation, overrides = [] }) => overrides.map((override) => ({ rotation, override })));
  const wanted = standInOfRow(context, rows);
  const matching = all.filter(({ override }) => wanted === undefined || isPartOf(wanted, override));
  const [only] = matching;
  if (wanted !== undefined && matching.length === 1 && only !== undefined) {
    await reviewAndCancel(context, only.rotation, only.override);
    return;
  }
  if (matching.length === 0) {
    const none =
      wanted === undefined ? 'There is no override now, and none to come.' : 'This override is gone already.';
    if (doubts.length === 0) void vscode.window.showInformationMessage(none);
    return;
  }
  const items = matching.map(({ rotation, override }) => ({
    ...overrideItem(override, rotation, context.account.current, from),
    rotation,
    override,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Overrides',
    placeHolder: 'Choose one to cancel it. It asks before anything is sent.',
    matchOnDetail: true,
  });
  if (picked !== undefined) await reviewAndCancel(context, picked.rotation, picked.override);
}

async function showActions(context: RotationCommandParts): Promise<void> {
  const from = viewpoint(context.clock);
  const account = context.account.current;
  const { status } = context.store.state(rotationsKey);
  const commands: readonly (readonly [label: string, id: string])[] = [
    ...(status === 'notSignedIn' ? [['$(sign-in) Sign In…', 'drDre.signIn'] as const] : []),
    ['$(bell) Take the Pager…', 'drDre.rotation.takePager'],
    ['$(arrow-swap) Hand Over On-Call…', 'drDre.rotation.handOver'],
    ['$(list-unordered) Show Overrides…', 'drDre.rotation.showOverrides'],
    ['$(question) I Am Not Getting Paged', 'drDre.rotation.notPaged'],
    ['$(link-external) Open On-Call Page', 'drDre.rotation.open'],
  ];
  const standing = known(context).map((rotation) => standingWords(rotation, account, from));
  const items = commands.map(([label, id]) => ({ label, id }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'On Call',
    placeHolder: standing.length === 0 ? 'Not known who is on call' : standing.join(' · '),
  });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.id);
}

/** Who is signed in; where that cannot be found out, says so. */
async function who({ account, clients, commands }: RotationCommandParts): Promise<Account | undefined> {
  if (account.current !== undefined) return account.current;
  const read = await clients.account();
  if (read.ok) return read.value;
  await commands.tell(read.failure, 'It is not known who you are');
  return undefined;
}

/** Who takes part in the schedule; where that cannot be read, those whom the timelines name. */
async function membersOf(
  context: RotationCommandParts,
  rotation: Rotation,
): Promise<{ readonly people: readonly Person[]; readonly doubt: string | undefined }> {
  const read = await (await context.clients.ops()).scheduleMembers(rotation.id);
  if (read.ok && read.value.length > 0) return { people: read.value, doubt: undefined };
  const named = known(context).flatMap(({ shifts, current }) => [
    ...current,
    ...shifts.flatMap(({ people }) => people),
  ]);
  const people = [...new Map(named.map((person) => [person.accountId, person])).values()];
  const why = read.ok ? 'The schedule names nobody' : explain(read.failure).title;
  return { people, doubt: `${why}. These are the people of the timeline. To whom?` };
}

function known({ store }: RotationCommandParts): readonly Rotation[] {
  return [...store.state(rotationsKey).records.values()];
}

/** The schedule of the row; without one a person picks. Says so when none is known. */
async function chooseRotation(
  context: RotationCommandParts,
  rows: Rows,
  candidates: readonly Rotation[],
  title: string,
): Promise<Rotation | undefined> {
  const { account, clock } = context;
  const ofRow = rotationOfRow(context, rows);
  if (ofRow === undefined && candidates.length === 0) tellNoneKnown();
  return ofRow ?? pickRotation(candidates, account.current, viewpoint(clock), title);
}

function tellNoneKnown(): void {
  void vscode.window.showWarningMessage('No schedule is known now: see the Week view for the reason.');
}

/** From here on, to the minute: what is shown is what is sent. */
function fromThisMinute({ clock }: RotationCommandParts): ReturnType<typeof viewpoint> {
  const from = viewpoint(clock);
  return { ...from, now: toMinute(from.now) };
}

function rotationOfRow({ store }: RotationCommandParts, rows: Rows): Rotation | undefined {
  const record = rows[0]?.record;
  if (record === undefined) return undefined;
  const id = record.kind === 'rotation' ? record.key : spanOf(record)?.scheduleId;
  return id === undefined ? undefined : store.state(rotationsKey).records.get(id);
}

type Turn = { readonly start: number; readonly end: number };

function shiftOfRow(context: RotationCommandParts, rows: Rows): Turn | undefined {
  const record = rows[0]?.record;
  const span = record?.kind === 'shift' ? spanOf(record) : undefined;
  const rotation = rotationOfRow(context, rows);
  const { account, clock } = context;
  if (span === undefined || rotation === undefined || account.current === undefined) return undefined;
  const { mine } = holding(rotation, account.current, clock.now());
  return [mine.current, mine.next].find((turn) => turn?.start === span.start);
}

function standInOfRow(context: RotationCommandParts, rows: Rows): Rotation['shifts'][number] | undefined {
  const record = rows[0]?.record;
  const span = record?.kind === 'override' ? spanOf(record) : undefined;
  return rotationOfRow(context, rows)?.shifts.find(({ start, type }) => type === 'override' && start === span?.start);
}

/** Whether a stretch of the timeline comes of an override: hours and other overrides may cut pieces off. */
function isPartOf({ start, end, people }: Rotation['shifts'][number], override: Override): boolean {
  const [person] = people;
  return override.start < end && start < override.end && override.person?.accountId === person?.accountId;
}
