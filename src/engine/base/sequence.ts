/** Runs tasks one after the other. One that fails is passed to `failed`, and the next one runs all the same. */
export class Sequence {
  readonly #failed: (cause: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();

  constructor(failed: (cause: unknown) => void) {
    this.#failed = failed;
  }

  /** Runs the task when all those before it have ended; never at once. */
  run(task: () => Promise<unknown>): void {
    this.#last = this.#last.then(task).catch(this.#failed);
  }

  /** Resolves when all tasks so far have ended. Never rejects. */
  async flush(): Promise<void> {
    await this.#last;
  }
}
