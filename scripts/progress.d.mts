/**
 * Waits for it, and says every half minute that it does. `repeat` calls what it is given every half minute until what it
 * returns is called.
 */
export function withProgress<T>(
  what: string,
  result: Promise<T>,
  say?: (line: string) => void,
  repeat?: (run: () => void) => () => void,
): Promise<T>;
