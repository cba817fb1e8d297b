import { isDocument } from './adf.ts';
import { type Call, type Caller, type Fields, Refusal, type Reply } from './http.ts';
import type { Switches } from './switches.ts';

// Errors and paging of Jira (atlassian.md 3.1).

export function jiraError(status: number, messages: readonly string[], errors: Fields = {}): Refusal {
  return new Refusal({ status, body: { errorMessages: messages, errors } });
}

export const hidden = 'Issue does not exist or you do not have permission to see it.';

/** 401 as the site words it (3.1). */
export function unauthorized(switches: Switches): Reply {
  const message = 'Client must be authenticated to access this resource.';
  return switches.unauthorizedForm === 'text'
    ? { status: 401, text: message, type: 'text/plain; charset=utf-8' }
    : { status: 401, body: { errorMessages: [message], errors: {} } };
}

/** The person who calls; nobody may not. */
export function required(call: Call, switches: Switches): Caller {
  if (call.caller === undefined) throw new Refusal(unauthorized(switches));
  return call.caller;
}

/** `startAt` and `maxResults`; out of bounds is cut, as Jira does. */
export function page(call: Call, standard: number, most: number): { startAt: number; maxResults: number } {
  const whole = (name: string, otherwise: number): number => {
    const text = call.query.get(name);
    if (text === null) return otherwise;
    if (!/^\d+$/.test(text)) throw jiraError(400, [`The value '${text}' of ${name} is not a number.`]);
    return Number(text);
  };
  return { startAt: whole('startAt', 0), maxResults: Math.min(most, whole('maxResults', standard)) };
}

export function document(value: unknown, field: string): Fields {
  if (field === 'comment' && !isDocument(value)) throw jiraError(400, [], { comment: 'Comment body is not valid!' });
  if (!isDocument(value)) {
    const problem =
      typeof value === 'string'
        ? 'Operation value must be an Atlassian Document (see the Atlassian Document Format)'
        : 'Document is not valid';
    throw jiraError(400, [], { [field]: problem });
  }
  return value as Fields;
}

/** Lists in the query: `fields=a,b` and `fields=a&fields=b`. */
export function listIn(call: Call, name: string): string[] {
  return call.query.getAll(name).flatMap((each) => each.split(',').filter((part) => part !== ''));
}
