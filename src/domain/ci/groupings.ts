/**
 * How the CI view groups: pull requests by why they are there, both parts by how they stand, or each part as one list.
 * The first one is the default.
 */
export const ciGroupings = ['origin', 'status', 'none'] as const;
export type CiGrouping = (typeof ciGroupings)[number];
