import { waitFor } from '../base/waitFor.ts';

/** What hangs on purpose is waited for this long, milliseconds. */
const patienceMs = 300;

/** Knows which requests wait for their answer, so that a test lets no time pass while the machine is merely slow. */
export class UnderWay {
  readonly fetch: typeof fetch;
  readonly #waiting = new Set<symbol>();

  constructor(through: typeof fetch) {
    this.fetch = async (input, init) => {
      const request = Symbol('request');
      this.#waiting.add(request);
      const end = (): void => void this.#waiting.delete(request);
      try {
        const response = await through(input, init);
        if (isStream(response)) end();
        else void response.clone().arrayBuffer().then(end, end);
        return response;
      } catch (error) {
        end();
        throw error;
      }
    };
  }

  /** Waits until every request has its whole answer. One that hangs is not waited for again. */
  async answered(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const all = (): boolean => this.#waiting.size === 0;
    await waitFor('the answers', all, { timeoutMs: patienceMs, everyMs: 1 }).catch(() => this.#waiting.clear());
  }
}

function isStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}
