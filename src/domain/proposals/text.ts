import { wordFilter } from '../base/wordFilter.ts';
import { neuronRole, nnsFunctionName, topicName } from './governance.ts';
import type { Proposal } from './proposal.ts';

/**
 * The simple text filter: whether every word of a text occurs somewhere in what a person knows a proposal by: id, title,
 * topic, status, NNS function, the proposer's neuron and its role.
 */
export const proposalMatches = wordFilter<Proposal>(({ id, title, topic, status, nnsFunction, proposer }) =>
  [
    ...[`${id}`, title, topicName(topic), status === 'unspecified' ? '' : status],
    ...(nnsFunction === undefined ? [] : [nnsFunctionName(nnsFunction)]),
    ...(proposer === undefined ? [] : [`${proposer}`, neuronRole(proposer) ?? '']),
  ].join('\n'),
);
