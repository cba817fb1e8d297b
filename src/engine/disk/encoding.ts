/** JSON with room for bigint and undefined, which records use. One line. */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'bigint') return { $bigint: `${each}` };
    return each === undefined ? { $undefined: true } : each;
  });
}

/** The value that `encode` wrote. Throws when the text is no JSON. */
export function decode(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Most texts need no second look.
  return text.includes('"$') ? revive(value) : value;
}

/** Puts back what JSON cannot express, in place: ten thousand records are not copied for it. */
function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$bigint' in value && typeof value.$bigint === 'string') return BigInt(value.$bigint);
  if ('$undefined' in value) return undefined;
  const fields = value as Record<string, unknown>;
  for (const [name, each] of Object.entries(fields)) {
    if (typeof each === 'object' && each !== null) fields[name] = revive(each);
  }
  return value;
}
