import * as vscode from 'vscode';
import { planOverride, type OverridePlan, type OverrideWish } from '../../domain/rotation/override.ts';
import type { Account, Override, Rotation } from '../../domain/rotation/rotation.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Clients } from '../../feeds/clients.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { createOverrideName, overrideData, type RotationWrites } from '../../feeds/rotation/writes.ts';
import { rotationsKey } from '../../feeds/rotation/rotations.ts';
import { ago } from '../../views/kit/format.ts';
import { cancelQuestion, createQuestion, type OverrideQuestion } from '../../views/rotation/overrideQuestion.ts';
import { explain } from '../../views/kit/sentences.ts';
import type { Host } from '../kit/host.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import { runWrites, type WriteTools } from '../writes/reports.ts';

export interface OverrideParts extends WriteTools, Pick<Host, 'clock' | 'drafts'> {
  readonly store: Store<Failure>;
  readonly clients: Pick<Clients, 'ops' | 'account'>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly writeKinds: () => Promise<{ readonly rotations: RotationWrites }>;
}

/** The overrides of a schedule, and what is not sure about them. */
export interface KnownOverrides {
  /** Undefined: they could not be read. */
  readonly overrides: readonly Override[] | undefined;
  readonly doubts: readonly string[];
}

/** Reads the overrides that run or come. */
export async function readOverrides({ clients }: OverrideParts, rotation: Rotation): Promise<KnownOverrides> {
  const read = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Reading overrides' },
    async () => (await clients.ops()).listOverrides(rotation.id),
  );
  if (!read.ok) return { overrides: undefined, doubts: [`${explain(read.failure).title}.`] };
  const { records, skipped, completeness } = read.value;
  const whole = skipped === 0 && completeness.kind === 'complete';
  return { overrides: records, doubts: whole ? [] : ['Some of the overrides could not be read.'] };
}

/** Shows all that an override would do, asks, and sends it. `verb` is what the button says. */
export async function reviewAndCreate(
  context: OverrideParts,
  rotation: Rotation,
  wish: OverrideWish,
  account: Account | undefined,
  verb: string,
): Promise<void> {
  const { clock, writeKinds } = context;
  const { overrides, doubts } = await readOverrides(context, rotation);
  const plan = (): OverridePlan => planOverride({ ...wish, rotation, overrides, now: clock.now() });
  const question = (): OverrideQuestion =>
    createQuestion(plan(), rotation, account, viewpoint(clock), [...doubts, ...ageDoubts(context)]);
  const asked = question();
  if (tellErrors(asked)) return;
  if (!(await confirm(asked, { title: verb }, { title: 'Cancel', isCloseAffordance: true }))) return;
  // The question may have stood for long: what was right then may lie in the past now.
  if (tellErrors(question())) return;
  context.drafts.handOver(createOverrideName, [rotation.id]);
  const data = overrideData({ person: wish.who, start: wish.from, end: wish.to, rotationIds: [] });
  await runWrites(context, (await writeKinds()).rotations.createOverride, [rotation.id], data);
}

/** Shows which override goes, asks, and takes it away. */
export async function reviewAndCancel(context: OverrideParts, rotation: Rotation, override: Override): Promise<void> {
  const { account, clock, writeKinds } = context;
  const question = cancelQuestion(override, rotation, account.current, viewpoint(clock));
  // VS Code's own "Cancel" would be read the wrong way round here.
  const keep = { title: 'Keep It', isCloseAffordance: true };
  if (!(await confirm(question, { title: 'Cancel the Override' }, keep))) return;
  const data = { ...overrideData(override), alias: override.alias };
  await runWrites(context, (await writeKinds()).rotations.cancelOverride, [rotation.id], data);
}

function ageDoubts({ store, clock }: OverrideParts): readonly string[] {
  const { status, asOf } = store.state(rotationsKey);
  if (status === 'fresh' || asOf === undefined) return [];
  return [`The schedule was last read ${ago(asOf, viewpoint(clock))}: it may have changed.`];
}

function tellErrors({ message, errors }: OverrideQuestion): boolean {
  if (errors.length === 0) return false;
  void vscode.window.showErrorMessage(`Nothing was sent. ${message}: ${errors.join(' ')}`);
  return true;
}

async function confirm(
  { message, detail, doubtful }: OverrideQuestion,
  yes: vscode.MessageItem,
  no: vscode.MessageItem,
): Promise<boolean> {
  const show = doubtful ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  return (await show(message, { modal: true, detail }, yes, no)) === yes;
}
