/** What names a record, or is one of a closed set: text of people is in the other fields. */
const fixed = new Set([
  'id',
  'key',
  'status',
  'priority',
  'state',
  'kind',
  'type',
  'role',
  'timeZone',
  'category',
  'tinyId',
  'origin',
]);

/** A record with another text in each of its fields that holds any, but in those that are kept. */
export function spoiled(value: unknown, text: string, kept: ReadonlySet<string> = new Set(), name = ''): unknown {
  if (typeof value === 'string') return fixed.has(name) || kept.has(name) ? value : text;
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : value.map((each: unknown) => spoiled(each, text, kept, name));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spoiled(each, text, kept, key)]));
}
