import type { Priority } from '../../domain/alerts/alert.ts';

/** How a priority is named, beyond its number, for people who do not know Jira's scale. */
export const priorityNames: Record<Priority, string> = {
  P1: 'critical',
  P2: 'high',
  P3: 'moderate',
  P4: 'low',
  P5: 'informational',
};
