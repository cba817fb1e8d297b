/** Makes something once, when it is first requested; a failed attempt is not kept, so that the next one tries anew. */
export function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    const current = (made ??= make());
    current.catch(() => {
      if (made === current) made = undefined;
    });
    return current;
  };
}
