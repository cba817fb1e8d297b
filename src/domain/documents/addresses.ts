import type { PhrasingContent } from 'mdast';
import { httpsAddress } from '../base/httpsAddress.ts';
import { link, phrasing } from './tree.ts';

/** An https address as a link whose text is the address itself: a person sees where it leads. Another one is text. */
export function addressLink(address: string): PhrasingContent {
  const safe = httpsAddress(address);
  return safe === undefined ? { type: 'text', value: address } : link(safe, address);
}

/** The characters of an address as it stands in a text. */
const plainAddress = /\bhttps:\/\/[^\s<>"'`\\^{|}]+/g;

/** Text in which each https address is a link. */
export function withAddresses(text: string): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(plainAddress)) {
    const address = withoutPunctuation(found);
    const safe = httpsAddress(address);
    if (safe === undefined) continue;
    parts.push(...phrasing(text.slice(from, index)), link(safe, address));
    from = index + address.length;
  }
  return [...parts, ...phrasing(text.slice(from))];
}

/** An address without the end of the sentence or bracket that it stands in. */
function withoutPunctuation(found: string): string {
  let open = 0;
  for (const character of found) open += character === '(' ? 1 : character === ')' ? -1 : 0;
  let end = found.length;
  for (; end > 0; end--) {
    const last = found.charAt(end - 1);
    if (last === ')' && open < 0) open += 1;
    else if (!/[\].,;:!?*_~]/.test(last)) break;
  }
  return found.slice(0, end);
}
