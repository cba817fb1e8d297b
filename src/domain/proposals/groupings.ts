/**
 * How the Proposals view groups: those of the team's topics as one list, the one that ends first on top; by topic; by who
 * made them. The first one is the default.
 */
export const proposalGroupings = ['deadline', 'topic', 'proposer'] as const;
export type ProposalGrouping = (typeof proposalGroupings)[number];
