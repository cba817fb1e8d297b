import assert from 'node:assert/strict';
import { batchKey } from '../../../../src/domain/releases/batchKey.ts';
import type { HostBatchRead, HostNode } from '../../../../src/domain/releases/hostBatch.ts';
import type { PullRequest } from '../../../../src/domain/ci/pullRequest.ts';
import type { WorkflowRun } from '../../../../src/domain/ci/workflowRun.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { day, hour, minute } from '../../../../src/domain/base/time.ts';
import { complete } from '../../../../src/engine/read/store.ts';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { ciView } from '../../../../src/views/ci/view.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { queueView } from '../../../../src/views/queue/view.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { freshState } from '../../../support/feeds/freshState.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { at, batch, principal, rollout, wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { account } from '../../../support/feeds/rotationBuilder.ts';
import { workflowRun } from '../../../support/feeds/workflowRunBuilder.ts';
import { narrowText } from '../../../support/ui/narrowRows.ts';

// The parts of views that stand beside their main lists, as they are seen at 300 px in the widest font.

const from = { now: wednesday, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';

function lines(rows: readonly Row[]): readonly string[] {
  return narrowText(rows.map(unfolded), 'DejaVu Sans').split('\n');
}

function unfolded(row: Row): Row {
  return row.children === undefined ? row : { ...row, children: row.children.map(unfolded), expanded: true };
}

describe('a part of a view at 300 px', () => {
  it('says of a workflow run how it ended and since when', () => {
    const run = (id: number, workflow: string, more: Partial<WorkflowRun>): WorkflowRun =>
      workflowRun(id, wednesday - hour, { workflow, ...more });
    const runs = [
      run(1, 'Build and test', { state: 'failure', attempt: 2 }),
      run(2, 'Update internal dashboard', { state: 'waiting' }),
      run(3, 'Release controller of the replica', { state: 'actionRequired', startedAt: wednesday - 3 * day }),
      run(4, 'mainnet-dashboard-backup-to-zurich', { startedAt: wednesday - 5 * minute }),
    ];
    const watched = { githubApi: 'https://api.github.com', repository: 'dfinity/dre' };
    const view = ciView(freshState<PullRequest>([]), freshState(runs), from, watched);
    assert.deepEqual(lines(view.rows).slice(0, 5), [
      'Workflow runs  4, 1 failed',
      '  $(error) Build and test  failed · 1h · attempt 2',
      '  $(person) Update internal…  to approve · 1h    …',
      '  $(person) Release controlle…  to approve · 3d …',
      '  $(pass) mainnet-dashboard-…  passed · 5m …',
    ]);
  });

  it('says of a node of a HostOS batch how it stands, and how many do', () => {
    const node = (label: string, over: Partial<HostNode>): HostNode => ({
      id: principal(label),
      provider: principal('ppppp'),
      dataCenter: 'zh5',
      assignment: undefined,
      status: 'Healthy',
      adoption: 'upgraded',
      health: undefined,
      ...over,
    });
    const running = batch(11, at(2, 13), { stage: 'main', actualStart: at(2, 13), state: 'waiting_for_adoption' });
    const host = rollout({ kind: 'rollout_ic_os_to_mainnet_nodes', state: 'main', batches: [running] });
    const key = batchKey(host, running);
    const read: HostBatchRead = {
      key,
      batch: {
        nodes: [
          node('aaaaa', {}),
          node('bbbbb', { adoption: 'unknown', unknownAdoption: 'melted' }),
          node('ccccc', { health: 'alerting' }),
        ],
        plannedNodes: [],
        tolerance: '5%',
        adoptionBypassed: true,
        healthBypassed: undefined,
        skipped: 1,
      },
      asOf: wednesday,
      last: 'read',
      triedAt: wednesday,
      listed: '',
    };
    const view = releasesView(freshState([host]), from, 'https://airflow.example.org', undefined, {
      hostBatches: new Map([[key, read]]),
    });
    assert.deepEqual(lines(view.rows), [
      '$(play-circle) HostOS 08-20  0 of 1 · batch 1 of 1',
      '  $(play-circle) Batch main 11  waits for adoption',
      '    $(server) 0 of 3 nodes healthy  1 alerting',
      '    $(warning) Adoption check bypassed',
      '    $(bell) ccccc  alerting · zh5',
      '    $(question) bbbbb  unknown: “melted” · zh5',
      '    $(pass) aaaaa  upgraded · zh5',
    ]);
  });

  it('says of a ticket of a further list who has it and since when', () => {
    const tickets = [
      ticket('NODE-1', { summary: 'Take the nodes of bo1 out of subnet pae4o', updatedAt: wednesday - 3 * day }),
      ticket('NODE-2', {
        summary: 'Look at DRE-1234 and NODE-12345 once more',
        updatedAt: wednesday - 2 * hour,
        assignee: { accountId: 'a', name: 'Alexandra Third' },
      }),
    ];
    const rejected: Failure = { kind: 'rejected', service: 'jira', operation: 'search tickets', status: 400 };
    const list = {
      jql: 'x',
      skipped: 1,
      completeness: complete,
      failure: undefined,
      asOf: wednesday,
      triedAt: wednesday,
    };
    const queries = ['Nodes of all data centers', 'Rejected'].map((name) => ({ name, jql: 'x' }));
    const view = queueView(freshState([ticket('DRE-1')]), from, site, 'DRE-350', {
      account,
      lists: {
        queries,
        read: new Map([
          ['Nodes of all data centers', { ...list, name: 'Nodes of all data centers', tickets }],
          ['Rejected', { ...list, name: 'Rejected', tickets: [], skipped: 0, asOf: undefined, failure: rejected }],
        ]),
      },
    });
    assert.deepEqual(lines(view.rows).slice(2), [
      '$(list-unordered) Nodes of all data centers  2, 1 no…',
      "  $(warning) Can't read 1 ticket  the log name…",
      '  $(circle-large-outline) Take the nodes…  nobody · 3d    …',
      '  $(circle-large-outline) Look at DRE-1234…  Alex… · 2h …',
      '$(warning) Rejected  not read yet',
      '  $(warning) Rejected by Jira  The log has the …',
    ]);
  });

  it('says what is wrong, and what can be done, above the rows of before', () => {
    const shown = (['unreachable', 'server', 'forbidden', 'unauthorized'] as const).map((kind) => {
      const failure: Failure = { kind, service: 'ops', operation: 'list alerts' };
      return lines(alertsView(freshState([alert('1')], { status: 'failing', skipped: 12, failure }), from, site).rows);
    });
    assert.deepEqual(
      shown.map(([problem]) => problem),
      [
        "$(warning) Can't reach Jira Service Management",
        '$(warning) Server error 500 from Jira Service …',
        "$(warning) You don't have permission (403)  As…",
        '$(warning) Token rejected: sign in again  Jira Se…',
      ],
    );
    assert.equal(shown[0]?.[1], "$(warning) Can't read 12 alerts  the log names th…");
  });
});
