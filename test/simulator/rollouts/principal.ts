import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** A principal of the length that nodes and providers have, the same for the same words, with the right checksum. */
export function simPrincipal(words: string): string {
  const body = Buffer.concat([createHash('sha256').update(words).digest().subarray(0, 28), Buffer.from([2])]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  const bits = [...Buffer.concat([check, body])].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const text = (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
  return (text.match(/.{1,5}/g) ?? []).join('-');
}
