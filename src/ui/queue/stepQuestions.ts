import { adfOfText } from '../../domain/documents/adf/ofText.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { fail, ok, type Result } from '../../domain/base/result.ts';
import { parseDay } from '../../domain/queue/dueDay.ts';
import type { ScreenField, Transition } from '../../domain/queue/screen.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Blocking, WorkflowStep } from '../../feeds/queue/answers.ts';
import type { Clients } from '../../feeds/clients.ts';
import { ticketUrl } from '../../views/queue/view.ts';
import { noDay } from '../../views/queue/words.ts';
import { openPages } from '../kit/linkedRows.ts';
import { showMessage, warn } from '../kit/messages.ts';
import { pickOne, pickSeveral } from '../kit/picks.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import { askText, handOver, read, type TicketPurpose, type TicketQuestionParts } from './purpose.ts';

/** Asks which step of the workflow is taken, and what its screen requires. Those that close a ticket are last in the list. */
export async function askStep(parts: TicketQuestionParts, purpose: TicketPurpose): Promise<WorkflowStep | undefined> {
  const { title, tickets } = purpose;
  const steps = await read(parts, purpose, async () => commonSteps(await parts.clients.jira(), tickets));
  if (steps === undefined) return undefined;
  if (steps.length === 0) {
    warn(
      tickets.length === 1
        ? 'Jira lets you take no step of the workflow with this ticket: it takes the permission “Transition Issues”.'
        : 'There is no step of the workflow that Jira lets you take with all of these tickets.',
    );
    return undefined;
  }
  const items = steps.map((step) => ({
    label: step.name,
    description: step.name === step.to.name ? '' : `to ${step.to.name}`,
    step,
  }));
  items.sort((one, other) => Number(isClosing(one.step)) - Number(isClosing(other.step)));
  const options = { title, placeHolder: purpose.asking('Select a step'), ignoreFocusOut: true };
  const step = (await pickOne(items, options))?.step;
  if (step === undefined) return undefined;
  const filled = await fillScreen(parts, { ...purpose, title: `${title}: ${step.name}` }, step);
  if (filled === undefined) return undefined;
  handOver(parts, purpose);
  return { transitionId: step.id, to: step.to, ...filled };
}

function isClosing({ to }: Transition): boolean {
  return to.category === 'done';
}

/** The steps that can be taken with all of these tickets. Tickets of one status have the same ones: one of each is read. */
async function commonSteps(
  jira: Awaited<ReturnType<Clients['jira']>>,
  tickets: readonly Ticket[],
): Promise<Result<readonly Transition[], Failure>> {
  const one = new Map(tickets.map((ticket) => [`${ticket.type}/${ticket.status.id}`, ticket]));
  const reads = await Promise.all([...one.values()].map(({ key }) => jira.transitions(key)));
  const failed = reads.find((each) => !each.ok);
  if (failed?.ok === false) return fail(failed.failure);
  const [first = [], ...others] = reads.flatMap((each) => (each.ok ? [each.value] : []));
  const isIn = (steps: readonly Transition[], { id, to }: Transition): boolean =>
    steps.some((each) => each.id === id && each.to.id === to.id);
  return ok(first.filter((step) => others.every((steps) => isIn(steps, step))));
}

/** The id of the field that says why a ticket is done. It is asked for wherever a screen has it. */
const resolution = 'resolution';

/** Asks for what the screen of a step needs; undefined when the person cancels, or it can be filled in Jira alone. */
async function fillScreen(
  parts: TicketQuestionParts,
  purpose: TicketPurpose,
  step: Transition,
): Promise<Pick<WorkflowStep, 'fields' | 'comment'> | undefined> {
  const fields: Record<string, unknown> = {};
  let comment: string | null = null;
  for (const field of step.fields) {
    if (!field.required && field.id !== resolution) continue;
    const value = await fillField(parts, purpose, field);
    if (value === undefined) return undefined;
    if (value === 'asItIs') continue;
    if (field.form === 'comment') comment = typeof value.value === 'string' ? value.value : null;
    else fields[field.id] = value.value;
  }
  return { fields, comment };
}

/** What a person gives for a field, as Jira takes it; undefined when they cancel. */
export type FieldAnswer = { readonly value: unknown } | 'asItIs' | undefined;

/** Asks for the value of a field by its form. */
export async function fillField(
  parts: Pick<TicketQuestionParts, 'clock' | 'settings' | 'drafts'>,
  purpose: TicketPurpose,
  field: ScreenField,
): Promise<FieldAnswer> {
  const { id, name, form } = field;
  const typed = (check?: (text: string) => string | undefined): Promise<string | undefined> =>
    askText(parts, purpose, { prompt: `${name}?`, field: id, check });
  const given = (value: unknown): FieldAnswer => (value === undefined ? undefined : { value });
  switch (form) {
    case 'choice':
    case 'choices':
      return chooseValue(purpose, field);
    case 'text':
    case 'comment':
      return given(await typed());
    case 'richText': {
      const text = await typed();
      return given(text === undefined ? undefined : adfOfText(text));
    }
    case 'number': {
      const text = await typed((each) => (Number.isFinite(Number(each)) ? undefined : 'Not a number.'));
      return given(text === undefined ? undefined : Number(text));
    }
    case 'day': {
      const text = await typed((each) => (parseDay(each, viewpoint(parts.clock)) === undefined ? noDay : undefined));
      return given(text === undefined ? undefined : parseDay(text, viewpoint(parts.clock)));
    }
    case 'other': {
      const [ticket] = purpose.tickets;
      const said = `This step requires “${name}”, which can only be filled in Jira.`;
      const choice = await showMessage('warning', said, 'Open in Jira');
      if (choice === undefined || ticket === undefined) return undefined;
      await openPages([ticketUrl(parts.settings.current.atlassianSite.href, ticket.key)]);
      return undefined;
    }
  }
}

async function chooseValue(
  purpose: TicketPurpose,
  { id, name, form, required, choices }: ScreenField,
): Promise<FieldAnswer> {
  const options = { title: purpose.title, placeHolder: purpose.asking(`Select ${name}`, id), ignoreFocusOut: true };
  const items = choices.map((choice) => ({ label: choice.name, choice }));
  if (form === 'choices') {
    const picked = await pickSeveral(items, options);
    if (picked === undefined || picked.length === 0) return undefined;
    return { value: picked.map(({ choice }) => ({ id: choice.id })) };
  }
  const asItIs = { label: 'Leave as It Is', choice: undefined };
  const picked = await pickOne([...items, ...(required ? [] : [asItIs])], options);
  if (picked === undefined) return undefined;
  return picked.choice === undefined ? 'asItIs' : { value: { id: picked.choice.id } };
}

/** Asks why tickets are blocked. */
export async function askReason(
  parts: Pick<TicketQuestionParts, 'clients' | 'commands' | 'clock' | 'settings' | 'drafts'>,
  purpose: TicketPurpose,
): Promise<Blocking | undefined> {
  const [first] = purpose.tickets;
  if (first === undefined) return undefined;
  const jira = await parts.clients.jira();
  const flag = await jira.flagField();
  const fields = await read(parts, purpose, () => jira.editableFields(first.key));
  if (fields === undefined) return undefined;
  // The name of the option differs by the language of the site (atlassian.md 3.7).
  const [option] = fields.find(({ id }) => id === flag)?.choices ?? [];
  if (option === undefined) {
    warn(
      `Jira does not let you flag ${first.key}: it takes the permission “Edit Issues”, and the field “Flagged” on the screen of the project.`,
    );
    return undefined;
  }
  const reason = await askText(parts, purpose, { prompt: 'Why is it blocked, and on whom or what does it wait?' });
  if (reason === undefined) return undefined;
  handOver(parts, purpose);
  return { reason, option: option.id };
}
