import type { Alert } from '../../../src/domain/alerts/alert.ts';

/** An open P3 alert of Wednesday, with what a test cares about changed. */
export function alert(id: string, more: Partial<Alert> = {}): Alert {
  const createdAt = more.createdAt ?? Date.UTC(2026, 7, 26, 13, 46, 11);
  return {
    id,
    tinyId: id,
    message: `alert ${id}`,
    description: '',
    status: 'open',
    priority: 'P3',
    createdAt,
    updatedAt: createdAt,
    acknowledgedAt: undefined,
    snoozedUntil: undefined,
    closedAt: undefined,
    lastOccurredAt: undefined,
    count: 1,
    owner: undefined,
    seen: false,
    alias: '',
    entity: '',
    source: '',
    integration: '',
    tags: [],
    responders: [],
    actions: [],
    properties: {},
    ...more,
  };
}
