/** In shorter ones the encoded form would be found by chance. */
const shortestEncoded = 8;

/**
 * How a secret may stand in a text: as it is, percent-encoded, and in base64 within whatever was encoded. For what must
 * not be shown or written down; an empty secret has no form.
 */
export function secretForms(secret: string): readonly string[] {
  if (secret === '') return [];
  if (secret.length < shortestEncoded) return [secret];
  const percent = encodeURIComponent(secret);
  const lower = percent.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [...new Set([secret, percent, lower, ...base64Forms(secret)])];
}

/**
 * Within a longer text that was encoded in base64 a secret has one of three forms, by where it begins in a group of
 * three bytes. The letters at its ends depend on what stands beside it and are left out.
 */
function base64Forms(secret: string): readonly string[] {
  const own = utf8(secret);
  return [0, 1, 2].flatMap((before) => {
    const bytes = [...new Array<number>(before).fill(0), ...own];
    const encoded = base64(bytes);
    const form = encoded.slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

// This folder has the types of neither Node nor a browser, whose encoders have no common type.

function utf8(text: string): readonly number[] {
  const units = encodeURIComponent(text).match(/%[0-9A-F]{2}|[^%]/g) ?? [];
  return units.map((unit) => (unit.length === 3 ? Number.parseInt(unit.slice(1), 16) : unit.charCodeAt(0)));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 without padding. */
function base64(bytes: readonly number[]): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,6}/g) ?? [];
  return groups.map((group) => alphabet.charAt(Number.parseInt(group.padEnd(6, '0'), 2))).join('');
}
