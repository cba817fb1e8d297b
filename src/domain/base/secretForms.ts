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
 * Within a longer text that was encoded in base64 a secret looks one of three ways, by where it begins in a group of
 * three bytes. The letters at its ends depend on what stands beside it and are left out.
 */
function base64Forms(secret: string): readonly string[] {
  const own = new TextEncoder().encode(secret);
  return [0, 1, 2].flatMap((before) => {
    const bytes = new Uint8Array(before + own.length);
    bytes.set(own, before);
    const encoded = btoa(String.fromCharCode(...bytes));
    const form = encoded.slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
