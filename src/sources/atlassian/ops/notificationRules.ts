import * as z from 'zod/mini';
import type { Failure } from '../../../domain/base/failure.ts';
import type { Contact, NotificationRule, NotificationSetup } from '../../../domain/rotation/notificationSetup.ts';
import { ok, type Result } from '../../../domain/base/result.ts';
import { minute } from '../../../domain/base/time.ts';
import type { Atlassian } from '../connection.ts';
import { malformed, readList } from './wire.ts';

/** How the signed-in person is notified. */
export interface NotificationRules {
  /** All rules and contacts. Fails when one cannot be read: what is not known must not seem a missing rule. */
  notificationSetup(signal?: AbortSignal): Promise<Result<NotificationSetup, Failure>>;
}

// No reference describes these two addresses but the service's own OpenAPI: notification-rules, users/contacts.

const method = z.enum(['email', 'sms', 'voice', 'mobile']);
const stepSchema = z.object({
  sendAfter: z.optional(z.nullable(z.number())),
  contact: z.object({ method }),
  enabled: z.optional(z.nullable(z.boolean())),
});
const ruleSchema = z.object({
  id: z.string(),
  name: z.optional(z.nullable(z.string())),
  actionType: z.string(),
  criteria: z.optional(z.nullable(z.object({ type: z.string() }))),
  timeRestriction: z.optional(z.nullable(z.unknown())),
  steps: z.optional(z.nullable(z.array(stepSchema))),
  enabled: z.optional(z.nullable(z.boolean())),
});
const contactSchema = z.object({
  method,
  status: z.object({ enabled: z.boolean(), disabledReason: z.optional(z.nullable(z.string())) }),
});

export function createNotificationRules(connection: Atlassian): NotificationRules {
  async function whole<T>(
    operation: string,
    path: string,
    map: (raw: unknown) => T | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Result<readonly T[], Failure>> {
    const read = await readList(connection, { operation, path, size: 100, pages: 'offset', most: 1_000, map, signal });
    if (!read.ok) return read;
    const { records, skipped, completeness } = read.value;
    return skipped > 0 || completeness.kind === 'partial' ? malformed(operation) : ok(records);
  }

  return {
    async notificationSetup(signal) {
      const [rules, contacts] = await Promise.all([
        whole('list notification rules', '/v1/notification-rules', toRule, signal),
        whole('list contacts', '/v1/users/contacts', toContact, signal),
      ]);
      if (!rules.ok) return rules;
      if (!contacts.ok) return contacts;
      return ok({ rules: rules.value, contacts: contacts.value });
    },
  };
}

function toRule(raw: unknown): NotificationRule | undefined {
  const parsed = ruleSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { id, name, actionType, criteria, timeRestriction, steps, enabled } = parsed.data;
  return {
    id,
    name: name ?? '',
    event: actionType,
    enabled: enabled ?? false,
    restricted: timeRestriction !== null && timeRestriction !== undefined,
    everyAlert: (criteria?.type ?? 'match-all') === 'match-all',
    steps: (steps ?? []).map((step) => ({
      method: step.contact.method,
      afterMs: (step.sendAfter ?? 0) * minute,
      enabled: step.enabled ?? false,
    })),
  };
}

function toContact(raw: unknown): Contact | undefined {
  const parsed = contactSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { method: by, status } = parsed.data;
  return { method: by, enabled: status.enabled, disabledReason: status.disabledReason ?? undefined };
}
