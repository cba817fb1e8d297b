import { redactStart } from './redact.ts';

/** Where the parts of the extension write what they do. `component` is one word: "alerts", "writes". */
export interface Log {
  debug(component: string, message: string, cause?: unknown): void;
  info(component: string, message: string, cause?: unknown): void;
  warn(component: string, message: string, cause?: unknown): void;
  error(component: string, message: string, cause?: unknown): void;
}

type LogLevel = keyof Log;

/** A line of the log is no longer than this, in characters. */
const longestLine = 10_000;

/** A log that takes out secrets before anything is written. Causes become text here and are redacted too. */
export function redacting(log: Log, secrets: () => readonly string[]): Log {
  const write =
    (level: LogLevel) =>
    (component: string, message: string, cause?: unknown): void => {
      const known = secrets();
      const because = cause === undefined ? undefined : redactStart(describeCause(cause), known, longestLine);
      log[level](component, redactStart(message, known, longestLine), because);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** An error or any other value in one line, with the causes behind it. */
export function describeCause(cause: unknown): string {
  if (cause instanceof Error) {
    const inner = cause.cause === undefined ? '' : ` (${describeCause(cause.cause)})`;
    return `${cause.name}: ${cause.message}${inner}`;
  }
  if (typeof cause === 'string') return cause;
  try {
    return JSON.stringify(cause, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  } catch {
    // It refers to itself, or throws when it is read: only its type can be logged.
    return Object.prototype.toString.call(cause);
  }
}
