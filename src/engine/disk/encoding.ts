// JSON with room for bigint and undefined, which records use. What it marks begins with `$`; a key of the data that does
// so too gets one `$` more, so that no value of the outside is taken for a mark.

const undefinedMark = { $undefined: true };

/**
 * The value as one line of JSON. A field that is undefined is not written, as it is the same as a missing one
 * (`samePlainData`): with a mark in each record, each would need a second pass when it is read.
 */
export function encode(value: unknown): string {
  if (value === undefined) return JSON.stringify(undefinedMark);
  // What this returns is not passed to it again, only the values of its keys are.
  return JSON.stringify(value, function (this: unknown, _key, each: unknown) {
    if (typeof each === 'bigint') return { $bigint: `${each}` };
    if (each === undefined) return Array.isArray(this) ? undefinedMark : undefined;
    return needsEscape(each) ? escaped(each) : each;
  });
}

/** The value that `encode` wrote. Throws when the text is no JSON. */
export function decode(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Most texts need no second pass.
  return text.includes('"$') || text.includes('"\\u0024') ? revive(value) : value;
}

function needsEscape(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const key in value) if (key.startsWith('$')) return true;
  return false;
}

function escaped(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.startsWith('$') ? `$${key}` : key, each]));
}

/** Puts back what JSON cannot express, in place: ten thousand records are not copied for it. */
function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$bigint' in value && typeof value.$bigint === 'string') return BigInt(value.$bigint);
  if ('$undefined' in value) return undefined;
  let isEscaped = false;
  // A list of its entries, made for each value, takes longer than all the rest. What JSON makes inherits no key.
  for (const key in value) {
    isEscaped ||= key.startsWith('$$');
    const each: unknown = (value as Readonly<Record<string, unknown>>)[key];
    const revived = revive(each);
    // Assigning would set the prototype where the key is `__proto__`.
    if (revived !== each) put(value, key, revived);
  }
  return isEscaped ? unescaped(value) : value;
}

function unescaped(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.startsWith('$$') ? key.slice(1) : key, each]),
  );
}

function put(target: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  } else (target as Record<string, unknown>)[key] = value;
}
