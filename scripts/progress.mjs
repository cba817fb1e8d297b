// Waiting for what a slow machine takes long for.

const everyMs = 30_000;

/** @param {() => void} run @returns {() => void} ends it */
function everyHalfMinute(run) {
  const timer = setInterval(run, everyMs);
  return () => clearInterval(timer);
}

/**
 * Waits for it, and says every half minute that it does.
 * @template T
 * @param {string} what begins the line
 * @param {Promise<T>} result
 * @param {(line: string) => void} [say]
 * @param {(run: () => void) => () => void} [repeat] calls `run` every half minute until what it returns is called
 * @returns {Promise<T>}
 */
export async function withProgress(what, result, say = console.log, repeat = everyHalfMinute) {
  let seconds = 0;
  const end = repeat(() => {
    seconds += everyMs / 1000;
    say(`${what} is starting, for ${seconds} s so far`);
  });
  try {
    return await result;
  } finally {
    end();
  }
}
