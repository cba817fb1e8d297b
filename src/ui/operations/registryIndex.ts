import * as z from 'zod/mini';
import type { Failure } from '../../domain/base/failure.ts';
import type { RegistryNode } from '../../domain/links/registry.ts';
import { keptRegistryNode, readRegistryNode, registryNodesIn } from '../../dre/registry.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import { mapInSlices } from '../../engine/base/slices.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import { fromJson } from '../../engine/disk/json.ts';
import type { Store } from '../../engine/read/store.ts';
import { registryNodesKey } from '../../feeds/operations/keys.ts';
import type { Host } from '../kit/host.ts';

export interface RegistryIndexParts extends Pick<Host, 'log'> {
  readonly store: Store<Failure>;
  /** A folder of its own, which all windows share. */
  readonly disk: Disk;
}

const file = 'nodes.json';
const keptSchema = z.object({ readAt: z.int(), nodes: z.array(z.unknown()) });

/**
 * The nodes of the registry as a person had dre read it last: kept on disk for all windows, with the time. A read that
 * cannot be understood changes nothing.
 */
export class RegistryIndex implements Disposable {
  readonly #parts: RegistryIndexParts;
  readonly #lifetime = new Lifetime();

  constructor(parts: RegistryIndexParts) {
    this.#parts = parts;
  }

  /** Brings what is kept into the store, and follows what other windows read; once. Never rejects. */
  async load(): Promise<void> {
    this.#lifetime.own(
      this.#parts.disk.watch((name) => {
        if (name === file) void this.#bringBack();
      }),
    );
    await this.#bringBack();
  }

  /** Takes in the output of `dre registry`, read at that time. False where it cannot be understood. Never rejects. */
  async take(output: string, readAt: number): Promise<boolean> {
    const { log, disk } = this.#parts;
    const found = registryNodesIn(output);
    if (!found.ok) {
      log.error('dre', 'the registry that was read cannot be understood', found.failure.cause);
      return false;
    }
    const nodes = await this.#nodesOf(found.value);
    if (nodes.length === 0) {
      log.error('dre', 'the registry that was read has no node that can be understood');
      return false;
    }
    this.#show(nodes, readAt);
    try {
      const kept = await mapInSlices(nodes, keptRegistryNode);
      await disk.write(file, JSON.stringify({ readAt, nodes: kept }));
    } catch (cause) {
      log.warn('dre', 'the registry that was read cannot be kept', cause);
    }
    return true;
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #bringBack(): Promise<void> {
    const { log, disk, store } = this.#parts;
    try {
      const kept = fromJson(await disk.read(file), (value) => keptSchema.safeParse(value).data);
      if (kept === undefined || kept.readAt === store.state(registryNodesKey).asOf) return;
      const nodes = await this.#nodesOf(kept.nodes);
      if (nodes.length > 0 && !this.#lifetime.isOver) this.#show(nodes, kept.readAt);
    } catch (cause) {
      log.warn('dre', 'the registry that was read before cannot be brought back', cause);
    }
  }

  /** Those that are nodes; the others are counted in the log. */
  async #nodesOf(values: readonly unknown[]): Promise<readonly RegistryNode[]> {
    const read = await mapInSlices(values, readRegistryNode);
    const nodes = read.filter((node) => node !== undefined);
    const skipped = values.length - nodes.length;
    if (skipped > 0) this.#parts.log.warn('dre', `${skipped} of ${values.length} nodes of the registry cannot be read`);
    return nodes;
  }

  #show(nodes: readonly RegistryNode[], readAt: number): void {
    this.#parts.store.update(registryNodesKey, { status: 'fresh', asOf: readAt, records: nodes });
  }
}
