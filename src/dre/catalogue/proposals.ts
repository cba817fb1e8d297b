import { operation, type Operation } from '../operations.ts';
import { parameter } from '../parameters.ts';
import { choices, forumPostLink, proposalId, voteFilters } from './parts.ts';

/** Votes, and proposals. */
export const proposalOperations: readonly Operation[] = [
  operation({
    id: 'vote.once',
    title: 'Vote once',
    description:
      'Votes yes on the open proposals of the accepted proposers and topics, then ends. dre vote never prompts.',
    group: 'Proposals',
    path: ['vote'],
    fixed: { sleepTime: ['0s'] },
    parameters: voteFilters,
  }),
  operation({
    id: 'vote.loop',
    title: 'Keep voting',
    description: 'Votes yes on what comes in, every minute, until Ctrl+C. dre vote never prompts.',
    group: 'Proposals',
    duration: 'Until Ctrl+C',
    path: ['vote'],
    parameters: voteFilters,
  }),
  operation({
    id: 'proposals.open',
    title: 'List open proposals',
    description: 'Prints the open proposals as JSON.',
    group: 'Proposals',
    path: ['proposals', 'pending'],
    parameters: [],
  }),
  operation({
    id: 'proposals.filter',
    title: 'List proposals by status and topic',
    description: 'Prints decoded proposals as JSON, the newest first.',
    group: 'Proposals',
    path: ['proposals', 'filter'],
    parameters: [
      choices('statuses', 'Statuses'),
      choices('topics', 'Topics'),
      parameter({ name: 'limit', label: 'At most', kind: 'count', placeholder: '100 when empty' }),
    ],
  }),
  operation({
    id: 'proposals.get',
    title: 'Show a proposal',
    description: 'Prints the raw proposal as JSON.',
    group: 'Proposals',
    path: ['proposals', 'get'],
    parameters: [proposalId],
  }),
  operation({
    id: 'proposals.analyze',
    title: 'Analyze a proposal',
    description: 'Shows what an open change of subnet membership does to decentralization.',
    group: 'Proposals',
    path: ['proposals', 'analyze'],
    parameters: [proposalId],
  }),
  operation({
    id: 'motion.propose',
    title: 'Propose a motion',
    description: 'Submits a motion from a Markdown file.',
    group: 'Proposals',
    path: ['governance', 'propose', 'motion'],
    parameters: [
      parameter({
        name: 'summaryFile',
        label: 'File with the summary',
        kind: 'path',
        required: true,
        placeholder: 'summary.md, or a full path',
      }),
      parameter({ name: 'title', label: 'Title', kind: 'text', placeholder: 'First heading of the file when empty' }),
      parameter({ name: 'motionText', label: 'Text of the motion', kind: 'text' }),
      forumPostLink,
    ],
  }),
];
