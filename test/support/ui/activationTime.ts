import { waitFor } from '../base/waitFor.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/**
 * How long an extension took to activate, in milliseconds, as "Developer: Show Running Extensions" reports it.
 * @param name its display name
 */
export async function activationTime(window: WorkbenchWindow, name: string): Promise<number> {
  const { page } = window;
  await window.runCommand('Developer: Show Running Extensions');
  const size = page.viewportSize();
  // The list only holds the rows that are on the screen, so the screen is made tall enough for all.
  await page.setViewportSize({ width: size?.width ?? 1400, height: 8000 });
  const row = page.locator('.runtime-extensions-editor .extension', {
    has: page.locator('.name').getByText(name, { exact: true }),
  });
  try {
    return await waitFor(`the activation time of ${name}`, async () => {
      const text = await row.first().locator('.activation-time').innerText({ timeout: 1000 });
      const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
      return milliseconds !== undefined && Number(milliseconds) >= 0
        ? { milliseconds: Number(milliseconds) }
        : undefined;
    }).then(({ milliseconds }) => milliseconds);
  } finally {
    if (size !== null) await page.setViewportSize(size);
    await window.runCommand('View: Close Editor');
  }
}
