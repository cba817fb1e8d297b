/** A node as the registry has it. */
export interface NetworkNode {
  readonly id: string;
  /** Null for one that is in no subnet. */
  readonly subnet: string | null;
  readonly dataCenter: string;
  readonly provider: string;
  readonly operator: string;
  readonly status: 'Healthy' | 'Dead';
}

export const subnets: readonly string[];
export const boundaryNodes: readonly string[];
export const dataCenters: readonly string[];
export const spareNodes: readonly string[];
export const nodes: readonly NetworkNode[];
export function nodeId(name: string): string;
export function member(subnet: string, letter: 'a' | 'b' | 'c' | 'd'): string;
