import { runTitle, type CommandLine } from '../../domain/operations/run.ts';
import { lacksNeuron, type WarningReader } from '../../dre/warnings.ts';
import { showMessage } from '../kit/messages.ts';

/**
 * Warns the person while a run is under way of what it waits for or cannot do, each once: a loop of votes has no end that
 * could be reported.
 */
export class RunTrouble {
  readonly #line: CommandLine;
  readonly #show: () => void;
  readonly #shown = new Set<string>();

  constructor(line: CommandLine, show: () => void) {
    this.#line = line;
    this.#show = show;
  }

  /** Warns of what the terminal has shown until now. */
  warn(reader: Pick<WarningReader, 'promptsForPin' | 'found'>): void {
    if (reader.promptsForPin) this.#warnOnce('it prompts for the PIN of the hardware key in its terminal.');
    // A dry run ends soon, and its end is reported.
    if (this.#line.dryRun) return;
    if (lacksNeuron(reader.found)) {
      this.#warnOnce('dre found no key or neuron: to submit or vote will fail. Is the hardware key plugged in?');
    }
    const failed = reader.found.find((warning) => warning.startsWith('DRE vote: error: '));
    if (failed !== undefined) this.#warnOnce(failed.slice('DRE vote: error: '.length));
  }

  #warnOnce(text: string): void {
    if (this.#shown.has(text)) return;
    this.#shown.add(text);
    const show = 'Show Terminal';
    void showMessage('warning', `${runTitle(this.#line)}: ${text}`, show).then((pressed) => {
      if (pressed === show) this.#show();
    });
  }
}
