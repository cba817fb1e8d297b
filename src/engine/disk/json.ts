/** The fields of a value from the disk, of which nothing is known yet. */
export type Fields = Readonly<Partial<Record<string, unknown>>>;

/**
 * Reads a value from a text of the disk, which an earlier version, a torn write or another program may have left. `check`
 * makes the value of it, or undefined when it has another form; `damaged` is called with the reason then. Without a text there
 * is none, and `damaged` is not called. Never throws.
 */
export function fromJson<T>(
  text: string | undefined,
  check: (value: unknown) => T | undefined,
  damaged?: (why: string) => void,
): T | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    damaged?.('is not JSON');
    return undefined;
  }
  const checked = check(value);
  if (checked === undefined) damaged?.('does not have the expected form');
  return checked;
}

/** The same for an object: `check` gets its fields. */
export function objectFromJson<T>(
  text: string | undefined,
  check: (fields: Fields) => T | undefined,
  damaged?: (why: string) => void,
): T | undefined {
  return fromJson(text, (value) => (isObject(value) ? check({ ...value }) : undefined), damaged);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a list of texts. */
export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
