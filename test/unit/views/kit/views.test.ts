import assert from 'node:assert/strict';
import { neverShown, preview } from '../../../support/documents/preview.ts';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure, FailureKind } from '../../../../src/domain/base/failure.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import type { Rotation } from '../../../../src/domain/rotation/rotation.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { Store, type FeedKey, type FeedState } from '../../../../src/engine/read/store.ts';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { groupOfMore } from '../../../../src/views/kit/capped.ts';
import { proposalsView } from '../../../../src/views/proposals/view.ts';
import { queueView } from '../../../../src/views/queue/view.ts';
import { contextValue } from '../../../../src/views/kit/row.ts';
import { withSettingRows } from '../../../../src/views/kit/settingRows.ts';
import { explain } from '../../../../src/views/kit/sentences.ts';
import { rotationStatus } from '../../../../src/views/rotation/statusBar.ts';
import { ticketDocument as ticketTree } from '../../../../src/views/queue/document.ts';
import { weekView } from '../../../../src/views/rotation/view.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { ticket as anyTicket } from '../../../support/feeds/linkRecords.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

/** Its Markdown. */
const ticketDocument = (...of: Parameters<typeof ticketTree>): string => serialise(ticketTree(...of));

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';
const minutes = (count: number): number => now - count * 60_000;

function state<R>(
  keyOf: (record: R) => string,
  records: readonly R[],
  change: Partial<FeedState<R, Failure>> = {},
): FeedState<R, Failure> {
  const key: FeedKey<R> = { name: 'test', keyOf };
  const store = new Store<Failure>(rethrow);
  store.update(key, { status: 'fresh', asOf: now, ...change, records });
  return store.state(key);
}

const alerts = [
  alert('1', { priority: 'P1', message: 'Subnet o3ow2 stalled', count: 3 }),
  alert('2', {
    priority: 'P1',
    message: 'Certificate expires',
    status: 'acknowledged',
    owner: 'Dana Oncall',
    createdAt: minutes(200),
  }),
  alert('3', { priority: 'P4', message: 'Disk 80 % full', status: 'snoozed', snoozedUntil: now + 3_600_000 }),
  alert('4', { priority: 'P4', message: 'Gone', status: 'closed' }),
];
const byId = (record: Alert): string => record.id;
const failure = (kind: FailureKind): Failure => ({ kind, service: 'ops', operation: 'list alerts' });

describe('the Alerts view', () => {
  it('groups by priority, newest first, and says who has what', () => {
    const model = alertsView(state(byId, alerts), from, site);
    assert.equal(
      renderRows(model.rows),
      [
        'P1 critical  2, 1 open',
        '  $(flame) Subnet o3ow2 stalled  4m · ×3  ;alert;live;ackable;linked;identified;',
        '  $(flame) Certificate expires  3h · Dana  ;alert;live;acked;linked;identified;',
        'P4 low  1, 0 open',
        '  $(info) Disk 80 % full  snoozed until 14:50 · 4m  ;alert;live;ackable;linked;identified;',
      ].join('\n'),
    );
    assert.deepEqual(model.badge, { value: 1, tooltip: '1 open alert of priority P1 or P2' });
    assert.equal(model.asOf, 'as of 13:50');
    assert.equal(model.trouble, '1 P1');
  });

  it('distinguishes none, failing, not signed in, not permitted and never loaded', () => {
    const none = alertsView(state(byId, []), from, site);
    const failing = alertsView(
      state(byId, [], { status: 'failing', failure: failure('unreachable'), asOf: undefined }),
      from,
      site,
    );
    const signedOut = alertsView(
      state(byId, [], { status: 'notSignedIn', failure: failure('notSignedIn'), asOf: undefined }),
      from,
      site,
    );
    const forbidden = alertsView(
      state(byId, [], { status: 'notPermitted', failure: failure('forbidden'), asOf: undefined }),
      from,
      site,
    );
    const loading = alertsView(state(byId, [], { status: 'neverLoaded', asOf: undefined }), from, site);
    assert.deepEqual(
      [none, failing, signedOut, forbidden, loading].map((model) => model.situation),
      ['empty', 'failing', 'notSignedIn', 'notPermitted', 'loading'],
    );
    assert.equal(none.message, 'No open alerts, as of 13:50.');
    assert.match(failing.message ?? '', /Can't reach/);
    assert.doesNotMatch(failing.message ?? '', /No open/, 'an outage never reads like an empty list');
    assert.equal(failing.rows[0]?.command, 'drDre.retry');
    assert.deepEqual(signedOut.rows, [], 'the welcome text with its button is seen only without rows');
    assert.match(forbidden.message ?? '', /have permission/);
    assert.match(loading.message ?? '', /first time/);
  });

  it('keeps the rows of before beside an error, without their colours', () => {
    const model = alertsView(
      state(byId, alerts, { status: 'failing', failure: failure('server'), asOf: minutes(30) }),
      from,
      site,
    );
    assert.equal(model.rows[0]?.id, '!problem');
    assert.equal(contextValue(model.rows[0]), ';retryable;logged;');
    assert.equal(model.rows[0].command, 'drDre.retry', 'a click goes the likeliest way');
    assert.equal(model.rows.length, 3);
    assert.equal(model.rows[1]?.children?.[0]?.icon?.color, 'descriptionForeground');
    assert.equal(model.asOf, 'as of 13:20 (30 min ago)');
  });

  it('leads from the rows of before to signing in and to the setting that can mend it', () => {
    const refused = state(byId, alerts, { status: 'notSignedIn', failure: failure('unauthorized'), asOf: minutes(30) });
    const [signIn] = alertsView(refused, from, site).rows;
    assert.equal(signIn?.command, 'drDre.signIn');
    const forbidden = { ...failure('forbidden'), setting: 'drDre.ops.team' };
    const [problem] = alertsView(
      state(byId, alerts, { status: 'notPermitted', failure: forbidden, asOf: minutes(30) }),
      from,
      site,
    ).rows;
    assert.deepEqual(problem?.tokens, ['signIn', 'configurable', 'retryable', 'logged']);
    assert.deepEqual(problem.record, { kind: 'setting', key: 'drDre.ops.team' });
  });

  it('says above its rows that a setting does not fit, and leaves the welcome text alone', () => {
    const model = withSettingRows(alertsView(state(byId, alerts), from, site), ['drDre.ops.team']);
    assert.equal(
      renderRows(model.rows).split('\n')[0],
      '$(warning) drDre.ops.team does not fit  its default is used  ;configurable;',
    );
    assert.equal(model.rows[0]?.command, 'drDre.openSettings');
    const signedOut = alertsView(state(byId, [], { status: 'notSignedIn', asOf: undefined }), from, site);
    assert.deepEqual(withSettingRows(signedOut, ['drDre.ops.team']), signedOut);
  });

  it('says when the list is not whole', () => {
    const partial = { kind: 'partial' as const, reason: 'the service lists at most 20,000' };
    const model = alertsView(state(byId, alerts, { completeness: partial, skipped: 2 }), from, site);
    assert.equal(model.message, 'Not all alerts: the service lists at most 20,000.');
    assert.equal(renderRows(model.rows).split('\n')[0], "$(warning) Can't read 2 alerts  the log names them  ;logged;");
    assert.equal(model.rows[0]?.command, 'drDre.showLog');
    assert.match(model.badge?.tooltip ?? '', /Can't read 2 alerts\. Not all alerts are listed/);
  });

  it('calls no list empty that is not whole', () => {
    const partial = { kind: 'partial' as const, reason: 'the service lists at most 20,000' };
    for (const status of ['fresh', 'stale'] as const) {
      const model = alertsView(state(byId, [], { status, completeness: partial }), from, site);
      assert.equal(model.situation, 'failing');
      assert.doesNotMatch(model.message ?? '', /No open alerts/);
      assert.match(model.message ?? '', /^There are no alerts in what was read\..*Not all alerts: the service lists/);
    }
  });
});

describe('failures in sentences', () => {
  it('has a way forward for each kind', () => {
    const kinds: FailureKind[] = [
      'notConfigured',
      'notSignedIn',
      'addressChanged',
      'unauthorized',
      'forbidden',
      'notFound',
      'paymentRequired',
      'rateLimited',
      'rejected',
      'server',
      'unreachable',
      'timeout',
      'malformed',
      'streamEnded',
      'toolMissing',
      'storage',
      'cancelled',
    ];
    for (const kind of kinds) {
      const { title, wayForward } = explain(failure(kind));
      assert.ok(title.length > 5 && !title.endsWith('..'), title);
      assert.match(wayForward, /\.$/);
    }
    assert.match(explain({ ...failure('rateLimited'), retryAfterMs: 90_000 }).wayForward, /1 min/);
  });
});

function ticket(key: string, more: Partial<Ticket>): Ticket {
  return anyTicket(key, { createdAt: minutes(1000), updatedAt: minutes(90), ...more });
}

describe('the Queue view', () => {
  it('lists by status, work under way first, and what is blocked in plain sight', () => {
    const doing = { id: '2', name: 'In Progress', category: 'indeterminate' as const };
    const blocker = { relation: 'is blocked by', key: 'DRE-9', summary: 'x', status: doing };
    const tickets = [
      ticket('DRE-1', {}),
      ticket('DRE-2', {
        status: doing,
        assignee: { accountId: 'a', name: 'Dana' },
        blockedBy: [blocker],
        links: [blocker],
      }),
      ticket('DRE-3', { flagged: true }),
    ];
    const model = queueView(
      state((each) => each.key, tickets),
      from,
      site,
      'DRE-350',
    );
    assert.equal(
      renderRows(model.rows),
      [
        'In Progress  1, 1 stuck',
        '  $(stop-circle) ticket DRE-2  Dana · blocked · 1h · DRE-2  ;ticket;notMine;unflagged;linked;identified;',
        'To Do  2, 1 stuck',
        '  $(report) ticket DRE-3  nobody · flagged · 1h · DRE-3  ;ticket;notMine;flagged;linked;identified;',
        '  $(circle-large-outline) ticket DRE-1  nobody · 1h · DRE-1  ;ticket;notMine;unflagged;linked;identified;',
      ].join('\n'),
    );
  });

  it('does not promise of what a document read that it is asked again by itself', () => {
    const text = ticketDocument(
      'DRE-1',
      { ticket: undefined, reading: false, failure: failure('timeout') },
      from,
      site,
    );
    assert.match(text, /No answer from.*Refresh” to retry/);
  });

  it('has on top of the document of a ticket what can be done with it, where it is in a list', () => {
    const top = (of: Ticket, isListed: boolean): readonly string[] =>
      ticketDocument(of.key, { ticket: of, isListed, reading: false, failure: undefined }, from, site)
        .split('\n\n')
        .slice(0, 2);
    const action = (noun: string): string => `vscode://dfinity.dr-dre/ticket/DRE-1/${noun}`;
    const shared = (flag: string): string =>
      `[Comment…](${action('comment')}) · [Transition…](${action('transition')}) · [Assign…](${action('assign')}) · ` +
      `${flag} · [Change Due Date…](${action('setDueDate')}) · [Link Proposal…](${action('linkProposal')}) · ` +
      `[Open in Jira](${site}/browse/DRE-1)`;
    const title = `# [DRE-1](${site}/browse/DRE-1) ticket DRE-1`;
    assert.deepEqual(top(ticket('DRE-1', {}), true), [title, shared(`[Mark as Blocked…](${action('block')})`)]);
    assert.deepEqual(top(ticket('DRE-1', { flagged: true }), true), [
      title,
      shared(`[Unblock…](${action('unblock')})`),
    ]);
    assert.doesNotMatch(top(ticket('DRE-1', {}), false).join('\n'), /vscode:/);
  });

  it('opens a ticket as a document in which nothing from outside is markup', () => {
    const hostile = ticket('DRE-1', { summary: '[x](command:evil) <img src=x onerror=alert(1)> **b** | c' });
    const text = ticketDocument('DRE-1', { ticket: hostile, reading: false, failure: undefined }, from, site);
    const { text: shown, elements, links } = preview(text);
    assert.ok(shown.includes(hostile.summary), shown);
    for (const name of [...neverShown, 'em', 's']) assert.equal(elements[name], undefined, name);
    assert.deepEqual(links, [`${site}/browse/DRE-1`]);
  });
});

describe('the Proposals view', () => {
  it('shows topic, proposer, time left and tally, the one that ends first on top', () => {
    const proposal = (id: bigint, deadline: number): Proposal => ({
      id,
      title: `title ${id}`,
      summary: '',
      url: '',
      topic: 12,
      status: 'open',
      proposer: 80n,
      createdAt: minutes(60),
      deadline,
      tally: { yes: 34n * 10n ** 16n, no: 1n * 10n ** 15n, total: 10n ** 18n, at: now },
      action: 'ExecuteNnsFunction',
      nnsFunction: 11,
    });
    const model = proposalsView(
      state((each) => `${each.id}`, [proposal(2n, now + 9_000_000), proposal(1n, now + 1_800_000)]),
      from,
    );
    assert.equal(
      renderRows(model.rows),
      [
        '$(rocket) title 1  30m left · 34 % yes · ours · 1  ;proposal;linked;identified;',
        '$(rocket) title 2  2h left · 34 % yes · ours · 2  ;proposal;linked;identified;',
      ].join('\n'),
    );
  });
});

describe('many proposals', () => {
  const proposals = Array.from({ length: 250 }, (_, index): Proposal => ({
    id: BigInt(index + 1),
    title: 'Elect',
    summary: '',
    url: '',
    topic: 13,
    status: 'open',
    createdAt: now,
    proposer: undefined,
    deadline: now + index,
    tally: undefined,
    action: undefined,
    nnsFunction: undefined,
  }));
  const known = state((each: Proposal) => `${each.id}`, proposals);

  it('are shown a hundred at first, and more on demand', () => {
    const { rows } = proposalsView(known, from);
    assert.equal(rows.length, 101);
    assert.deepEqual([rows[100]?.label, rows[100]?.description], ['Show 100 more', '150 proposals not shown']);
    assert.equal(groupOfMore(rows[100] ?? assert.fail('no row')), 'proposals');
    assert.equal(proposalsView(known, from, undefined, new Map([['proposals', 300]])).rows.length, 250);
  });
});

describe('the rotation', () => {
  const dana = { accountId: 'dana', name: 'Dana Oncall' };
  const rotation: Rotation = {
    id: 's1',
    name: 'DRE Ops Rotation',
    role: 'ops',
    timeZone: 'Europe/Zurich',
    restrictions: [],
    current: [dana],
    until: now + 5 * 86_400_000,
    next: { people: [{ accountId: 'eli', name: undefined }], from: now + 5 * 86_400_000 },
    shifts: [],
  };
  const known = state((each: Rotation) => each.id, [rotation]);

  it('says in the status bar when it is yours, with an icon of its own', () => {
    const other = rotationStatus(known, undefined, from);
    assert.deepEqual([other.icon, other.text], ['person', 'Dana Oncall until Mon 13:50']);
    const mine = rotationStatus(known, { ...dana, timeZone: undefined }, from);
    assert.deepEqual([mine.icon, mine.text], ['pulse', 'You are Dr. DRE until Mon 13:50']);
  });

  it('leads to signing in when nobody is signed in, and says why when the token was refused', () => {
    const empty = (kind: FailureKind): FeedState<Rotation, Failure> =>
      state((each: Rotation) => each.id, [], { status: 'notSignedIn', failure: failure(kind), asOf: undefined });
    const nobody = rotationStatus(empty('notSignedIn'), undefined, from);
    assert.deepEqual([nobody.icon, nobody.text], ['sign-in', 'Dr. DRE: Sign In']);
    assert.equal(nobody.command, 'drDre.signIn');
    assert.deepEqual(nobody.tooltip, ['Sign in to see who is on call.']);
    assert.equal(nobody.spoken, 'Dr. DRE: not signed in. Sign in to see who is on call.');
    assert.match(rotationStatus(empty('unauthorized'), undefined, from).tooltip.join(' '), /Token rejected/);
    const before = state((each: Rotation) => each.id, [rotation], {
      status: 'notSignedIn',
      failure: failure('unauthorized'),
    });
    const kept = rotationStatus(before, undefined, from);
    assert.deepEqual([kept.icon, kept.text], ['person', 'Dana Oncall until Mon 13:50 (?)']);
    assert.deepEqual([kept.command, kept.offers], ['drDre.signIn', 'signIn']);
    assert.equal(rotationStatus(known, undefined, from).command, 'drDre.rotation.showActions');
  });

  it('shows doubt when what is known may be old', () => {
    const old = state((each: Rotation) => each.id, [rotation], {
      status: 'failing',
      failure: failure('timeout'),
      asOf: minutes(60),
    });
    assert.match(rotationStatus(old, undefined, from).text, /\(\?\)$/);
  });

  it('stands in the Week view', () => {
    const model = weekView(known, undefined, from, 'https://example.atlassian.net/on-call');
    assert.equal(
      renderRows(model.rows),
      [
        '$(person) DRE Ops Rotation  Dana until Mon  ;rotation;takeable;linked;identified;named;',
        '  $(arrow-small-right) Next: user eli  from Mon 13:50  ;named;linked;',
      ].join('\n'),
    );
  });
});
