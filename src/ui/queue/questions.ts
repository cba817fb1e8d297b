import { dayAhead, parseDay } from '../../domain/queue/dueDay.ts';
import { longestSummary } from '../../domain/queue/newTicket.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import {
  labelsIn,
  type TicketAnswers,
  type NewAssignee,
  type NewDueDate,
  type TicketAnswerName,
} from '../../feeds/queue/answers.ts';
import { dueText, noDay } from '../../views/queue/words.ts';
import { counted } from '../../views/kit/format.ts';
import { warn } from '../kit/messages.ts';
import { pickOne, pickSeveral, type PickEntry } from '../kit/picks.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import { askEpic, askLink, askProposal } from './linkQuestions.ts';
import { askText, handOver, read, type TicketPurpose, type TicketQuestionParts } from './purpose.ts';
import { askReason, askStep } from './stepQuestions.ts';
import { openComment, openDescription, type WrittenParts } from './written.ts';

type AskingParts = TicketQuestionParts & Pick<WrittenParts, 'ticketDrafts'>;

/** Asks a question. The answer is undefined when the person cancels. */
type Ask<Q extends TicketAnswerName> = (
  parts: AskingParts,
  purpose: TicketPurpose,
) => Promise<TicketAnswers[Q] | undefined>;

/** How each of the questions is asked that verbs of tickets have. */
export const questions: { readonly [Q in TicketAnswerName]: Ask<Q> } = {
  nothing: () => Promise.resolve(null),
  me: whoAmI,
  assignee: askAssignee,
  priority: askPriority,
  newLabels: async (parts, purpose) => {
    const text = await askText(parts, purpose, {
      prompt: 'Several are separated by spaces or commas.',
      check: (typed) => (labelsIn(typed).length === 0 ? 'There is no label in it.' : undefined),
    });
    if (text === undefined) return undefined;
    handOver(parts, purpose);
    return { labels: labelsIn(text) };
  },
  ownLabels: (_parts, purpose) => askOwnLabels(purpose),
  dueDate: askDueDate,
  summary: async (parts, purpose) => {
    const [ticket] = purpose.tickets;
    const text = await askText(parts, purpose, {
      prompt: 'The summary, in one line.',
      value: purpose.tickets.length === 1 ? ticket?.summary : undefined,
      check: (typed) => (typed.length > longestSummary ? `At most ${longestSummary} characters.` : undefined),
    });
    if (text === undefined) return undefined;
    handOver(parts, purpose);
    return { summary: text.trim() };
  },
  step: askStep,
  reason: askReason,
  link: askLink,
  proposal: askProposal,
  comment: openComment,
  description: openDescription,
  epic: askEpic,
};

async function whoAmI({
  account,
  clients,
  commands,
}: Pick<TicketQuestionParts, 'clients' | 'account' | 'commands'>): Promise<NewAssignee | undefined> {
  const me = account.current;
  if (me !== undefined) return { accountId: me.accountId, name: me.name };
  const found = await clients.account();
  if (found.ok) return { accountId: found.value.accountId, name: found.value.name };
  await commands.showFailure(found.failure, "Can't tell who you are");
  return undefined;
}

/** Asks who is to have tickets: the person signed in is first in the list, then those to whom Jira lets them be assigned. */
async function askAssignee(
  parts: Pick<TicketQuestionParts, 'clients' | 'account' | 'commands'>,
  purpose: TicketPurpose,
): Promise<NewAssignee | undefined> {
  const { account, clients } = parts;
  const [first] = purpose.tickets;
  if (first === undefined) return undefined;
  const people = await read(parts, purpose, async () => (await clients.jira()).assignablePeople(first.key));
  if (people === undefined) return undefined;
  const me = account.current;
  const others = people.filter(({ accountId }) => accountId !== me?.accountId);
  const sorted = others.toSorted((one, other) => one.name.localeCompare(other.name));
  const items: readonly (PickEntry & { readonly to: NewAssignee })[] = [
    ...(me === undefined
      ? []
      : [{ label: me.name, description: 'you', to: { accountId: me.accountId, name: me.name } }]),
    ...sorted.map(({ accountId, name }) => ({ label: name, to: { accountId, name } })),
    { label: 'Nobody', to: { accountId: null, name: null } },
  ];
  const options = { title: purpose.title, placeHolder: purpose.asking('Select an assignee'), ignoreFocusOut: true };
  return (await pickOne(items, options))?.to;
}

async function askPriority(
  parts: Pick<TicketQuestionParts, 'clients' | 'commands'>,
  purpose: TicketPurpose,
): Promise<TicketAnswers['priority'] | undefined> {
  const [first] = purpose.tickets;
  if (first === undefined) return undefined;
  const fields = await read(parts, purpose, async () => (await parts.clients.jira()).editableFields(first.key));
  if (fields === undefined) return undefined;
  const choices = fields.find(({ id }) => id === 'priority')?.choices ?? [];
  if (choices.length === 0) {
    warn(notEditable(first, 'the priority'));
    return undefined;
  }
  const items = choices.map(({ name }) => ({
    label: name,
    description: purpose.tickets.every(({ priority }) => priority === name) ? 'now' : '',
  }));
  const options = { title: purpose.title, placeHolder: purpose.asking('New priority'), ignoreFocusOut: true };
  const picked = await pickOne(items, options);
  return picked === undefined ? undefined : { name: picked.label };
}

/** What is said where Jira lets a field of a ticket not be changed. */
function notEditable({ key }: Ticket, what: string): string {
  return `Jira does not let you change ${what} of ${key}: it takes the permission “Edit Issues”, and a screen that has the field.`;
}

/** Asks for some of the labels that tickets have. */
async function askOwnLabels({
  title,
  tickets,
  asking,
}: TicketPurpose): Promise<TicketAnswers['ownLabels'] | undefined> {
  const labels = [...new Set(tickets.flatMap((ticket) => ticket.labels))].sort((a, b) => a.localeCompare(b));
  const items = labels.map((label) => ({
    label,
    description:
      tickets.length === 1 ? '' : counted(tickets.filter((ticket) => ticket.labels.includes(label)).length, 'ticket'),
  }));
  const picked = await pickSeveral(items, { title, placeHolder: asking('Select labels'), ignoreFocusOut: true });
  return picked === undefined || picked.length === 0 ? undefined : { labels: picked.map(({ label }) => label) };
}

/** Asks for a day on the calendar of the person. */
async function askDueDate(
  parts: Pick<TicketQuestionParts, 'clock' | 'settings' | 'drafts'>,
  purpose: TicketPurpose,
): Promise<NewDueDate | undefined> {
  const from = viewpoint(parts.clock);
  const ahead = (label: string, days: number): PickEntry & NewDueDate => {
    const due = dayAhead(days, from);
    return { label, description: dueText(due), due };
  };
  const chosen: PickEntry = { label: 'On a chosen day…', icon: 'calendar' };
  const hasOne = purpose.tickets.some(({ due }) => due !== undefined);
  const items: readonly (PickEntry & Partial<NewDueDate>)[] = [
    ahead('Today', 0),
    ahead('Tomorrow', 1),
    ahead('In a week', 7),
    chosen,
    ...(hasOne ? [{ label: 'Never', description: 'no due date', due: null }] : []),
  ];
  const options = { title: purpose.title, placeHolder: purpose.asking('Select a due date'), ignoreFocusOut: true };
  const picked = await pickOne(items, options);
  if (picked === undefined) return undefined;
  if (picked.due !== undefined) return { due: picked.due };
  const typed = await askText(parts, purpose, {
    prompt: 'Which day? For example: 2026-09-01, tomorrow, mon, 3d, 2w.',
    check: (text) => {
      const due = parseDay(text, viewpoint(parts.clock));
      return due === undefined ? noDay : { note: dueText(due) };
    },
  });
  const due = typed === undefined ? undefined : parseDay(typed, viewpoint(parts.clock));
  if (due === undefined) return undefined;
  handOver(parts, purpose);
  return { due };
}
