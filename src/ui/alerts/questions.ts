import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import { priorities, type Alert, type Priority } from '../../domain/alerts/alert.ts';
import { rotationOf, type Person } from '../../domain/rotation/rotation.ts';
import { checkSnooze, parseSnooze, type Snooze, type SnoozeContext } from '../../domain/alerts/snooze.ts';
import { peopleOf } from '../../domain/rotation/team.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Clients } from '../../feeds/clients.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import type { DraftKey } from '../../engine/disk/drafts.ts';
import {
  tagsIn,
  type AlertAnswers,
  type Assignee,
  type Promotion,
  type AlertAnswerName,
} from '../../feeds/alerts/answers.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import { snoozedUntil, snoozeErrorWords, snoozeItems } from '../../views/alerts/snoozeWords.ts';
import { counted, grouped } from '../../views/kit/format.ts';
import { priorityNames } from '../../views/alerts/priorityNames.ts';
import type { Commands } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { inform, warn } from '../kit/messages.ts';
import { pickOne, pickSeveral, type PickEntry } from '../kit/picks.ts';
import { progressInView } from '../kit/progress.ts';
import { askTyped } from '../kit/typedQuestion.ts';
import { viewpoint } from '../kit/viewpoint.ts';

export interface AlertQuestionParts extends Pick<Host, 'clock' | 'log' | 'drafts' | 'settings'> {
  readonly store: Store<Failure>;
  readonly clients: Pick<Clients, 'ops'>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly commands: Pick<Commands, 'showFailure'>;
}

/** The service takes no longer notes (atlassian.md 2.4). */
const longestNote = 25_000;

/** What a question is for: the alerts, and the kind of write that carries the answer. */
export interface AlertPurpose {
  readonly title: string;
  readonly kind: { readonly name: string };
  readonly alerts: readonly Alert[];
}

/** Asks a question. The answer is undefined when the person cancels. */
type Ask<Q extends AlertAnswerName> = (
  parts: AlertQuestionParts,
  purpose: AlertPurpose,
) => Promise<AlertAnswers[Q] | undefined>;

/** How each of the questions is asked that verbs of alerts have. */
export const questions: { readonly [Q in AlertAnswerName]: Ask<Q> } = {
  nothing: () => Promise.resolve(null),
  note: async (parts, purpose) => {
    const text = await askNote(parts, purpose);
    return text === undefined ? undefined : { text };
  },
  snoozeEnd: askSnooze,
  assignee: (parts, { title }) => askAssignee(parts, title),
  escalation: (parts, { title }) => askEscalation(parts, title),
  newTags: async (parts, purpose) => {
    const tags = await askNewTags(parts, purpose);
    return tags === undefined ? undefined : { tags };
  },
  ownTags: async (_parts, { title, alerts }) => {
    const tags = await askOwnTags(title, alerts);
    return tags === undefined ? undefined : { tags };
  },
  priority: async (_parts, { title, alerts }) => {
    const priority = await askPriority(title, alerts);
    return priority === undefined ? undefined : { priority };
  },
};

/** Asks for the text of a note. */
async function askNote(parts: AlertQuestionParts, purpose: AlertPurpose): Promise<string | undefined> {
  return askText(parts, purpose, 'What is known, what was tried, who has it.', (text) =>
    text.length > longestNote ? `At most ${grouped(longestNote)} characters.` : undefined,
  );
}

/** Asks for tags to add. */
async function askNewTags(parts: AlertQuestionParts, purpose: AlertPurpose): Promise<readonly string[] | undefined> {
  const text = await askText(parts, purpose, 'Several are separated by commas.', (typed) =>
    tagsIn(typed).length === 0 ? 'There is no tag in it.' : undefined,
  );
  return text === undefined ? undefined : tagsIn(text);
}

/** Asks for some of the tags that alerts have. */
async function askOwnTags(title: string, alerts: readonly Alert[]): Promise<readonly string[] | undefined> {
  const tags = [...new Set(alerts.flatMap((alert) => alert.tags))].sort((a, b) => a.localeCompare(b));
  const items = tags.map((label) => ({
    label,
    description:
      alerts.length === 1 ? '' : counted(alerts.filter((alert) => alert.tags.includes(label)).length, 'alert'),
  }));
  const picked = await pickSeveral(items, { title, placeHolder: 'Select tags', ignoreFocusOut: true });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ label }) => label);
}

async function askPriority(title: string, alerts: readonly Alert[]): Promise<Priority | undefined> {
  const items = priorities.map((priority) => ({
    label: `${priority} ${priorityNames[priority]}`,
    description: alerts.every((alert) => priorityWord(alert) === priority) ? 'now' : '',
    priority,
  }));
  return (await pickOne(items, { title, placeHolder: 'New priority', ignoreFocusOut: true }))?.priority;
}

/** Asks until when to snooze. Never an instant that has passed while the list was open. */
async function askSnooze(parts: AlertQuestionParts, purpose: AlertPurpose): Promise<Snooze | undefined> {
  const { title } = purpose;
  const now = (): SnoozeContext => snoozeContext(parts);
  const chosen: PickEntry = { label: 'At a chosen time…', icon: 'calendar' };
  const entries: readonly PickEntry[] = [...snoozeItems(now()), chosen];
  const picked = await pickOne(entries, {
    title,
    placeHolder: 'Select for how long',
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  if (picked === chosen) return askInstant(parts, purpose, now);
  // Half an hour from now, not from when the list was opened.
  const snooze = snoozeItems(now()).find(({ label }) => label === picked.label)?.snooze;
  if (snooze !== undefined && checkSnooze(snooze.until, parts.clock.now()).ok) return snooze;
  warn(snoozeErrorWords('past'));
  return undefined;
}

async function askInstant(
  parts: Pick<AlertQuestionParts, 'clock' | 'drafts'>,
  purpose: AlertPurpose,
  now: () => SnoozeContext,
): Promise<Snooze | undefined> {
  const text = await askTyped(parts, draftKeyOf(purpose), {
    title: purpose.title,
    prompt: 'Until when? For example: 14:30, tomorrow 9:00, mon 9:00, 45m, 3h.',
    check: (typed) => {
      if (typed.trim() === '') return undefined;
      const read = parseSnooze(typed, now());
      return read.ok ? { note: snoozedUntil(read.until, now()) } : snoozeErrorWords(read.error);
    },
  });
  if (text === undefined || text.trim() === '') return undefined;
  const read = parseSnooze(text, now());
  if (!read.ok) {
    warn(snoozeErrorWords(read.error));
    return undefined;
  }
  handOver(parts, purpose);
  const { until, forMs } = read;
  return forMs === undefined ? { until } : { until, forMs };
}

function snoozeContext({ clock, store }: Pick<AlertQuestionParts, 'store' | 'clock'>): SnoozeContext {
  const hours = rotationOf(store.state(rotationsKey).records.values(), 'alerts');
  return { ...viewpoint(clock), hours };
}

/** Asks who is to own alerts: the person signed in is first in the list, then the members of the schedules. */
async function askAssignee(
  parts: Pick<AlertQuestionParts, 'store' | 'clients' | 'account' | 'log'>,
  title: string,
): Promise<Assignee | undefined> {
  const me = parts.account.current;
  const items = readMembers(parts).then((people) =>
    [...(me === undefined ? [] : [me]), ...people.filter(({ accountId }) => accountId !== me?.accountId)].map(
      ({ accountId, name }) => ({
        label: name ?? accountId,
        description: accountId === me?.accountId ? 'you' : '',
        accountId,
      }),
    ),
  );
  const picked = await pickOne(items, { title, placeHolder: 'Select an owner', ignoreFocusOut: true });
  return picked === undefined ? undefined : { accountId: picked.accountId, name: picked.label };
}

/** The members of the schedules by name. Where they cannot be read, the people whom the shifts name. */
async function readMembers({
  store,
  clients,
  log,
}: Pick<AlertQuestionParts, 'store' | 'clients' | 'log'>): Promise<readonly Person[]> {
  const rotations = [...store.state(rotationsKey).records.values()];
  const ops = await clients.ops();
  const people = new Map(peopleOf(rotations).map((person) => [person.accountId, person]));
  for (const read of await Promise.all(rotations.map(({ id }) => ops.scheduleMembers(id)))) {
    if (read.ok) for (const person of read.value) people.set(person.accountId, person);
    else log.warn('alerts', `the members of a schedule were not read: ${read.failure.kind}`);
  }
  return [...people.values()].sort((one, other) => (one.name ?? '~').localeCompare(other.name ?? '~'));
}

/** Asks which escalation pages. */
async function askEscalation(
  parts: Pick<AlertQuestionParts, 'clients' | 'commands' | 'settings'>,
  title: string,
): Promise<Promotion | undefined> {
  const { clients, settings, commands } = parts;
  const reading = clients.ops().then((ops) => ops.listEscalations(settings.current.team));
  const read = await progressInView('drDre.alerts', () => reading);
  if (!read.ok) {
    await commands.showFailure(read.failure, title);
    return undefined;
  }
  const items = read.value.records.map(({ id, name }) => ({ label: name, escalationId: id }));
  if (items.length === 0) {
    inform('The team has no escalation that you may see.');
    return undefined;
  }
  const options = { title, placeHolder: 'Select an escalation. Its next rule pages.', ignoreFocusOut: true };
  const picked = await pickOne(items, options);
  return picked === undefined ? undefined : { escalationId: picked.escalationId, name: picked.label };
}

async function askText(
  parts: Pick<AlertQuestionParts, 'clock' | 'drafts'>,
  purpose: AlertPurpose,
  prompt: string,
  problem: (text: string) => string | undefined,
): Promise<string | undefined> {
  const check = (typed: string): string | undefined => (typed.trim() === '' ? undefined : problem(typed));
  const text = await askTyped(parts, draftKeyOf(purpose), { title: purpose.title, prompt, check });
  if (text === undefined || text.trim() === '') return undefined;
  handOver(parts, purpose);
  return text;
}

function draftKeyOf({ kind, alerts }: AlertPurpose): DraftKey {
  return { kind: kind.name, records: alerts.map(({ id }) => id) };
}

/** What was typed is in the writes from here on. */
function handOver({ drafts }: Pick<AlertQuestionParts, 'drafts'>, purpose: AlertPurpose): void {
  const { kind, records } = draftKeyOf(purpose);
  drafts.handOver(kind, records);
}
