import type { Confirmation, Sent, WriteKind } from '../../../src/engine/writes/kind.ts';
import type { FeedKey } from '../../../src/engine/read/store.ts';
import type { FakeClock } from './fakeClock.ts';

export interface Item {
  readonly id: string;
  readonly texts: readonly string[];
}

export const itemsKey: FeedKey<Item> = { name: 'items', keyOf: (item) => item.id };

/** What the service does with one request. */
export const behaviours = [
  'later',
  'never',
  'refusesLater',
  'atOnce',
  'refuses',
  'busy',
  'lostBefore',
  'lostAfter',
  'silent',
] as const;
export type Behaviour = (typeof behaviours)[number];

/** A service that appends texts to records and behaves like a real one; it keeps all that reached it. */
export class ModelService {
  /** What it does with the next requests; `later` when none is left. */
  readonly script: Behaviour[] = [];
  /** By record, in the order in which they took effect. */
  readonly applied = new Map<string, string[]>();
  /** How often each text reached it and was not refused. */
  readonly arrivals = new Map<string, number>();
  /** Whether it can be read. */
  reachable = true;
  /** Whether what it shows of a record is all of it. */
  readsWhole = false;
  readonly #receipts = new Map<string, { text: string; state: 'queued' | 'applied' | 'refused' }>();
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  count(text: string): number {
    return [...this.applied.values()].flat().filter((each) => each === text).length;
  }

  send(record: string, text: string): Promise<Sent<string>> {
    const behaviour = this.script.shift() ?? 'later';
    const arrived = (): void => void this.arrivals.set(text, (this.arrivals.get(text) ?? 0) + 1);
    switch (behaviour) {
      case 'later':
      case 'never':
      case 'refusesLater':
        arrived();
        return Promise.resolve({ kind: 'accepted', receipt: this.#accept(record, text, behaviour) });
      case 'atOnce':
        arrived();
        this.#apply(record, text);
        return Promise.resolve({ kind: 'applied' });
      case 'refuses':
        return Promise.resolve({ kind: 'refused', failure: 'no' });
      case 'busy':
        return Promise.resolve({ kind: 'busy', failure: 'busy', retryAfterMs: 3_000 });
      case 'lostBefore':
        return Promise.resolve({ kind: 'unknown', failure: 'lost' });
      case 'lostAfter':
        arrived();
        this.#apply(record, text);
        return Promise.resolve({ kind: 'unknown', failure: 'lost' });
      case 'silent':
        arrived();
        this.#apply(record, text);
        return new Promise(() => undefined);
    }
  }

  confirm(receipt: string): Promise<Confirmation<string>> {
    if (!this.reachable) return Promise.resolve({ kind: 'unknown', failure: 'unreachable' });
    switch (this.#receipts.get(receipt)?.state) {
      case 'applied':
        return Promise.resolve({ kind: 'applied' });
      case 'refused':
        return Promise.resolve({ kind: 'refused', failure: 'no' });
      default:
        return Promise.resolve({ kind: 'pending' });
    }
  }

  look(record: string, text: string): Promise<Confirmation<string>> {
    if (!this.reachable) return Promise.resolve({ kind: 'unknown', failure: 'unreachable' });
    if (this.applied.get(record)?.includes(text) === true) return Promise.resolve({ kind: 'applied' });
    return Promise.resolve({ kind: this.readsWhole ? 'absent' : 'pending' });
  }

  #accept(record: string, text: string, behaviour: 'later' | 'never' | 'refusesLater'): string {
    const receipt = `receipt-${this.#receipts.size}`;
    const request = { text, state: 'queued' as 'queued' | 'applied' | 'refused' };
    this.#receipts.set(receipt, request);
    if (behaviour === 'never') return receipt;
    this.#clock.after(700, () => {
      request.state = behaviour === 'later' ? 'applied' : 'refused';
      if (behaviour === 'later') this.#apply(record, text);
    });
    return receipt;
  }

  #apply(record: string, text: string): void {
    this.applied.set(record, [...(this.applied.get(record) ?? []), text]);
  }
}

/** The kinds of writes of the model: they differ in what can be confirmed and in what they depend on. */
export function modelKinds(service: ModelService, readAgain: () => void = () => undefined): ModelKinds {
  const base: WriteKind<Item, string, string> = {
    name: 'items.add',
    feed: itemsKey,
    service: 'model',
    title: 'add',
    readPayload: (value) => (typeof value === 'string' ? value : undefined),
    typed: (text) => text,
    subject: (item) => `item ${item.id}`,
    apply: (item, text) => ({ ...item, texts: [...item.texts, text] }),
    shown: (item, text) => item.texts.includes(text),
    send: ({ record, payload }) => service.send(record, payload),
    confirm: (receipt) => service.confirm(receipt),
    readAgain,
  };
  return {
    add: base,
    note: {
      ...base,
      name: 'items.note',
      title: 'note',
      independent: true,
      readBack: ({ record, payload }) => service.look(record, payload),
    },
    mark: {
      ...base,
      name: 'items.mark',
      title: 'mark',
      repeatable: true,
      typed: () => undefined,
      undo: (_before, text) => ({ kind: 'items.add', record: 'a', payload: `not ${text}` }),
    },
  };
}

export type ModelKinds = Readonly<Record<'add' | 'note' | 'mark', WriteKind<Item, string, string>>>;
