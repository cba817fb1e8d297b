import { isPrincipal } from './ids.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const checksumBytes = 4;
/** 29 bytes is the longest principal. */
const mostBytes = checksumBytes + 29;

function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The bytes of unpadded base 32, or undefined when the left-over bits are not zero (then it is not the one text form). */
function decode(text: string): readonly number[] | undefined {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const char of text) {
    held = (held << 5) | alphabet.indexOf(char);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >>> bits) & 0xff);
    }
    held &= (1 << bits) - 1;
  }
  return held === 0 && bits < 5 ? bytes : undefined;
}

/**
 * Whether a text is the text form of a principal, checksum included. The tool refuses anything else as a usage error
 * (dre.md 1.5), so a mistyped or cut-off id is found before it runs.
 */
export function isCheckedPrincipal(text: string): boolean {
  if (!isPrincipal(text)) return false;
  const bytes = decode(text.replaceAll('-', ''));
  if (bytes === undefined || bytes.length < checksumBytes || bytes.length > mostBytes) return false;
  const checksum = bytes.slice(0, checksumBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  return checksum === crc32(bytes.slice(checksumBytes));
}
