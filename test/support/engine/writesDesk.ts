import { Store } from '../../../src/engine/read/store.ts';
import type { EndedWrite } from '../../../src/engine/writes/kind.ts';
import type { Writes } from '../../../src/engine/writes/writes.ts';
import { memoryLog, rethrow } from './engine.ts';
import { FakeClock, settle } from './fakeClock.ts';
import { MemoryDisk } from './memoryDisk.ts';
import { type Behaviour, itemsKey, modelKinds, type ModelKinds, ModelService } from './modelService.ts';
import { newWrites } from './newWrites.ts';

export interface WritesDesk {
  readonly clock: FakeClock;
  readonly disk: MemoryDisk;
  readonly service: ModelService;
  readonly store: Store<string>;
  readonly writes: Writes<string>;
  readonly kinds: ModelKinds;
  readonly log: ReturnType<typeof memoryLog>;
  readonly ends: EndedWrite<string>[];
}

/** A window on a service; a second one shares disk, clock and service with the first. */
export function openWrites(
  with_: Partial<Pick<WritesDesk, 'clock' | 'disk' | 'service'> & { readonly scope: () => string }> = {},
  ...script: Behaviour[]
): WritesDesk {
  const { clock = new FakeClock(), disk = new MemoryDisk(), scope = () => 'site' } = with_;
  const service = with_.service ?? new ModelService(clock);
  service.script.push(...script);
  const store = new Store<string>(rethrow);
  store.update(itemsKey, { status: 'fresh', asOf: clock.now(), records: ['a', 'b'].map((id) => ({ id, texts: [] })) });
  const log = memoryLog();
  const writes = newWrites({ store, clock, log, disk, scope });
  const kinds = modelKinds(service);
  for (const kind of Object.values(kinds)) writes.register(kind);
  const ends: EndedWrite<string>[] = [];
  writes.onDidEnd((ended) => ends.push(ended));
  return { clock, disk, service, store, writes, kinds, log, ends };
}

export const textsOf = ({ store }: WritesDesk): readonly string[] =>
  store.state(itemsKey).records.get('a')?.texts ?? [];
export const stateOf = ({ writes }: WritesDesk): string =>
  writes
    .list()
    .map(({ state }) => state.kind)
    .join(' ');
export const filesOf = ({ disk }: WritesDesk): readonly string[] =>
  [...disk.files.keys()].filter((name) => name.endsWith('.json'));

/** The window ends at once: its files on disk stay, and it writes no more of them. */
export async function crash({ disk, writes }: WritesDesk): Promise<void> {
  const left = [...disk.files];
  writes.dispose();
  await settle();
  for (const [name, text] of left) disk.files.set(name, text);
}
