import { EventEmitter } from './vscode.ts';

/** The secret store of VS Code, in memory. */
export class SecretStore {
  readonly kept = new Map<string, string>();
  readonly #changed = new EventEmitter<{ readonly key: string }>();
  readonly onDidChange = this.#changed.event;

  async get(key: string): Promise<string | undefined> {
    return this.kept.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.kept.set(key, value);
    this.#changed.fire({ key });
  }

  async delete(key: string): Promise<void> {
    this.kept.delete(key);
    this.#changed.fire({ key });
  }

  async keys(): Promise<string[]> {
    return [...this.kept.keys()];
  }
}
