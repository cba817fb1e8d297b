import type { BrowserServer } from 'playwright-core';

/** The executable of a Chromium that can be driven. Fetches one when there is none; rejects with a sentence. */
export function browser(): Promise<string>;
/** Starts a browser that several processes share, each with profiles of its own in it. */
export function browserServer(): Promise<BrowserServer>;
/** The switches under which it runs without a screen. */
export const browserArguments: string[];
