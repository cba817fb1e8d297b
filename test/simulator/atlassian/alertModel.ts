// The state behind the alerts. Instants are epoch milliseconds of world time.

export interface SimResponder {
  readonly id: string;
  readonly type: 'team' | 'user' | 'escalation' | 'schedule';
}

export interface AlertNote {
  /** Nanoseconds since the epoch, as text (atlassian.md 2.5). */
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
  note: string;
  /** Account id. */
  readonly owner: string;
}

export interface AlertLog {
  readonly at: number;
  readonly type: string;
  readonly text: string;
  readonly owner: string;
}

export type Priority = 'P1' | 'P2' | 'P3' | 'P4' | 'P5';
export const priorities: readonly string[] = ['P1', 'P2', 'P3', 'P4', 'P5'] satisfies Priority[];

export interface SimAlert {
  readonly id: string;
  readonly tinyId: string;
  readonly createdAt: number;
  updatedAt: number;
  message: string;
  description: string;
  readonly alias: string;
  readonly entity: string;
  readonly source: string;
  readonly integrationType: string;
  readonly integrationName: string;
  priority: Priority;
  count: number;
  lastOccurredAt: number;
  acknowledged: boolean;
  acknowledgedAt: number | undefined;
  acknowledgedBy: string | undefined;
  snoozedUntil: number | undefined;
  closedAt: number | undefined;
  closedBy: string | undefined;
  /** Account id, undefined for nobody. */
  owner: string | undefined;
  seen: boolean;
  tags: string[];
  actions: string[];
  extraProperties: Record<string, unknown>;
  responders: SimResponder[];
  notes: AlertNote[];
  logs: AlertLog[];
}
