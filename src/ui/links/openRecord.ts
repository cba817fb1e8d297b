import type { Subject } from '../../domain/links/mention.ts';
import { subjectPage } from '../../domain/links/pages.ts';
import type { RecordAddress } from '../../domain/links/recordAddress.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Documents } from '../kit/documents.ts';
import { openPage } from '../kit/openPage.ts';

export interface OpenParts {
  readonly store: Store<Failure>;
  readonly documents: Pick<Documents, 'open'>;
  readonly timeline: {
    readonly open: (rollout?: string, options?: { readonly batch?: string | undefined }) => Promise<void>;
  };
}

/** Opens a record whose key has the right shape. Returns whether there is something to show. */
export async function openRecord({ kind, key, batch }: RecordAddress, parts: OpenParts): Promise<boolean> {
  switch (kind) {
    case 'alert':
    case 'ticket':
    case 'proposal':
      await parts.documents.open(kind, key);
      return true;
    case 'rollout':
      if (!parts.store.state(rolloutsKey).records.has(key)) return false;
      await parts.timeline.open(key, { batch });
      return true;
    case 'pullRequest':
      return openSubjectPage({ kind, id: key });
  }
}

/** Opens what a text names: our document or timeline where there is one, else its public page. */
export async function openSubject(subject: Subject, parts: OpenParts): Promise<boolean> {
  const { kind, id } = subject;
  switch (kind) {
    case 'alert':
    case 'ticket':
    case 'proposal':
      return openRecord({ kind, key: id }, parts);
    case 'release': {
      const rollouts = parts.store.state(rolloutsKey).records;
      const known = [...rollouts].find(([, { name }]) => name.startsWith(id));
      return known === undefined ? openSubjectPage(subject) : openRecord({ kind: 'rollout', key: known[0] }, parts);
    }
    case 'subnet':
    case 'node':
    case 'dataCenter':
    case 'nodeProvider':
    case 'version':
    case 'pullRequest':
      return openSubjectPage(subject);
  }
}

async function openSubjectPage(subject: Subject): Promise<boolean> {
  const page = subjectPage(subject);
  if (page === undefined) return false;
  await openPage(page);
  return true;
}
