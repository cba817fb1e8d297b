import type { RegistryNode } from '../../domain/links/registry.ts';
import type { Run } from '../../domain/operations/run.ts';
import type { FeedKey } from '../../engine/read/store.ts';

/** The runs of dre that are kept. They come from this machine's disk, not from a service. */
export const runsKey: FeedKey<Run> = { name: 'runs', keyOf: ({ id }) => id };

/** The nodes of the registry, as of when a person had dre read it last; never read on our own. */
export const registryNodesKey: FeedKey<RegistryNode> = { name: 'registryNodes', keyOf: ({ id }) => id };
