import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { knowledgeOf } from '../../../../src/domain/links/knowledge.ts';
import { Subjects } from '../../../../src/domain/links/subjects.ts';
import { complete, Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { pullRequestsKey } from '../../../../src/feeds/ci/pullRequests.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import { workflowRunsKey } from '../../../../src/feeds/ci/workflowRuns.ts';
import { alertDocument as alertTree } from '../../../../src/views/alerts/document.ts';
import { alertRow } from '../../../../src/views/alerts/row.ts';
import { ciView } from '../../../../src/views/ci/view.ts';
import { LinkBuilder } from '../../../../src/views/links/builder.ts';
import { proposalDocument } from '../../../../src/views/proposals/document.ts';
import { proposalsView } from '../../../../src/views/proposals/view.ts';
import { ticketDocument } from '../../../../src/views/queue/document.ts';
import { queueView, ticketRow } from '../../../../src/views/queue/view.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { terminalMentions } from '../../../../src/views/links/terminalMentions.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { joinLinks } from '../../../support/feeds/joinLinks.ts';
import {
  alert,
  node,
  proposal,
  pullRequest,
  subnets,
  ticket,
  troubledSubnet,
  weekRollout,
} from '../../../support/feeds/linkRecords.ts';
import { at, wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

/** Its Markdown. */
const alertDocument = (...of: Parameters<typeof alertTree>): string => serialise(alertTree(...of));

const from = { now: wednesday, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';
const airflow = 'https://airflow.example.org';
/** The rows that have none below them. */
function leaves(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => (row.children === undefined ? [row] : leaves(row.children)));
}

const waiting = subnets[27] ?? '';

const alerts = [
  alert('a1', { message: 'Nodes are behind', entity: troubledSubnet, createdAt: at(2, 13, 6) }),
  alert('a2', { message: 'Not finalizing on opn46', entity: waiting, createdAt: at(2, 13, 40) }),
  alert('a3', { message: 'Disk is full', tags: ['dc:dm1'] }),
  alert('a4', { message: 'Node is down', properties: { node } }),
  alert('a5', { message: 'Slow', entity: subnets[40] ?? '' }),
];
const tickets = [ticket('DRE-351', { summary: '[x](command:evil) <img src=x> on o3ow2' })];
const pulls = [pullRequest(2038, { title: 'Follow up DRE-351' })];
const deploys = [proposal(138123n, { title: 'Update subnet o3ow2 to replica version 79c0105' })];
const records = { alerts, rollouts: [weekRollout()], proposals: [], tickets, pullRequests: [] };
const known = knowledgeOf({ ...records, epic: 'DRE-350', repository: 'dfinity/dre' });
const links = joinLinks(records, new Subjects(known));

describe('related records, as people see them', () => {
  it('stand in the rows of alerts', () => {
    assert.equal(
      renderRows(alerts.map((each) => alertRow(each, from, site, { links }))),
      [
        '$(bell-dot) Nodes are behind (o3ow2)  44m · 6m after batch 12  ;alert;live;ackable;linked;identified;ofRollout;',
        '$(bell-dot) Not finalizing on opn46  10m · holds up rollout  ;alert;live;ackable;linked;identified;ofRollout;',
        '$(bell-dot) Disk is full (dm1)  now  ;alert;live;ackable;tagged;linked;identified;',
        '$(bell-dot) Node is down (anudy)  now  ;alert;live;ackable;linked;identified;',
        '$(bell-dot) Slow (nl6hn)  now · batch 13 planned 15:00  ;alert;live;ackable;linked;identified;ofRollout;',
      ]
        .join('\n')
        .replace('nl6hn', subnets[40]?.slice(0, 5) ?? ''),
    );
    const hover = alerts.slice(1, 2).flatMap((each) => alertRow(each, from, site, { links }).hover ?? []);
    assert.deepEqual(hover.slice(3, 5), [`Subnet ${waiting}`, 'Holds up rollout, 40m after batch 12 (GuestOS)']);
  });

  it('are other alerts on the same place, for the menu of an alert', () => {
    const [one = assert.fail()] = alerts;
    const joined = { ...records, alerts: [one, { ...one, id: 'a9' }] };
    const { tokens } = alertRow(one, from, site, { links: joinLinks(joined, new Subjects(knowledgeOf(joined))) });
    assert.ok(tokens.includes('alerted'));
  });

  it('come into the row of an alert that is open for long when its batch draws near', () => {
    const old = alert('old', { message: 'Slow', entity: subnets[40] ?? '', createdAt: at(0, 8) });
    const joined = { ...records, alerts: [old] };
    const known = joinLinks(joined, new Subjects(knowledgeOf(joined)));
    const said = (now: number): string | undefined =>
      alertRow(old, { ...from, now }, site, { links: known }).description;
    assert.doesNotMatch(said(at(1, 14)) ?? '', /batch/);
    assert.match(said(at(2, 14, 50)) ?? '', /batch 13 planned 15:00/);
  });

  it('stand in the rows of rollouts', () => {
    const store = new Store<Failure>(rethrow);
    store.update(rolloutsKey, { status: 'fresh', asOf: wednesday, completeness: complete, records: [weekRollout()] });
    const rows = renderRows(releasesView(store.state(rolloutsKey), from, airflow, links).rows);
    assert.match(rows, /\$\(error\) o3ow2 {2}error · 1 alert {2}/m);
    assert.match(rows, /\$\(bell\) opn46 {2}waits for alerts · 1 alert {2}/m);
    assert.match(rows, /\$\(bell\) lspz2 {2}ready, waits for batch {2}/m);
    assert.match(rows, /o3ow2 .*;alerted;/);
    assert.doesNotMatch(rows, /lspz2 .*;alerted;/);
  });

  it('stand in the rows of tickets, proposals and pull requests', () => {
    const store = new Store<Failure>(rethrow);
    const fresh = { status: 'fresh', asOf: wednesday, completeness: complete } as const;
    store.update(queueKey, { ...fresh, records: tickets });
    store.update(proposalsKey, { ...fresh, records: deploys });
    store.update(pullRequestsKey, { ...fresh, records: pulls });
    const all = { ...records, proposals: deploys, pullRequests: pulls };
    const joined = joinLinks(all, new Subjects(knowledgeOf({ ...all, epic: 'DRE-350', repository: 'dfinity/dre' })));
    const watched = { githubApi: 'https://api.github.com/', repository: 'dfinity/dre' };
    const views = [
      queueView(store.state(queueKey), from, site, 'DRE-350', { links: joined }),
      proposalsView(store.state(proposalsKey), from, joined),
      ciView(store.state(pullRequestsKey), store.state(workflowRunsKey), from, watched, joined),
    ];
    const rows = views.flatMap((view) => leaves(view.rows));
    assert.deepEqual(
      rows.flatMap(({ record, description }) => (record === undefined ? [] : [description])),
      [
        'nobody · now · DRE-351 · …<img src=x> on o3ow2 · 1 alert',
        'no deadline · ours · 138123',
        'passed · now · noor · …DRE-351',
      ],
    );
    const related = ({ tokens }: Row): readonly string[] =>
      tokens.filter((token) => token === 'alerted' || token === 'ofRollout');
    assert.deepEqual(
      rows.flatMap((row) => (row.record === undefined ? [] : [related(row)])),
      [['alerted'], ['ofRollout', 'alerted'], []],
    );
    const hovers = rows.flatMap(({ record, hover = [] }) => (record === undefined ? [] : [hover]));
    assert.deepEqual(
      hovers.map(([, ...lines]) =>
        lines.filter((line) => / — (?:named here|names this|this deploys|on the same)|o3ow2/.test(line)),
      ),
      [
        [
          'Pull request dfinity/dre#2038 Follow up DRE-351 — names this',
          'P2 alert Nodes are behind — on the same subnet o3ow2',
          'Proposal 138123 Update subnet o3ow2 to replica version 79c0105 (open)',
        ],
        [
          'GuestOS rc--2026-08-20_03-30 — this deploys its version 79c0105',
          'P2 alert Nodes are behind — on the same subnet o3ow2',
          'DRE-351 [x](command:evil) <img src=x> on o3ow2',
        ],
        ['DRE-351 [x](command:evil) <img src=x> on o3ow2 — named here'],
      ],
    );
  });

  it('are a section of the document, with links of ours and nothing from outside as markup', () => {
    const [one] = alerts;
    const text = alertDocument({ id: 'a1', listed: one }, from, { siteUrl: site, links });
    const section = text.slice(text.indexOf('## Related'), text.indexOf('## Details')).trim();
    assert.equal(
      section,
      [
        '## Related',
        '',
        '- [GuestOS rc--2026-08-20\\_03-30](vscode://dfinity.dr-dre/rollout/rollout_ic_os_to_mainnet_subnets/rc--2026-08-20_03-30?batch=batch-12) — 6m after batch 12',
        '- [DRE-351](vscode://dfinity.dr-dre/ticket/DRE-351) (To Do) \\[x]\\(command:evil) \\<img src=x> on o3ow2 — on the same subnet o3ow2',
        `- [Subnet o3ow2](https://dashboard.internetcomputer.org/subnet/${troubledSubnet}) — named here`,
      ].join('\n'),
    );
  });

  it('are without the tickets that a ticket is linked to in Jira, which its hover and document name already', () => {
    const [linked, named] = [ticket('DRE-352', { summary: 'Linked' }), ticket('DRE-353', { summary: 'Named' })];
    const one = ticket('DRE-354', {
      summary: 'After DRE-352 and DRE-353',
      createdAt: at(2, 11),
      links: [{ relation: 'blocks', key: linked.key, summary: linked.summary, status: linked.status }],
    });
    const all = { ...records, tickets: [linked, named, one] };
    const joined = joinLinks(all, new Subjects(knowledgeOf({ ...all, epic: 'DRE-350', repository: 'dfinity/dre' })));
    const { hover = [] } = ticketRow(one, from, site, { gist: joined.gistOf({ kind: 'ticket', ticket: one }) });
    assert.deepEqual(
      hover.filter((line) => /DRE-35[23] [LN]/.test(line)),
      ['Blocks DRE-352 Linked (To Do)', 'DRE-353 Named — named here'],
    );
    const known = { ticket: one, reading: false, failure: undefined };
    const text = serialise(ticketDocument(one.key, known, from, site, joined));
    assert.deepEqual(text.match(/^- .*$/gm), [
      '- blocks [DRE-352](vscode://dfinity.dr-dre/ticket/DRE-352) Linked (To Do)',
      '- [DRE-353](vscode://dfinity.dr-dre/ticket/DRE-353) (To Do) Named — named here',
    ]);
    assert.match(text, /Created.* 11:00:00 UTC \(2 h 50 min ago\)/);
  });

  it('say of a version no more than that both texts name it: a proposal names the one before, too', () => {
    const version = weekRollout().revision ?? '';
    const elects = proposal(138104n, {
      nnsFunction: 38,
      payload: {
        kind: 'decoded',
        value: { replica_version_to_elect: ['3f'.repeat(20)], replica_versions_to_unelect: [] },
      },
      summary: `Changes since ${version}`,
    });
    const naming = ticket('DRE-360', { summary: `Deploy ${version}` });
    const all = { ...records, alerts: [], proposals: [elects, ...deploys], tickets: [naming] };
    const joined = joinLinks(all, new Subjects(knowledgeOf({ ...all, epic: 'DRE-350', repository: 'dfinity/dre' })));
    const content = { proposal: elects, read: undefined, reading: false, failure: undefined };
    const text = serialise(proposalDocument('138104', content, from, joined));
    // Of several with the same reason it is said once, above them.
    assert.deepEqual(text.match(/(?<=^- .*)— .*$|^- .*:$/gm), ['- Also names version 79c0105:', '— named here']);
    assert.equal(text.match(/^ {2}- \[/gm)?.length, 2);
    const ticketText = serialise(
      ticketDocument(naming.key, { ticket: naming, reading: false, failure: undefined }, from, site, joined),
    );
    assert.match(ticketText, /^- \[GuestOS rc.*\) — this names its version 79c0105$/m);
  });

  it('link the lines of terminals, and leave web addresses to VS Code', () => {
    const line = 'proposal 143590 on o3ow2, subnet a2b3c: https://dashboard.internetcomputer.org/proposal/143591';
    assert.deepEqual(
      terminalMentions(line, known).map(({ start, end, tooltip }) => [line.slice(start, end), tooltip]),
      [
        ['143590', 'Open proposal 143590'],
        ['o3ow2', 'Open subnet o3ow2'],
      ],
    );
  });
});

describe('joining what the store holds', () => {
  it('searches only what is new, in steps that are short', () => {
    const store = new Store<Failure>(rethrow);
    const many = Array.from({ length: 10_000 }, (_, index) =>
      alert(`a${index}`, {
        message: `[prod] IC_Replica_Behind ${index} on ${subnets[index % subnets.length]?.slice(0, 5) ?? ''}`,
        tags: ['prod', `subnet:${subnets[index % subnets.length] ?? ''}`],
        description:
          'Firing since 2026-11-21T04:33:16.340Z on 2 of 13 nodes. See https://runbooks.example.com/ic/behind.',
        createdAt: at(2, 13, index % 50),
      }),
    );
    const queue = Array.from({ length: 5_000 }, (_, index) =>
      ticket(`DRE-${index + 1}`, { summary: `Look at ${subnets[index % subnets.length]?.slice(0, 5) ?? ''} again` }),
    );
    const fresh = { status: 'fresh', asOf: wednesday, completeness: complete } as const;
    store.update(rolloutsKey, { ...fresh, records: [weekRollout()] });
    store.update(alertsKey, { ...fresh, records: many });
    store.update(queueKey, { ...fresh, records: queue });
    const builder = new LinkBuilder(store, () => ({ epic: 'DRE-350', repository: 'dfinity/dre' }));
    const run = () => {
      const steps = builder.build();
      const took: number[] = [];
      for (;;) {
        const start = performance.now();
        const step = steps.next();
        took.push(performance.now() - start);
        if (step.done === true) return { took, links: step.value };
      }
    };
    const first = run();
    assert.ok(first.took.length > 15_000);
    const { subjects } = builder;
    store.update(alertsKey, { ...fresh, records: [...many, alert('new', { message: 'o3ow2 stalled' })] });
    const again = run();
    assert.equal(builder.subjects, subjects, 'what was found is kept');
    assert.ok(again.links.alertsAt({ kind: 'subnet', id: troubledSubnet }).some(({ id }) => id === 'new'));
    // Each step takes what it takes when nothing else has the processor: the least of several runs.
    const [least = [], ...others] = Array.from({ length: 4 }, () => run().took);
    const longest = least.reduce(
      (all, ms, nth) => Math.max(all, Math.min(ms, ...others.map((took) => took[nth] ?? ms))),
      0,
    );
    assert.ok(longest < 50, `the longest step took ${longest} ms`);
  });
});
