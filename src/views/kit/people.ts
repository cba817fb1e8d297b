import type { Account } from '../../domain/base/account.ts';
import { shorten } from './format.ts';

/** Longer ones leave no room for other facts. */
const longestFirstName = 8;

/** Somebody as a row names them: "you", or the first name with so many letters. The hover has the whole name. */
export function rowName(name: string, account: Account | undefined, longest = longestFirstName): string {
  if (isAccount(name, account)) return 'you';
  const [first = name] = name.trim().split(/\s+/);
  const [user = first] = first.split('@');
  return shorten(user === '' ? first : user, longest);
}

/** Somebody as a hover names them: the whole name, and that it is whoever is signed in. */
export function fullName(name: string, account: Account | undefined): string {
  return isAccount(name, account) ? `${name} (you)` : name;
}

/** The services name people by their display name or by the id of their account. */
export function isAccount(name: string, account: Account | undefined): boolean {
  return account !== undefined && (name === account.name || name === account.accountId);
}
