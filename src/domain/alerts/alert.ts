import type { Instant } from '../base/time.ts';

/** Most urgent first. */
export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
export type Priority = (typeof priorities)[number];

/** Whether an alert is of a priority that must not be missed among the others: P1, P2, or a word that is not known. */
export function isUrgent({ priority, unknownPriority }: Pick<Alert, 'priority' | 'unknownPriority'>): boolean {
  return priority === 'P1' || priority === 'P2' || unknownPriority !== undefined;
}

/**
 * The state that a person sees. It is derived: closed if the service's `status` says closed or resolved, else snoozed
 * if `snoozed`, else acknowledged if `acknowledged`, else open (atlassian.md 2.2: live reports show only open and
 * closed in `status`, the rest are booleans).
 */
export type AlertStatus = 'open' | 'acknowledged' | 'snoozed' | 'closed';
export const alertStatuses: readonly AlertStatus[] = ['open', 'acknowledged', 'snoozed', 'closed'];

export interface Responder {
  readonly id: string;
  /** `other`: of a kind that is not known. */
  readonly type: 'team' | 'user' | 'escalation' | 'schedule' | 'other';
}

/** An alert of Jira Service Management Operations. */
export interface Alert {
  /** `uuid` or `uuid-epochMillis`: the only id that works in paths. */
  readonly id: string;
  /** The small number that people see. It rolls over. */
  readonly tinyId: string;
  readonly message: string;
  readonly description: string;
  readonly status: AlertStatus;
  /** The service's word where it is none that is known: then `status` is open, as the alert may need a person. */
  readonly unknownStatus?: string;
  readonly priority: Priority;
  /** The service's word where it is none of the priorities: then `priority` is the one in the middle. */
  readonly unknownPriority?: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly acknowledgedAt: Instant | undefined;
  readonly snoozedUntil: Instant | undefined;
  readonly closedAt: Instant | undefined;
  readonly lastOccurredAt: Instant | undefined;
  /** How often the same alert came, 1 for once. */
  readonly count: number;
  /** Display name of the owner; undefined without an owner. Not an account id. */
  readonly owner: string | undefined;
  readonly seen: boolean;
  readonly alias: string;
  readonly entity: string;
  readonly source: string;
  readonly integration: string;
  readonly tags: readonly string[];
  readonly responders: readonly Responder[];
  /** Names of custom actions. */
  readonly actions: readonly string[];
  /** `extraProperties` with every value as text. */
  readonly properties: Readonly<Record<string, string>>;
}

/** What a person wrote to an alert. */
export interface AlertNote {
  /** Nanoseconds since the epoch, as text: more digits than a number holds (atlassian.md 2.5). */
  readonly id: string;
  readonly text: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** An e-mail address or a name, as the service has it. */
  readonly author: string;
}

/** A line of an alert's activity log. */
export interface AlertLogEntry {
  readonly at: Instant;
  /** `system` and others that no list names. */
  readonly type: string;
  readonly text: string;
  /** Who did it: a person, a team or `system`. */
  readonly author: string;
}

/** Who is paged, and in which order. An alert is escalated to it by its id. */
export interface Escalation {
  readonly id: string;
  readonly name: string;
}

/** A team of operations, as the service names it. */
export interface Team {
  /** Without `og-`. */
  readonly id: string;
  readonly name: string;
}
