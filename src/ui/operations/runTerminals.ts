import type { TerminalState } from '../../views/operations/document.ts';
import type { OpenTerminal } from '../../platform/terminals.ts';

/** The terminals of the runs of this window. */
export class RunTerminals {
  readonly #open = new Map<string, OpenTerminal>();
  readonly #closed = new Set<string>();

  /** A very short program may have ended, and its terminal be closed, before. */
  opened(id: string, terminal: OpenTerminal): void {
    if (!this.#closed.has(id)) this.#open.set(id, terminal);
  }

  closed(id: string): void {
    this.#open.delete(id);
    this.#closed.add(id);
  }

  /** The terminal of a run, where it is open in this window. */
  get(id: string): OpenTerminal | undefined {
    return this.#open.get(id);
  }

  /** A run of another window, or one that ended before this window was reloaded, has a terminal that is not known here. */
  stateOf(id: string): TerminalState {
    if (this.#open.has(id)) return 'open';
    return this.#closed.has(id) ? 'closed' : 'notKnown';
  }
}
