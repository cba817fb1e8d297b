import { plainText } from './plainText.ts';

// What dre logs on standard error (dre.md 2.3 and 2.4), read from what its terminal shows.

/** A line of the log that a person has to read, or one that does not go through the log (dre.md 2.4). */
const warningLine = /^ ?\d{4}-\d\d-\d\dT[\d:.]+Z (?:WARN|ERROR) +\S+ > (.+)$|^(WARNING: .+)$/;

const neuronWarning = /Couldn't detect neuron due to: /;

/** Without a key in the system's keyring dre prompts for it in the terminal (dre.md 2.1). */
const pinPrompt = /Please enter the hardware security module PIN: *$/;

/** So many are kept of a run, and no more characters of each. */
const mostWarnings = 20;
const longestWarning = 500;

/** Finds the warnings of a run in the text of its terminal, which arrives in pieces. */
export class WarningReader {
  readonly #found: string[] = [];
  #rest = '';

  get found(): readonly string[] {
    return this.#found;
  }

  /** Whether the terminal waits for the PIN of the hardware key now. */
  get promptsForPin(): boolean {
    return pinPrompt.test(plainText(this.#rest));
  }

  /** Takes in a piece. True when there is a new warning. */
  add(text: string): boolean {
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    // The last one may go on. A terminal's line is never so long that more of it is needed.
    this.#rest = (lines.pop() ?? '').slice(-10_000);
    const before = this.#found.length;
    for (const line of lines) {
      const match = warningLine.exec(plainText(line).trimEnd());
      const warning = (match?.[1] ?? match?.[2] ?? '').slice(0, longestWarning);
      const isNew = warning !== '' && !this.#found.includes(warning);
      if (isNew && this.#found.length < mostWarnings) this.#found.push(warning);
    }
    return this.#found.length > before;
  }
}

/**
 * Whether one of the warnings says that dre found no neuron or key: it goes on with a made-up neuron (123), so that a dry
 * run ends well, and what submits or votes fails at governance (dre.md 2.3).
 */
export function lacksNeuron(warnings: readonly string[]): boolean {
  return warnings.some((warning) => neuronWarning.test(warning));
}
