import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Proposal } from '../../../src/domain/proposals/proposal.ts';
import type { PullRequest } from '../../../src/domain/ci/pullRequest.ts';
import type { Rollout } from '../../../src/domain/releases/rollout.ts';
import type { Ticket } from '../../../src/domain/queue/ticket.ts';
import { subnets, troubledSubnet } from '../../simulator/world.ts';
import { alert as anyAlert } from './alertBuilder.ts';
import { at, batch, rollout, revision, wednesday } from './rolloutBuilder.ts';

// Records that are related, on real public ids.

export { subnets, troubledSubnet };

/** A node and a node provider of the mainnet. */
export const node = 'anudy-m6vfi-lphxb-sazpy-la4ti-2hriw-c67ny-butfn-axcel-otvuh-oqe';
export const provider = '7uioy-xitfw-yqcko-5gpya-3lpsw-dw7zt-dyyyf-wfqif-jvi76-fdbkg-cqe';

/** An open P2 alert of the moment that the rollouts are at. */
export function alert(id: string, more: Partial<Alert> = {}): Alert {
  return anyAlert(id, { tinyId: '1', priority: 'P2', createdAt: wednesday, updatedAt: wednesday, ...more });
}

export function ticket(key: string, more: Partial<Ticket> = {}): Ticket {
  return {
    id: key,
    key,
    summary: `ticket ${key}`,
    type: 'Task',
    status: { id: '1', name: 'To Do', category: 'new' },
    priority: undefined,
    assignee: undefined,
    labels: [],
    flagged: false,
    blockedBy: [],
    links: [],
    due: undefined,
    createdAt: wednesday,
    updatedAt: wednesday,
    ...more,
  };
}

export function proposal(id: bigint, more: Partial<Proposal> = {}): Proposal {
  return {
    id,
    title: `proposal ${id}`,
    summary: '',
    url: '',
    topic: 12,
    status: 'open',
    proposer: 80n,
    createdAt: wednesday,
    deadline: undefined,
    tally: undefined,
    action: 'ExecuteNnsFunction',
    nnsFunction: 11,
    ...more,
  };
}

export function pullRequest(number: number, more: Partial<PullRequest> = {}): PullRequest {
  return {
    number,
    title: `pull request ${number}`,
    author: 'noor',
    origin: 'person',
    branch: 'topic',
    draft: false,
    autoMerge: false,
    labels: [],
    reviewers: [],
    createdAt: wednesday,
    updatedAt: wednesday,
    checks: { state: 'passing', workflows: ['Build and test'], looked: ['Build and test'] },
    ...more,
  };
}

/** The rollout of the week: batch 12 began at 13:00, its first subnet waits for its alerts to go. */
export function weekRollout(more: Partial<Rollout> = {}): Rollout {
  const cell = (id: string | undefined) => ({ id: id ?? '', comment: '', url: '', revision });
  return rollout({
    batches: [
      batch(1, at(0, 9), {
        actualStart: at(0, 9),
        end: at(0, 10),
        state: 'complete',
        targets: subnets.slice(0, 27).map((id) => ({ ...cell(id), state: 'complete' })),
      }),
      batch(12, at(2, 13), {
        actualStart: at(2, 13),
        state: 'error',
        targets: [
          {
            ...cell(subnets[27]),
            state: 'waiting_for_alerts_gone',
            comment: 'Task batch_12.wait_until_no_alerts.0 in state Deferred',
          },
          {
            ...cell(subnets[28]),
            state: 'waiting_for_alerts_gone',
            comment: 'Task batch_12.wait_until_no_alerts.1 in state Success',
          },
          {
            ...cell(troubledSubnet),
            state: 'error',
            comment: 'Task batch_12.wait_for_replica_revision.2 in state UpForRetry',
          },
        ],
      }),
      batch(13, at(2, 15), { targets: subnets.slice(30).map((id) => ({ ...cell(id), state: 'pending' })) }),
    ],
    ...more,
  });
}
