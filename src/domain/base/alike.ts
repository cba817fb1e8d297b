/** Whether two values of plain data are alike: numbers, texts, lists and objects of them. */
export function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && alike(Reflect.get(a, name), Reflect.get(b, name)))
  );
}

/** The value itself, or the one before where that is alike: what is drawn from it need not be drawn again. Plain data only. */
export function kept<T>(before: T | undefined, value: T): T {
  return before !== undefined && alike(before, value) ? before : value;
}
