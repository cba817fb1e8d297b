import type { Failure } from '../../../src/domain/base/failure.ts';
import type { Rollouts } from '../../../src/sources/rollouts/client.ts';
import type { HostBatchEvent } from '../../../src/sources/rollouts/hostBatchEvents.ts';

interface Connection {
  readonly onEvent: (event: HostBatchEvent) => void;
  readonly received: () => void;
  readonly end: (kind: Failure['kind']) => void;
}

/** The streams of HostOS batches as a test has them say and end. Batches are named as "main 11". */
export class FakeStreams {
  /** The connections that were made. */
  readonly asked: string[] = [];
  readonly #open = new Map<string, Connection>();

  readonly follow: Rollouts['followHostBatch'] = ({ stage, number }, signal, onEvent, received) => {
    const name = `${stage} ${number}`;
    this.asked.push(name);
    return new Promise((resolve) => {
      const end = (kind: Failure['kind']): void => {
        this.#open.delete(name);
        resolve({ kind, service: 'rollouts', operation: 'follow a HostOS batch' });
      };
      this.#open.set(name, { onEvent, received, end });
      signal.addEventListener('abort', () => end('cancelled'));
    });
  };

  open(): readonly string[] {
    return [...this.#open.keys()];
  }

  say(name: string, event: HostBatchEvent): void {
    this.#connection(name).onEvent(event);
  }

  /** A keepalive. */
  beat(name: string): void {
    this.#connection(name).received();
  }

  end(name: string): void {
    this.#connection(name).end('streamEnded');
  }

  #connection(name: string): Connection {
    const connection = this.#open.get(name);
    if (connection === undefined) throw new Error(`${name} is not followed`);
    return connection;
  }
}

/** Lets all that is under way go on. Nothing here waits for a machine. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
