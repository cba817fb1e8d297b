/** Time, as the page sees it. */
export interface Clock {
  /** Milliseconds that only go forward. */
  now(): number;
  /** Calls back every so often while somebody can see the page, and at once when it comes into sight. */
  whileVisible(everyMs: number, tick: () => void): () => void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  whileVisible(everyMs, tick) {
    let timer: number | undefined;
    const stop = (): void => window.clearInterval(timer);
    const follow = (): void => {
      stop();
      if (document.visibilityState !== 'visible') return;
      tick();
      timer = window.setInterval(tick, everyMs);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', follow);
    };
  },
};
