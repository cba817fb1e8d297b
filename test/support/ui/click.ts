import type { Locator } from 'playwright-core';

/**
 * Clicks once what can be clicked within the time. Rejects where it was not clicked, so that it may be tried again. Where
 * the time is over after the mouse was pressed, as on a busy machine, it is clicked: again it would be done twice.
 */
export async function clickOnce(target: Locator, timeout: number): Promise<void> {
  try {
    await target.click({ timeout });
  } catch (cause) {
    const log = String(cause);
    if (log.lastIndexOf('performing click action') <= log.lastIndexOf('retrying click action')) throw cause;
  }
}
