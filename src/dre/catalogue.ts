import { nodeOperations } from './catalogue/nodes.ts';
import { otherOperations } from './catalogue/others.ts';
import { proposalOperations } from './catalogue/proposals.ts';
import { topologyOperations } from './catalogue/topology.ts';
import type { Operation } from './operations.ts';

/** What is done with dre in a week on call (dre.md 4), in the order of the list. */
export const operations: readonly Operation[] = [
  ...proposalOperations,
  ...topologyOperations,
  ...nodeOperations,
  ...otherOperations,
];
