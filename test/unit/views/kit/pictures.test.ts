import assert from 'node:assert/strict';
import type { Failure, FailureKind, Service } from '../../../../src/domain/base/failure.ts';
import { Store, type FeedState } from '../../../../src/engine/read/store.ts';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { ciView } from '../../../../src/views/ci/view.ts';
import { proposalsView } from '../../../../src/views/proposals/view.ts';
import { queueView } from '../../../../src/views/queue/view.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { renderRows, type ViewModel } from '../../../../src/views/kit/row.ts';
import { weekView } from '../../../../src/views/rotation/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';
const halfAnHourAgo = now - 30 * 60_000;

type Change = Partial<Omit<FeedState<never, Failure>, 'records'>>;

/** A feed without records. */
function state(change: Change): FeedState<never, Failure> {
  const store = new Store<Failure>(rethrow);
  const key = { name: 'test', keyOf: () => '' };
  store.update(key, change);
  return store.state(key);
}

const views: Readonly<Record<string, { readonly service: Service; readonly show: (change: Change) => ViewModel }>> = {
  week: { service: 'ops', show: (change) => weekView(state(change), undefined, from, site) },
  alerts: { service: 'ops', show: (change) => alertsView(state(change), from, site) },
  queue: { service: 'jira', show: (change) => queueView(state(change), from, site, 'DRE-350') },
  proposals: { service: 'governance', show: (change) => proposalsView(state(change), from) },
  releases: { service: 'rollouts', show: (change) => releasesView(state(change), from, site) },
  ci: {
    service: 'github',
    show: (change) =>
      ciView(state(change), state(change), from, { githubApi: 'https://api.github.com', repository: 'dfinity/dre' }),
  },
};

/** All that a person sees and can click, in every view. */
function pictures(change: (service: Service) => Change): string {
  return Object.entries(views)
    .flatMap(([name, { service, show }]) => {
      const { situation, message, rows } = show(change(service));
      return [`${name}: ${situation}`, ...(message === undefined ? [] : [message]), renderRows(rows)];
    })
    .filter((line) => line !== '')
    .join('\n');
}

function troubled(kind: FailureKind, status: FeedState<never, Failure>['status'], more: Change = {}) {
  return (service: Service): Change => ({ status, failure: { kind, service, operation: 'read' }, ...more });
}

/** What a setting names is not there, as each client says it. */
const settings: Partial<Record<Service, string>> = {
  ops: 'drDre.ops.team',
  jira: 'drDre.queue.epic',
  governance: 'drDre.governance.canister',
  rollouts: 'drDre.rollouts.url',
  github: 'drDre.github.repository',
};
function misnamed(kind: FailureKind, status: FeedState<never, Failure>['status']) {
  return (service: Service): Change => {
    const setting = settings[service] ?? '';
    return { status, failure: { kind, service, operation: 'read', setting } };
  };
}

describe('the pictures of a view without rows', () => {
  it('never loaded', () => {
    assert.equal(
      pictures(() => ({})),
      [
        'week: loading',
        'Reading schedules for the first time…',
        'alerts: loading',
        'Reading alerts for the first time…',
        'queue: loading',
        'Reading tickets of DRE-350 for the first time…',
        'proposals: loading',
        'Reading proposals for the first time…',
        'releases: loading',
        'Reading rollouts for the first time…',
        'ci: loading',
        'Reading pull requests for the first time…',
      ].join('\n'),
    );
  });

  it('empty', () => {
    assert.equal(
      pictures(() => ({ status: 'fresh', asOf: now })),
      [
        'week: empty',
        'None of the schedules named in drDre.ops.schedules was found, or you may not see them.',
        '$(settings-gear) Open the setting  ops.schedules',
        'alerts: empty',
        'No open alerts, as of 13:50.',
        'queue: empty',
        'DRE-350 has no child tickets.',
        '$(settings-gear) Open the setting  queue.epic',
        'proposals: empty',
        'No open proposals.',
        'releases: empty',
        'The dashboard knows no rollout.',
        'ci: rows',
        'Pull requests  0',
        '  No open pull requests.',
        'Workflow runs  0',
        '  No workflow runs on the main branch.',
      ].join('\n'),
    );
  });

  it('stale', () => {
    assert.equal(
      pictures(() => ({ status: 'stale', asOf: halfAnHourAgo })),
      [
        'week: empty',
        'None of the schedules named in drDre.ops.schedules was found, or you may not see them. That was 30 min ago; reading again…',
        '$(settings-gear) Open the setting  ops.schedules',
        'alerts: empty',
        'No open alerts, as of 13:20. That was 30 min ago; reading again…',
        'queue: empty',
        'DRE-350 has no child tickets. That was 30 min ago; reading again…',
        '$(settings-gear) Open the setting  queue.epic',
        'proposals: empty',
        'No open proposals. That was 30 min ago; reading again…',
        'releases: empty',
        'The dashboard knows no rollout. That was 30 min ago; reading again…',
        'ci: rows',
        'Pull requests  0 · as of 13:20 (30 min ago)',
        '  No open pull requests. That was 30 min ago; reading again…',
        'Workflow runs  0 · as of 13:20 (30 min ago)',
        '  No workflow runs on the main branch. That was 30 min ago; reading again…',
      ].join('\n'),
    );
  });

  it('not signed in', () => {
    assert.equal(
      pictures(troubled('notSignedIn', 'notSignedIn')),
      [
        'week: notSignedIn',
        'alerts: notSignedIn',
        'queue: notSignedIn',
        'proposals: notSignedIn',
        'releases: notSignedIn',
        'ci: notSignedIn',
      ].join('\n'),
    );
  });

  it('unauthorized', () => {
    assert.equal(
      pictures(troubled('unauthorized', 'notSignedIn')),
      [
        'week: notSignedIn',
        'Jira Service Management did not accept the token. It may have expired, or lack a scope. Sign in again with a fresh token.',
        '$(sign-in) Sign in again…',
        '$(refresh) Try again',
        '$(output) Show the log',
        'alerts: notSignedIn',
        'Jira Service Management did not accept the token. It may have expired, or lack a scope. Sign in again with a fresh token.',
        '$(sign-in) Sign in again…',
        '$(refresh) Try again',
        '$(output) Show the log',
        'queue: notSignedIn',
        'Jira did not accept the token. It may have expired, or lack a scope. Sign in again with a fresh token.',
        '$(sign-in) Sign in again…',
        '$(refresh) Try again',
        '$(output) Show the log',
        'proposals: notSignedIn',
        'NNS governance asks for a sign-in that Dr. DRE does not have. Check the network or VPN, and the setting drDre.governance.host.',
        '$(settings-gear) Open the setting  governance.host',
        '$(refresh) Try again',
        '$(output) Show the log',
        'releases: notSignedIn',
        'The rollout dashboard asks for a sign-in that Dr. DRE does not have. Check the network or VPN, and the setting drDre.rollouts.url.',
        '$(settings-gear) Open the setting  rollouts.url',
        '$(refresh) Try again',
        '$(output) Show the log',
        'ci: notSignedIn',
        'GitHub did not accept the token. It may have expired, or lack a scope. Sign in again with a fresh token.',
        '$(sign-in) Sign in to GitHub again…',
        '$(refresh) Try again',
        '$(output) Show the log',
      ].join('\n'),
    );
  });

  it('forbidden', () => {
    assert.equal(
      pictures(misnamed('forbidden', 'notPermitted')),
      [
        'week: notPermitted',
        'Jira Service Management does not permit this. Ask an administrator for access, or check the setting drDre.ops.team.',
        '$(sign-in) Sign in as somebody else…',
        '$(settings-gear) Open the setting  ops.team',
        '$(refresh) Try again',
        '$(output) Show the log',
        'alerts: notPermitted',
        'Jira Service Management does not permit this. Ask an administrator for access, or check the setting drDre.ops.team.',
        '$(sign-in) Sign in as somebody else…',
        '$(settings-gear) Open the setting  ops.team',
        '$(refresh) Try again',
        '$(output) Show the log',
        'queue: notPermitted',
        'Jira does not permit this. Ask an administrator for access, or check the setting drDre.queue.epic.',
        '$(sign-in) Sign in as somebody else…',
        '$(settings-gear) Open the setting  queue.epic',
        '$(refresh) Try again',
        '$(output) Show the log',
        'proposals: notPermitted',
        'NNS governance does not permit this. Ask an administrator for access, or check the setting drDre.governance.canister.',
        '$(settings-gear) Open the setting  governance.canister',
        '$(refresh) Try again',
        '$(output) Show the log',
        'releases: notPermitted',
        'The rollout dashboard does not permit this. Ask an administrator for access, or check the setting drDre.rollouts.url.',
        '$(settings-gear) Open the setting  rollouts.url',
        '$(refresh) Try again',
        '$(output) Show the log',
        'ci: notPermitted',
        'GitHub does not permit this. Ask an administrator for access, or check the setting drDre.github.repository.',
        '$(sign-in) Sign in to GitHub as somebody else…',
        '$(settings-gear) Open the setting  github.repository',
        '$(refresh) Try again',
        '$(output) Show the log',
      ].join('\n'),
    );
  });

  it('not configured', () => {
    assert.equal(
      pictures(troubled('notConfigured', 'notConfigured')),
      [
        'week: notConfigured',
        'Jira Service Management is not configured. Check the setting drDre.atlassian.apiUrl.',
        '$(settings-gear) Open the setting  atlassian.apiUrl',
        '$(output) Show the log',
        'alerts: notConfigured',
        'Jira Service Management is not configured. Check the setting drDre.atlassian.apiUrl.',
        '$(settings-gear) Open the setting  atlassian.apiUrl',
        '$(output) Show the log',
        'queue: notConfigured',
        'Jira is not configured. Check the setting drDre.atlassian.site.',
        '$(settings-gear) Open the setting  atlassian.site',
        '$(output) Show the log',
        'proposals: notConfigured',
        'NNS governance is not configured. Check the setting drDre.governance.host.',
        '$(settings-gear) Open the setting  governance.host',
        '$(output) Show the log',
        'releases: notConfigured',
        'The rollout dashboard is not configured. Check the setting drDre.rollouts.url.',
        '$(settings-gear) Open the setting  rollouts.url',
        '$(output) Show the log',
        'ci: notConfigured',
        'GitHub is not configured. Check the setting drDre.github.apiUrl.',
        '$(settings-gear) Open the setting  github.apiUrl',
        '$(output) Show the log',
      ].join('\n'),
    );
  });

  it('unreachable', () => {
    assert.equal(
      pictures(troubled('unreachable', 'failing')),
      [
        'week: failing',
        'Jira Service Management cannot be reached. Check the network or VPN, and the setting drDre.atlassian.apiUrl.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  atlassian.apiUrl',
        '$(output) Show the log',
        'alerts: failing',
        'Jira Service Management cannot be reached. Check the network or VPN, and the setting drDre.atlassian.apiUrl.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  atlassian.apiUrl',
        '$(output) Show the log',
        'queue: failing',
        'Jira cannot be reached. Check the network or VPN, and the setting drDre.atlassian.site.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  atlassian.site',
        '$(output) Show the log',
        'proposals: failing',
        'NNS governance cannot be reached. Check the network or VPN, and the setting drDre.governance.host.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  governance.host',
        '$(output) Show the log',
        'releases: failing',
        'The rollout dashboard cannot be reached. Check the network or VPN, and the setting drDre.rollouts.url.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  rollouts.url',
        '$(output) Show the log',
        'ci: failing',
        'GitHub cannot be reached. Check the network or VPN, and the setting drDre.github.apiUrl.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  github.apiUrl',
        '$(output) Show the log',
      ].join('\n'),
    );
  });

  it('rejected', () => {
    assert.equal(
      pictures(misnamed('rejected', 'failing')),
      [
        'week: failing',
        'Jira Service Management refused. The log has the details.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  ops.team',
        '$(output) Show the log',
        'alerts: failing',
        'Jira Service Management refused. The log has the details.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  ops.team',
        '$(output) Show the log',
        'queue: failing',
        'Jira refused. The log has the details.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  queue.epic',
        '$(output) Show the log',
        'proposals: failing',
        'NNS governance refused. The log has the details.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  governance.canister',
        '$(output) Show the log',
        'releases: failing',
        'The rollout dashboard refused. The log has the details.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  rollouts.url',
        '$(output) Show the log',
        'ci: failing',
        'GitHub refused. The log has the details.',
        '$(refresh) Try again',
        '$(settings-gear) Open the setting  github.repository',
        '$(output) Show the log',
      ].join('\n'),
    );
  });

  it('limited', () => {
    assert.equal(
      pictures(troubled('rateLimited', 'failing')),
      [
        'week: failing',
        'Jira Service Management asks to slow down. It is asked again by itself, less often.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'alerts: failing',
        'Jira Service Management asks to slow down. It is asked again by itself, less often.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'queue: failing',
        'Jira asks to slow down. It is asked again by itself, less often.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'proposals: failing',
        'NNS governance asks to slow down. It is asked again by itself, less often.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'releases: failing',
        'The rollout dashboard asks to slow down. It is asked again by itself, less often.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'ci: failing',
        'GitHub asks to slow down. It is asked again by itself, less often.',
        '$(refresh) Try again',
        '$(sign-in) Sign in to GitHub…',
        '$(output) Show the log',
      ].join('\n'),
    );
  });

  it('failing after empty', () => {
    assert.equal(
      pictures(troubled('server', 'failing', { asOf: halfAnHourAgo })),
      [
        'week: failing',
        'Jira Service Management has a problem (500). It is asked again by itself. See its status page if this lasts. Last known, 30 min ago: None of the schedules named in drDre.ops.schedules was found, or you may not see them.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'alerts: failing',
        'Jira Service Management has a problem (500). It is asked again by itself. See its status page if this lasts. Last known, 30 min ago: No open alerts, as of 13:20.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'queue: failing',
        'Jira has a problem (500). It is asked again by itself. See its status page if this lasts. Last known, 30 min ago: DRE-350 has no child tickets.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'proposals: failing',
        'NNS governance has a problem (500). It is asked again by itself. See its status page if this lasts. Last known, 30 min ago: No open proposals.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'releases: failing',
        'The rollout dashboard has a problem (500). It is asked again by itself. See its status page if this lasts. Last known, 30 min ago: The dashboard knows no rollout.',
        '$(refresh) Try again',
        '$(output) Show the log',
        'ci: failing',
        'GitHub has a problem (500). It is asked again by itself. See its status page if this lasts. Last known, 30 min ago: No open pull requests.',
        '$(refresh) Try again',
        '$(output) Show the log',
      ].join('\n'),
    );
  });
});
