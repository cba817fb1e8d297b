import * as z from 'zod/mini';
import type { Adoption, HostBatch, HostNode, NodeHealth } from '../../domain/releases/hostBatch.ts';
import { mostRows } from '../answerText.ts';
import { anything, flag, object, readFields, recordOf, text, type FieldReader, type Report } from '../records.ts';

// The dashboard's detail of a HostOS batch (rollout-dashboard.md 1.3, BatchResponse) to the domain.

const rows: FieldReader<readonly unknown[]> = (value) => {
  if (value === undefined || value === null) return { value: undefined, isClear: true };
  return Array.isArray(value) ? { value, isClear: true } : { value: undefined, isClear: false };
};
const batchFields = {
  planned_nodes: rows,
  actual_nodes: rows,
  upgraded_nodes: object,
  alerting_nodes: object,
  adoption_checks_bypassed: flag,
  health_checks_bypassed: flag,
  tolerance: anything,
};
const nodeFields = { node_provider_id: text, assignment: text, dc_id: text, status: text };

const adoptions: readonly Exclude<Adoption, 'unknown'>[] = ['upgraded', 'pending', 'AWOL'];
const healths: Readonly<Record<string, Exclude<NodeHealth, 'unknown'>>> = {
  OK: 'OK',
  alerting: 'alerting',
  unknown: 'notKnown',
};
const toleranceSchema = z.union([z.number().check(z.nonnegative()), z.string().check(z.regex(/^\d+(\.\d+)?%$/))]);

/** The detail of a batch; undefined when it is not one. A node without an id is left out and counted. */
export function toHostBatch(raw: unknown, id: string, report: Report): HostBatch | undefined {
  const record = recordOf(raw);
  if (record === undefined || !Array.isArray(record['planned_nodes'])) return undefined;
  const found = readFields(record, batchFields, (field) => report.unclear('batch', id, field));
  const known = { adoptions: found.upgraded_nodes ?? {}, healths: found.alerting_nodes ?? {} };
  const [planned, actual] = [found.planned_nodes, found.actual_nodes].map((list) =>
    list?.slice(0, mostRows).map((node) => toNode(node, id, known, report)),
  );
  const read = (list: typeof planned): readonly HostNode[] | undefined => list?.filter((node) => node !== undefined);
  const all = [...(planned ?? []), ...(actual ?? [])];
  return {
    nodes: read(actual),
    plannedNodes: read(planned),
    tolerance: toleranceOf(record, id, report),
    adoptionBypassed: found.adoption_checks_bypassed,
    healthBypassed: found.health_checks_bypassed,
    skipped: all.filter((node) => node === undefined).length,
  };
}

/** `null` is how the dashboard writes that no node may be left behind. */
function toleranceOf(record: Readonly<Record<string, unknown>>, id: string, report: Report): string | undefined {
  const { tolerance } = record;
  if (tolerance === null || tolerance === 0) return 'none';
  const parsed = toleranceSchema.safeParse(tolerance);
  if (!parsed.success) {
    report.unclear('batch', id, 'tolerance');
    return undefined;
  }
  if (typeof parsed.data === 'number') return `${parsed.data}`;
  // Percentages are made from fractions and may be "7.000000000000001%" (rollout-dashboard.md 1.3).
  return `${Math.round(Number(parsed.data.slice(0, -1)) * 100) / 100}%`;
}

interface NodeStates {
  readonly adoptions: Readonly<Record<string, unknown>>;
  readonly healths: Readonly<Record<string, unknown>>;
}

function toNode(raw: unknown, batch: string, known: NodeStates, report: Report): HostNode | undefined {
  const record = recordOf(raw) ?? {};
  const id = record['node_id'];
  if (typeof id !== 'string' || id === '') {
    report.skipped('node', batch, 'node_id');
    return undefined;
  }
  const found = readFields(record, nodeFields, (field) => report.unclear('node', id, field));
  return {
    id,
    provider: found.node_provider_id,
    dataCenter: found.dc_id,
    assignment: found.assignment,
    status: found.status,
    ...adoptionOf(id, own(known.adoptions, id), report),
    ...healthOf(id, own(known.healths, id), report),
  };
}

function own(words: Readonly<Record<string, unknown>>, id: string): unknown {
  return Object.hasOwn(words, id) ? words[id] : undefined;
}

function adoptionOf(id: string, word: unknown, report: Report): Pick<HostNode, 'adoption' | 'unknownAdoption'> {
  if (word === undefined || word === null) return { adoption: undefined };
  const adoption = adoptions.find((each) => each === word);
  if (adoption !== undefined) return { adoption };
  if (typeof word !== 'string') {
    report.unclear('node', id, 'upgraded_nodes');
    return { adoption: undefined };
  }
  report.newWord('node', id, 'upgraded_nodes', word);
  return { adoption: 'unknown', unknownAdoption: word };
}

function healthOf(id: string, word: unknown, report: Report): Pick<HostNode, 'health' | 'unknownHealth'> {
  if (word === undefined || word === null) return { health: undefined };
  if (typeof word !== 'string') {
    report.unclear('node', id, 'alerting_nodes');
    return { health: undefined };
  }
  const health = Object.hasOwn(healths, word) ? healths[word] : undefined;
  if (health !== undefined) return { health };
  report.newWord('node', id, 'alerting_nodes', word);
  return { health: 'unknown', unknownHealth: word };
}
