import * as z from 'zod/mini';
import type { FieldChoice, FieldForm, LinkType, ScreenField, Transition } from '../../../domain/queue/screen.ts';
import { each, object, readFields, recordOf, text, type Report } from '../../records.ts';
import { toStatus } from './mapping.ts';

// What can be chosen when a ticket is changed (atlassian.md 3.3, 3.4).

/** The steps of the workflow; those without an id are left out. Undefined for what is no list of them. */
export function toTransitions(raw: unknown, of: string, report: Report): readonly Transition[] | undefined {
  const list = recordOf(raw)?.['transitions'];
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((each: unknown) => {
    const record = recordOf(each) ?? {};
    const { id, name, fields } = record;
    if (typeof id !== 'string' || record['isAvailable'] === false) return [];
    const to = toStatus(recordOf(record['to']), of, report);
    return [{ id, name: typeof name === 'string' ? name : to.name, to, fields: toScreenFields(fields) }];
  });
}

/** The fields of a screen from the map that Jira gives. */
export function toScreenFields(raw: unknown): readonly ScreenField[] {
  return Object.entries(recordOf(raw) ?? {}).flatMap(([id, value]) => {
    const field = recordOf(value);
    return field === undefined ? [] : [toScreenField(id, field)];
  });
}

/**
 * The id of the field that holds the epic where a project of before `parent` keeps it in one of its own; undefined for
 * other projects. `raw`: the fields by their ids.
 */
export function epicLinkIn(raw: unknown): string | undefined {
  const fields = Object.entries(recordOf(raw) ?? {});
  return fields.find(([, field]) => {
    const custom = recordOf(recordOf(field)?.['schema'])?.['custom'];
    return typeof custom === 'string' && custom.endsWith(':gh-epic-link');
  })?.[0];
}

function toScreenField(id: string, field: Readonly<Record<string, unknown>>): ScreenField {
  const { name, required, hasDefaultValue, schema, allowedValues } = field;
  const choices = Array.isArray(allowedValues) ? allowedValues.flatMap(toChoice) : [];
  return {
    id,
    name: typeof name === 'string' ? name : id,
    required: required === true && hasDefaultValue !== true,
    form: formOf(id, recordOf(schema) ?? {}, choices),
    choices,
  };
}

function formOf(id: string, schema: Readonly<Record<string, unknown>>, choices: readonly FieldChoice[]): FieldForm {
  const { type, custom } = schema;
  if (id === 'comment') return 'comment';
  if (choices.length > 0) return type === 'array' ? 'choices' : 'choice';
  if (type === 'number') return 'number';
  if (type === 'date') return 'day';
  if (type !== 'string') return 'other';
  const isRich = id === 'description' || (typeof custom === 'string' && custom.endsWith(':textarea'));
  return isRich ? 'richText' : 'text';
}

/** Priorities and resolutions have a name, options a value. */
function toChoice(raw: unknown): FieldChoice[] {
  const { id, name, value } = recordOf(raw) ?? {};
  const words = typeof name === 'string' ? name : value;
  return typeof id === 'string' && typeof words === 'string' ? [{ id, name: words }] : [];
}

/** The types of links; undefined for what is no list of them. */
export function toLinkTypes(raw: unknown): readonly LinkType[] | undefined {
  const list = recordOf(raw)?.['issueLinkTypes'];
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((entry: unknown) => {
    const { name, inward, outward } = recordOf(entry) ?? {};
    return typeof name === 'string' && typeof inward === 'string' && typeof outward === 'string'
      ? [{ name, inward, outward }]
      : [];
  });
}

const people = each(z.object({ accountId: z.string(), displayName: z.string() }));

/** The people of a list; undefined for what is no list. */
export function toPeople(raw: unknown): readonly { readonly accountId: string; readonly name: string }[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  return (people(raw).value ?? []).map(({ accountId, displayName }) => ({ accountId, name: displayName }));
}

/** The key of the parent of an issue that was read; null for none, undefined for what is no issue. */
export function toParent(raw: unknown): string | null | undefined {
  const fields = recordOf(recordOf(raw)?.['fields']);
  if (fields === undefined) return undefined;
  const { parent } = readFields(fields, { parent: object }, () => undefined);
  return text(parent?.['key']).value ?? null;
}
