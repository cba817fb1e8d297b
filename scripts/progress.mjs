// Waiting for what a slow machine takes long for.

const everySeconds = 30;

/**
 * Waits for it, and says every half minute that it does.
 * @template T
 * @param {string} what begins the line
 * @param {Promise<T>} result
 * @returns {Promise<T>}
 */
export async function withProgress(what, result) {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += everySeconds;
    console.log(`${what} is starting, for ${seconds} s so far`);
  }, everySeconds * 1000);
  try {
    return await result;
  } finally {
    clearInterval(timer);
  }
}
