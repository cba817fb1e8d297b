import { runTitle, type CommandLine } from '../../domain/operations/run.ts';
import { lacksNeuron, type WarningReader } from '../../dre/warnings.ts';
import { tell } from '../kit/messages.ts';

/**
 * Brings what a run waits for or cannot do to the person while it runs, each once: a loop of votes has no end at which it
 * would be told.
 */
export class RunTrouble {
  readonly #line: CommandLine;
  readonly #show: () => void;
  readonly #told = new Set<string>();

  constructor(line: CommandLine, show: () => void) {
    this.#line = line;
    this.#show = show;
  }

  /** Looks at what the terminal has shown until now. */
  look(reader: Pick<WarningReader, 'asksForPin' | 'found'>): void {
    if (reader.asksForPin) this.#tell('it asks for the PIN of the hardware key in its terminal.');
    // A dry run ends soon, and its end tells.
    if (this.#line.dryRun) return;
    if (lacksNeuron(reader.found)) {
      this.#tell('dre found no key or neuron: to submit or vote will fail. Is the hardware key plugged in?');
    }
    const failed = reader.found.find((warning) => warning.startsWith('DRE vote: error: '));
    if (failed !== undefined) this.#tell(failed.slice('DRE vote: error: '.length));
  }

  #tell(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    const show = 'Show Terminal';
    void tell('warning', `${runTitle(this.#line)}: ${text}`, show).then((pressed) => {
      if (pressed === show) this.#show();
    });
  }
}
