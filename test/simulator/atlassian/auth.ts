import { people, tokens } from '../world.ts';
import type { Caller } from './http.ts';

// Who calls, and what the token lets them do (atlassian.md 1.1, 1.3).

export type Identity = { readonly kind: 'known'; readonly caller: Caller } | { readonly kind: 'missing' | 'bad' };

/** Reads the `Authorization` header. Only Basic with the e-mail of a person and a token that is not expired is good. */
export function identify(header: string | undefined): Identity {
  if (header === undefined) return { kind: 'missing' };
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header)?.[1];
  if (encoded === undefined) return { kind: 'bad' };
  const [email = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  const person = people.find((each) => each.email === email.toLowerCase());
  const token = kindOf(rest.join(':'));
  return person === undefined || token === undefined ? { kind: 'bad' } : { kind: 'known', caller: { person, token } };
}

function kindOf(token: string): Caller['token'] | undefined {
  switch (token) {
    case tokens.atlassian.classic:
      return 'classic';
    case tokens.atlassian.scoped:
      return 'scoped';
    case tokens.atlassian.noOps:
      return 'noOps';
    default:
      return undefined;
  }
}

/** The scopes that an operation of the alert operations API needs, all of them. */
export function opsScopes(method: string, path: string): string[] {
  const subject = path.startsWith('/alerts') ? 'alert' : 'config';
  const scope = (verb: string): string => `${verb}:ops-${subject}:jira-service-management`;
  if (method === 'DELETE') return [scope('read'), scope('delete')];
  const reads = method === 'GET' && !path.endsWith('/heartbeats/ping');
  return reads ? [scope('read')] : [scope('read'), scope('write')];
}

/** The classic scope that an operation of Jira needs. */
export function jiraScopes(method: string, path: string): string[] {
  if (path === '/myself' || path.startsWith('/user/')) return ['read:jira-user'];
  const reads = method === 'GET' || path.startsWith('/search/') || path === '/issue/bulkfetch';
  return [reads ? 'read:jira-work' : 'write:jira-work'];
}
