import type { Failure } from '../../domain/base/failure.ts';
import { fail, ok } from '../../domain/base/result.ts';
import type { Ticket, TicketLink, TicketStatus } from '../../domain/queue/ticket.ts';
import { readAnswer, readStatus, type NewLink } from './answers.ts';
import type { TicketVerbWrite } from './verb.ts';
import { restoreDescription } from './written.ts';

// What only takes verbs back: it is not offered by itself, as what it needs is read when it is sent.

/** A write that is sent for Undo alone. */
export interface TicketUndoing<P> {
  /** Checks what comes from the disk. */
  readonly readPayload: (value: unknown) => P | undefined;
  readonly write: TicketVerbWrite<P>;
}

/** Takes a ticket back to the status that it had, by a step whose screen requires nothing. */
const moveBack: TicketUndoing<TicketStatus> = {
  readPayload: readStatus,
  write: {
    title: 'move back',
    doing: 'moving back',
    past: { before: 'Moved back', after: 'has its former status' },
    permission: 'Transition Issues',
    replaces: statusName,
    needs: { retry: 'steps' },
    apply: (ticket, status) => ({ ...ticket, status }),
    shown: ({ status }, { id }) => status.id === id,
    async send(jira, key, status, { reread }) {
      const steps = reread?.steps === undefined ? await jira.transitions(key) : ok(reread.steps);
      if (!steps.ok) return steps;
      if (steps.value.length === 0) {
        return fail(cannot(notLet('take no step of the workflow with it', 'Transition Issues')));
      }
      const step = steps.value.find(
        ({ to, fields }) => to.id === status.id && !fields.some(({ required }) => required),
      );
      if (step === undefined) {
        return fail(cannot(`the workflow has no step back to “${status.name}” that requires no field`));
      }
      const sent = await jira.transition(key, { id: step.id, fields: {}, comment: null });
      // With the steps these are two requests already: Jira's answer is taken for what it says.
      return sent.ok ? ok('done') : sent;
    },
  },
};

/** Marks a ticket as blocked again, without another reason. */
const blockAgain: TicketUndoing<null> = {
  readPayload: readAnswer.nothing,
  write: {
    title: 'mark as blocked again',
    doing: 'marking as blocked',
    past: { before: 'Marked as blocked again:', after: 'was marked as blocked again' },
    permission: 'Edit Issues',
    repeatable: true,
    replaces: flagWords,
    needs: { retry: 'editable' },
    apply: (ticket) => ({ ...ticket, flagged: true }),
    shown: ({ flagged }) => flagged === true,
    async send(jira, key, _payload, { reread }) {
      const [flag, fields] = await Promise.all([
        jira.flagField(),
        reread?.editable === undefined ? jira.editableFields(key) : ok(reread.editable),
      ]);
      if (!fields.ok) return fields;
      const option = fields.value.find(({ id }) => id === flag)?.choices[0];
      if (fields.value.length === 0) return fail(cannot(notLet('change nothing of it', 'Edit Issues')));
      if (option === undefined) return fail(cannot('the screen of the ticket does not have the field “Flagged”'));
      return jira.edit(key, { flag: option.id });
    },
  },
};

/** Takes a link away. */
const unlink: TicketUndoing<NewLink> = {
  readPayload: readAnswer.link,
  write: {
    title: 'unlink',
    doing: 'unlinking',
    past: { before: 'Unlinked', after: 'is not linked any more' },
    permission: 'Link Issues',
    repeatable: true,
    independent: true,
    apply: (ticket, link) => ({
      ...ticket,
      links: ticket.links.filter((each) => !isSameLink(each, link)),
      blockedBy: ticket.blockedBy.filter((each) => !isSameLink(each, link)),
    }),
    shown: ({ links }, link) => !links.some((each) => isSameLink(each, link)),
    async send(jira, key, { key: other, relation }) {
      const sent = await jira.removeLink(key, relation, other);
      return sent.ok ? ok('done') : sent;
    },
  },
};

/** By the last part of the names of their writes. */
export const ticketUndoings = {
  moveBack,
  blockAgain,
  unlink,
  restoreDescription: { readPayload: readAnswer.description, write: restoreDescription },
};

/** The status of a ticket, as Jira names it. */
export function statusName({ status }: Ticket): string {
  return status.name;
}

/** Whether a ticket is flagged, in words. */
export function flagWords({ flagged }: Ticket): string {
  if (flagged === undefined) return 'not known';
  return flagged ? 'blocked' : 'not blocked';
}

/** Whether a ticket has a link: the same words to the same ticket. */
export function isSameLink(
  { relation, key }: Pick<TicketLink, 'relation' | 'key'>,
  wanted: Pick<NewLink, 'relation' | 'key'>,
): boolean {
  return relation === wanted.relation && key === wanted.key;
}

/** The link is taken back only where it was not there before. */
export function undoLink(
  { links }: Ticket,
  link: NewLink,
): { readonly verb: 'unlink'; readonly payload: NewLink } | undefined {
  return links.some((each) => isSameLink(each, link)) ? undefined : { verb: 'unlink', payload: link };
}

/** Jira offers nothing to somebody without the permission, and does not say so. */
function notLet(what: string, permission: string): string {
  return `Jira lets you ${what}: it takes the permission “${permission}”`;
}

function cannot(detail: string): Failure {
  return { kind: 'rejected', service: 'jira', operation: 'undo', detail };
}
