/**
 * Polls until `probe` gives something other than undefined or false, and returns it. An error of the probe counts as
 * "not yet". When the time is over it throws what was awaited and what the probe last said.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 30_000, everyMs = 100 }: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const { value, problem } = await attempt(probe);
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) {
      throw new Error(
        `Waited ${timeoutMs / 1000} s for ${what}, which did not come${problem === undefined ? '' : ` (${problem})`}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

async function attempt<T>(probe: () => Promise<T> | T): Promise<{ value?: T; problem?: string }> {
  try {
    return { value: await probe() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
