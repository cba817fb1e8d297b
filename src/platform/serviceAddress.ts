import { isAllowedAddress } from '../domain/base/ids.ts';

/**
 * The address of a service, as a person wrote it: `https`, or `http` to this machine itself; without user, query and
 * fragment. Undefined for all else. The manifest's pattern warns of the same while it is being written.
 */
export function serviceAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!isAllowedAddress(url)) return undefined;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '' ? url : undefined;
}
