/** The page's clock. */
export interface PageClock {
  /** Milliseconds that only go forward. */
  now(): number;
  /** Calls back at regular intervals while the page is visible, and at once when it becomes visible. */
  whileVisible(everyMs: number, tick: () => void): () => void;
}

export const browserClock: PageClock = {
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
