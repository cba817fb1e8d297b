/**
 * A step of a test in which each one finds what the one before left: that is one test, as none may depend on another. A
 * failure says in which step it was.
 */
export async function step(title: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (cause) {
    throw new Error(`${title}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`, { cause });
  }
}
