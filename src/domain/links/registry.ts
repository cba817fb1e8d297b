/**
 * A node as a read of the registry had it (dre.md 3.3). Null: the registry says that there is none. Undefined: what was
 * read does not say.
 */
export interface RegistryNode {
  /** A principal whose checksum is right, as all others here. */
  readonly id: string;
  readonly subnet: string | null | undefined;
  readonly dataCenter: string | null | undefined;
  readonly provider: string | null | undefined;
  readonly operator: string | null | undefined;
  /** `healthy`, `degraded`, `dead`, or another word that dre had for it; undefined also where dre had none. */
  readonly health: string | undefined;
}

/** How many nodes a data center, provider or subnet has, and how many of them are known not to be healthy. */
export interface NodeCount {
  readonly nodes: number;
  readonly unhealthy: number;
}

/** The subnets, data centers or providers that have nodes, with their counts. */
export function countNodes(
  nodes: Iterable<RegistryNode>,
  of: 'subnet' | 'dataCenter' | 'provider',
): ReadonlyMap<string, NodeCount> {
  const counts = new Map<string, { nodes: number; unhealthy: number }>();
  for (const node of nodes) {
    const id = node[of];
    if (id === null || id === undefined) continue;
    const count = counts.get(id) ?? { nodes: 0, unhealthy: 0 };
    count.nodes += 1;
    if (isUnhealthy(node)) count.unhealthy += 1;
    counts.set(id, count);
  }
  return counts;
}

/** Whether a node is known not to be healthy. */
export function isUnhealthy({ health }: RegistryNode): boolean {
  return health !== undefined && health !== 'healthy';
}
