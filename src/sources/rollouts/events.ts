import { createParser } from 'eventsource-parser';
import type { Failure } from '../../domain/base/failure.ts';
import type { Http } from '../http.ts';
import { parseAtOnce } from '../answerText.ts';

// The dashboard's event streams (rollout-dashboard.md 1.2).

/** Takes an event by its name and data. False where it cannot be read: that does not end the stream. */
export type TakeEvent = (name: string | undefined, data: string) => boolean;

export interface FollowRequest {
  readonly http: Http;
  readonly log: (line: string) => void;
  readonly operation: string;
  readonly url: URL;
  readonly signal: AbortSignal;
  readonly take: TakeEvent;
  /** Called for every byte, keepalives too. */
  readonly received: () => void;
}

const service = 'rollouts';
/** A full state is under 1 MB (rollout-dashboard.md 1.2): this is far more, and far less than harms. */
const longestEvent = 6 * 1024 * 1024;

/** Follows an event stream until it ends or `signal` aborts; resolves with why it ended, never rejects. */
export async function followEvents(request: FollowRequest): Promise<Failure> {
  const { http, log, operation, url, signal, take, received } = request;
  const ended = (kind: Failure['kind'], cause?: unknown): Failure => ({ kind, service, operation, cause });
  const opened = await http.stream({ service, operation, url, signal, headers: { Accept: 'text/event-stream' } });
  if (!opened.ok) return opened.failure;
  const { body } = opened.value;
  const type = opened.value.headers.get('content-type') ?? '';
  if (body === null || !type.startsWith('text/event-stream')) return ended('malformed');
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (take(event, data)) return;
      log(`an event of the rollout stream could not be read: ${event ?? 'without a name'}`);
    },
  });
  const decoder = new TextDecoder();
  let unfinished = 0;
  try {
    for await (const chunk of body) {
      received();
      // An event ends with an empty line. One that never ends would fill the memory.
      unfinished = endsEvent(chunk) ? 0 : unfinished + chunk.byteLength;
      if (unfinished > longestEvent) {
        log(`an event of the rollout stream is longer than ${longestEvent / 1024 / 1024} MB: the stream is closed`);
        return { ...ended('malformed'), detail: 'an event does not end' };
      }
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
    return ended(signal.aborted ? 'cancelled' : 'streamEnded');
  } catch (cause) {
    return ended(signal.aborted ? 'cancelled' : 'streamEnded', cause);
  }
}

/** Whether a chunk holds the end of an event: two line ends in a row (LF only: rollout-dashboard.md 1.2). */
function endsEvent(chunk: Uint8Array): boolean {
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
    if (chunk[at + 1] === 10 || (at === 0 && chunk.byteLength === 1)) return true;
  }
  return false;
}

/** The data of an event; undefined where it is no JSON. */
export function jsonOf(data: string): unknown {
  try {
    return parseAtOnce(data);
  } catch {
    // Whoever takes the event says that it cannot be read.
    return undefined;
  }
}
