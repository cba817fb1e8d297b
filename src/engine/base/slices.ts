/** So many records are worked on in one go: a few milliseconds at most. */
const sliceSize = 200;

/**
 * Maps many things without blocking the extension host: after each slice all else that waits runs. A list
 * that fits into one slice is mapped without a pause.
 */
export async function mapInSlices<T, U>(items: readonly T[], map: (item: T) => U): Promise<U[]> {
  const mapped: U[] = [];
  for (const item of items) {
    if (mapped.length > 0 && mapped.length % sliceSize === 0) await nextTurn();
    mapped.push(map(item));
  }
  return mapped;
}

/** Resolves once all else that waits in this thread has run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
