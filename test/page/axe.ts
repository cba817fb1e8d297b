import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const source = createRequire(import.meta.url)('axe-core').source as string;

/** Brings axe-core into a page; returns what says what it objects to there. */
export async function withAxe(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(source);
  return () => page.evaluate(check);
}

/** Runs in the page. */
async function check(): Promise<string[]> {
  const { run } = (window as unknown as { axe: typeof axe }).axe;
  const { violations } = await run(document, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 300)}`),
  );
}
