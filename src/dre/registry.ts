import * as z from 'zod/mini';
import type { Failure } from '../domain/base/failure.ts';
import { isVisibleLine } from '../domain/base/harmless.ts';
import { isPrincipal } from '../domain/base/ids.ts';
import { isCheckedPrincipal } from '../domain/base/principal.ts';
import { ok, type Result } from '../domain/base/result.ts';
import type { RegistryNode } from '../domain/links/registry.ts';
import type { CommandLine } from '../domain/operations/run.ts';
import { readJson } from './json.ts';

/** Whether a command reads the whole registry. With a filter, whole parts of it can be missing (dre.md 3.3). */
export function readsRegistry({ args }: Pick<CommandLine, 'args'>): boolean {
  return args.length === 1 && args[0] === 'registry';
}

const registrySchema = z.object({ nodes: z.array(z.unknown()).check(z.minLength(1)) });

/** The nodes in the output of `dre registry`, each still to be read. Never none: a network without nodes is a wrong answer. */
export function registryNodesIn(text: string): Result<readonly unknown[], Failure> {
  const read = readJson(text, registrySchema, 'read the registry');
  return read.ok ? ok(read.value.nodes) : read;
}

/** What has another form than the one that is known counts as not known. */
const known = (isRight: (text: string) => boolean) =>
  z.catch(z.optional(z.nullable(z.string().check(z.refine(isRight)))), undefined);

const longestWord = 60;
const isWord = (text: string): boolean => text !== '' && text.length <= longestWord && isVisibleLine(text);

const nodeSchema = z.object({
  node_id: z.string().check(z.refine(isCheckedPrincipal)),
  subnet_id: known(isPrincipal),
  dc_id: known(isWord),
  node_provider_id: known(isPrincipal),
  node_operator_id: known(isPrincipal),
  status: known(isWord),
});

/** A node of the registry (dre.md 3.3); undefined for what is none. */
export function readRegistryNode(value: unknown): RegistryNode | undefined {
  const parsed = nodeSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { node_id, subnet_id, dc_id, node_provider_id, node_operator_id, status } = parsed.data;
  return {
    id: node_id,
    subnet: subnet_id,
    dataCenter: dc_id,
    provider: node_provider_id,
    operator: node_operator_id,
    health: healthOf(status),
  };
}

const healthWords: Readonly<Record<string, string>> = { Healthy: 'healthy', Degraded: 'degraded', Dead: 'dead' };

function healthOf(status: string | null | undefined): string | undefined {
  return status === null || status === undefined || status === 'Unknown' ? undefined : (healthWords[status] ?? status);
}

/** A node in the form in which `readRegistryNode` reads it: what is kept of it. */
export function keptRegistryNode({ id, subnet, dataCenter, provider, operator, health }: RegistryNode): unknown {
  const [status = health] = Object.keys(healthWords).filter((word) => healthWords[word] === health);
  return {
    node_id: id,
    subnet_id: subnet,
    dc_id: dataCenter,
    node_provider_id: provider,
    node_operator_id: operator,
    status,
  };
}
