import type { FailureRules, FailureVerdict } from '../../../src/engine/read/definition.ts';
import type { Log } from '../../../src/engine/base/log.ts';

/** For listeners that must not fail. */
export function rethrow(error: unknown): never {
  throw error;
}

/** A log that keeps its lines. */
export function memoryLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (component: string, message: string): void =>
      void lines.push(`${level} ${component}: ${message}`);
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

const verdicts: Readonly<Partial<Record<string, FailureVerdict>>> = {
  signIn: 'notSignedIn',
  forbidden: 'notPermitted',
  setting: 'notConfigured',
};

/** Failures of tests: a word; `wait:N` asks for N milliseconds; `signIn`, `forbidden` and `setting` need a person. */
export const wordRules: FailureRules<string> = {
  verdict: (failure) => verdicts[failure] ?? 'retry',
  retryAfterMs: (failure) => (failure.startsWith('wait:') ? Number(failure.slice(5)) : undefined),
  unexpected: (cause) => `unexpected ${String(cause)}`,
  describe: (failure) => failure,
};

/** Keeps failures on disk as they are. */
export const plainFailures = {
  keep: (failure: unknown): unknown => failure,
  // What a test kept itself is what it says.
  bringBack: (kept: unknown): never => kept as never,
};
