import { commandAt } from '../grammar/commands.ts';
import { valueFault } from '../grammar/values.ts';
import { parameter, type Parameter } from '../parameters.ts';

// The parameters that several operations have.

export const subnetExample = 'tdb26-jop6k-…';
export const nodesExample = 'Full ids, with spaces or commas between';
export const subnetsExample = nodesExample;

export const forumPostLink = parameter({
  name: 'forumPostLink',
  label: 'Forum post',
  kind: 'forumLink',
  placeholder: 'URL, omit, or discourse; dre prompts when empty',
});

/** Elections must be announced: dre refuses `omit` for them (dre.md 1.4). */
const electionPostLink = parameter(
  {
    name: 'forumPostLink',
    label: 'Forum post',
    kind: 'forumLink',
    placeholder: 'URL or discourse; dre prompts when empty',
  },
  (text) => (text === 'omit' ? 'An election needs a forum post: dre refuses omit.' : undefined),
);

export const motivation = (required: boolean): Parameter =>
  parameter({ name: 'motivation', label: 'Motivation', kind: 'text', required, placeholder: 'Why, for the voters' });

/** What stands for nodes where dre takes words: the values of their features, or their ids (dre.md 4). */
export const nodeWords = 'Data centers, providers or node ids';

export const exclude = parameter({
  name: 'exclude',
  label: 'Leave out',
  kind: 'wordList',
  placeholder: `${nodeWords}, such as bo1`,
  help: 'Nodes that dre does not pick',
});

export const nodes = parameter({
  name: 'nodes',
  label: 'Nodes',
  kind: 'idList',
  required: true,
  placeholder: nodesExample,
});

/** The words that are passed on to ic-admin. */
export const icAdminWords = (label: string, placeholder: string): Parameter =>
  parameter({ name: 'args', label, kind: 'lines', required: true, placeholder });

export const proposalId = parameter({
  name: 'proposalId',
  label: 'Proposal',
  kind: 'proposalId',
  required: true,
  placeholder: '143574',
});

export const commit = (label: string): Parameter =>
  parameter({
    name: 'version',
    label,
    kind: 'version',
    required: true,
    placeholder: 'Commit of dfinity/ic, 40 digits',
  });

export const omissions: readonly Parameter[] = [
  parameter({
    name: 'omitSubnets',
    label: 'Subnets to exclude',
    kind: 'wordList',
    placeholder: 'Ids or parts of them',
  }),
  parameter({ name: 'omitNodes', label: 'Nodes not to add', kind: 'wordList', placeholder: 'Ids or parts of them' }),
];

export const voteFilters: readonly Parameter[] = [
  parameter({
    name: 'acceptedNeurons',
    label: 'Proposers',
    kind: 'numberList',
    placeholder: "Neuron ids; dre's own list when empty",
  }),
  parameter(
    {
      name: 'acceptedTopics',
      label: 'Topics',
      kind: 'numberList',
      placeholder: 'Topic numbers; 12 (version deployment) when empty',
    },
    (text) => (/\d{3}/.test(text) ? 'Topics have one or two digits.' : undefined),
  ),
];

export const revision: readonly Parameter[] = [
  commit('Version to elect'),
  parameter({
    name: 'releaseTag',
    label: 'Release tag',
    kind: 'releaseTag',
    placeholder: 'release-2026-08-20_03-30-base',
  }),
  parameter({ name: 'securityFix', label: 'Security fix', kind: 'flag' }),
  electionPostLink,
];

/** One of the words that dre takes. */
export const choice = (name: string, label: string, choices: readonly string[]): Parameter =>
  parameter({ name, label, kind: 'choice', choices, placeholder: 'Any' });

/** Any of the words that `dre proposals filter` takes. */
export const choices = (name: 'statuses' | 'topics', label: string): Parameter => {
  const argument = commandAt(['proposals', 'filter']).args.find((each) => each.name === name);
  return parameter({ name, label, kind: 'choices', choices: argument?.choices ?? [], placeholder: 'All' });
};

/** Whole nodes or a share of them, which dre reads when the command runs (dre.md 1.5). */
export function countProblem(text: string): string | undefined {
  const isShare = /^(?:100|\d{1,2})%$/.test(text);
  return isShare || /^\d{1,4}$/.test(text) ? undefined : 'Enter a number of nodes, or a share such as 10%.';
}

/** A month, which dre reads when the command runs. */
export function monthProblem(text: string): string | undefined {
  return /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text) ? undefined : 'Enter a month such as 2026-10.';
}

/** A filter of the registry on each line. */
export function filterProblem(text: string): string | undefined {
  const filters = commandAt(['registry']).args.find(({ name }) => name === 'filters');
  if (filters === undefined) return undefined;
  return text
    .split('\n')
    .map((line) => valueFault(filters, line.trim()))
    .find((fault) => fault !== undefined);
}

export function numberProblem(text: string): string | undefined {
  return /^\d{1,19}$/.test(text) ? undefined : 'Enter a whole number.';
}
