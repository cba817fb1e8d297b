import type { OfferedValue } from '../../domain/operations/pageMessages.ts';
import type { Parameter } from '../../dre/parameters.ts';

/** What a parameter may be about that records have, or that dre itself names: a form offers it. */
export type OfferedKind =
  'subnet' | 'node' | 'dataCenter' | 'provider' | 'version' | 'proposal' | 'forumLink' | 'network';

/** What can stand for a parameter: values of these kinds, in this order. */
export function offeredKinds({ name, kind }: Pick<Parameter, 'name' | 'kind'>): readonly OfferedKind[] {
  switch (kind) {
    case 'principal':
      return ['subnet'];
    case 'idList':
      return ['open', 'close', 'subnetIds'].includes(name) ? ['subnet'] : ['node'];
    case 'proposalId':
      return ['proposal'];
    case 'version':
      return ['version'];
    case 'forumLink':
      return ['forumLink'];
    case 'wordList':
      return wordKinds[name] ?? [];
    case 'text':
      if (/^(version|replicaVersion|fromVersion)$/.test(name)) return ['version'];
      return name === 'network' ? ['network'] : [];
    case 'value':
      return name === 'proposalId' || name === 'beforeProposal' ? ['proposal'] : [];
    case 'numberList':
    case 'releaseTag':
    case 'count':
    case 'path':
    case 'flag':
    case 'choice':
    case 'choices':
    case 'valueList':
    case 'lines':
      return [];
  }
}

/** What dre takes for nodes also names them by their data center or provider (dre.md 4). */
const anyNodes: readonly OfferedKind[] = ['dataCenter', 'provider', 'node'];

const wordKinds: Readonly<Partial<Record<string, readonly OfferedKind[]>>> = {
  exclude: anyNodes,
  only: anyNodes,
  extraNodesFilter: anyNodes,
  omitNodes: ['node'],
  keepNodes: ['node'],
  omitSubnets: ['subnet'],
};

/** The kinds of values that a read of the registry has. */
export const registryKinds: readonly OfferedKind[] = ['subnet', 'node', 'dataCenter', 'provider'];

/** The values that dre itself names. */
export const ownWords = {
  forumLink: [
    { value: 'ask', label: 'dre prompts in the terminal' },
    { value: 'omit', label: 'No forum post' },
    { value: 'discourse', label: 'dre creates the post' },
  ],
  network: [
    { value: 'mainnet', label: 'The Internet Computer' },
    { value: 'staging', label: 'The staging network' },
  ],
} as const satisfies Partial<Record<OfferedKind, readonly OfferedValue[]>>;
