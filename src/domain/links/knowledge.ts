import type { Alert } from '../alerts/alert.ts';
import { isCommit, isIssueKey, isPrincipal } from '../base/ids.ts';
import { targetKind, type Rollout } from '../releases/rollout.ts';
import type { Ticket } from '../queue/ticket.ts';

/** What a principal stands for. */
export type PrincipalKind = 'subnet' | 'node' | 'nodeProvider';

/** What is known to exist. A word without other evidence is an id only when it is in here. */
export interface Knowledge {
  /** By full text. */
  readonly principals: ReadonlyMap<string, PrincipalKind>;
  /** The first group of a principal to all that begin with it. */
  readonly principalsByStart: ReadonlyMap<string, readonly string[]>;
  readonly dataCenters: ReadonlySet<string>;
  /** Commits in full, lower case. */
  readonly versions: ReadonlySet<string>;
  /** Jira project keys: DRE. */
  readonly projects: ReadonlySet<string>;
  /** The repository that "PR 12" refers to, `owner/name`. */
  readonly repository: string | undefined;
  /** Equal for equal knowledge. */
  readonly signature: string;
}

/** Where knowledge comes from. */
export interface KnowledgeSources {
  readonly rollouts?: Iterable<Rollout>;
  readonly alerts?: Iterable<Alert>;
  readonly tickets?: Iterable<Ticket>;
  /** Further node providers, by principal. */
  readonly nodeProviders?: Iterable<string>;
  /** The queue's epic: its project is known before its tickets are. */
  readonly epic?: string;
  readonly repository?: string;
}

/** A data center's id: a place's letters and a number (dre.md 8.5; the samples show mtl1, zh2). */
export function isDataCenter(word: string): boolean {
  return /^[a-z]{2,3}[1-9][0-9]?$/.test(word);
}

/**
 * Gathers what is known. Subnets, API boundary nodes and versions come from the rollouts; data centers from the labels
 * `dc:zh1` of alerts and tickets; projects from the tickets.
 */
export function knowledgeOf(sources: KnowledgeSources): Knowledge {
  const principals = new Map<string, PrincipalKind>();
  const dataCenters = new Set<string>();
  const versions = new Set<string>();
  const projects = new Set<string>();
  for (const provider of sources.nodeProviders ?? []) {
    if (isPrincipal(provider)) principals.set(provider, 'nodeProvider');
  }
  for (const rollout of sources.rollouts ?? []) addRollout(rollout, principals, versions);
  for (const { tags } of sources.alerts ?? []) addLabels(tags, dataCenters);
  for (const ticket of sources.tickets ?? []) {
    addLabels(ticket.labels, dataCenters);
    addProject(ticket.key, projects);
  }
  addProject(sources.epic ?? '', projects);
  return {
    principals,
    principalsByStart: byStart(principals.keys()),
    dataCenters,
    versions,
    projects,
    repository: sources.repository,
    signature: [
      ...[[...principals].map(([id, kind]) => `${id} ${kind}`), dataCenters, versions, projects].map((each) =>
        [...each].sort().join(','),
      ),
      sources.repository ?? '',
    ].join(';'),
  };
}

function addRollout(rollout: Rollout, principals: Map<string, PrincipalKind>, versions: Set<string>): void {
  if (isCommit(rollout.revision)) versions.add(rollout.revision);
  const kind = targetKind(rollout);
  for (const { targets } of rollout.batches) {
    for (const { id, revision } of targets) {
      if (isPrincipal(id)) principals.set(id, kind);
      if (isCommit(revision)) versions.add(revision);
    }
  }
}

function addLabels(labels: readonly string[], dataCenters: Set<string>): void {
  for (const label of labels) {
    if (label.startsWith('dc:') && isDataCenter(label.slice(3))) dataCenters.add(label.slice(3));
  }
}

function addProject(key: string, projects: Set<string>): void {
  if (isIssueKey(key)) projects.add(key.slice(0, key.lastIndexOf('-')));
}

function byStart(principals: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const id of principals) {
    const start = id.slice(0, 5);
    const same = found.get(start);
    if (same === undefined) found.set(start, [id]);
    else same.push(id);
  }
  return found;
}
