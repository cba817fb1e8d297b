/** The executable of a Chromium that can be driven. Fetches one when there is none; rejects with a sentence. */
export function browser(): Promise<string>;
/** The switches under which it runs without a screen. */
export const browserArguments: string[];
