import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isIssueKey, isPrincipal, isRepository } from '../../src/domain/base/ids.ts';
import { countFilters } from '../../src/domain/alerts/savedFilters.ts';
import { acceptedProposers, proposersOf, releaseTopics, topicsOf } from '../../src/domain/proposals/governance.ts';
import { serviceAddress } from '../../src/platform/serviceAddress.ts';
import { settingGroups, settingProperties as properties } from '../support/manifest/settings.ts';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** All settings and their defaults: a promise to the people who have set them, or who rely on not having to. */
const settings: Readonly<Record<string, unknown>> = {
  'drDre.notifications.enabled': true,
  'drDre.notifications.audience': 'onCallInHours',
  'drDre.notifications.minimumPriority': 'P2',
  'drDre.notifications.atMostOneInSeconds': 60,
  'drDre.alerts.filters': {
    'Unacknowledged P1 and P2': 'status: open AND acknowledged: false AND priority: (P1 OR P2)',
    'Acknowledged, not closed': 'status: open AND acknowledged: true',
    Snoozed: 'status: open AND snoozed: true',
    'Fired 10+ times': 'status: open AND count >= 10',
  },
  'drDre.alerts.hiddenPrefixes': ['[prod]', 'IC_'],
  'drDre.alerts.forgottenAfterHours': 24,
  'drDre.alerts.runbooks': {},
  'drDre.queue.filters': { Blocked: 'blocked', 'No assignee': 'nobody' },
  'drDre.queue.queries': {},
  'drDre.queue.lints': {
    notTended: true,
    unassigned: true,
    quiet: true,
    unexplained: true,
    unclear: true,
    noContext: true,
    scopeChanged: true,
    proposalOpen: true,
    proposalExecuted: true,
  },
  'drDre.queue.quietAfterHours': 24,
  'drDre.queue.templates': [],
  'drDre.queue.lists': {},
  'drDre.proposals.topics': [
    'ic-os-version-deployment',
    'ic-os-version-election',
    'subnet-management',
    'node-admin',
    'api-boundary-node-management',
    'network-economics',
    'participant-management',
    'governance',
  ],
  'drDre.proposals.proposers': ['80', '39', '40', '46', '58', '61', '77', '17511507705568200227'],
  'drDre.proposals.filters': { Deployments: 'deployment', Elections: 'election' },
  'drDre.proposals.outcomeComments': false,
  'drDre.ci.filters': { Failed: 'failed', 'Needs approval': 'needs approval' },
  'drDre.timeZone': 'local',
  'drDre.rows.width': 300,
  'drDre.dre.path': 'dre',
  'drDre.ops.team': 'og-a6d6c0d5-2641-4c54-8a2c-5860ef5e8f53',
  'drDre.ops.schedules': { alerts: 'DRE Alerts', ops: 'DRE Ops Rotation' },
  'drDre.queue.epic': 'DRE-350',
  'drDre.github.repository': 'dfinity/dre',
  'drDre.atlassian.site': 'https://dfinity.atlassian.net',
  'drDre.atlassian.apiUrl': 'https://api.atlassian.com',
  'drDre.github.apiUrl': 'https://api.github.com',
  'drDre.rollouts.url': 'https://rollout-dashboard.ch1-rel1.dfinity.network',
  'drDre.airflow.url': 'https://airflow.ch1-rel1.dfinity.network',
  'drDre.governance.host': 'https://icp-api.io',
  'drDre.governance.canister': 'rrkah-fqaaa-aaaaa-aaaaq-cai',
};

/** What a person prefers, on every machine. All others say where tokens go, whose records are read, what is run or how wide the side bar is. */
const preferences = /^drDre\.(?:alerts|notifications|proposals|ci|timeZone|queue\.(?!epic))/;

/** Whether the settings editor takes a text without a warning. It reads patterns like this. */
function fitsPattern(setting: string, text: string): boolean {
  return new RegExp(properties[setting]?.pattern ?? '', 'u').test(text);
}

describe('the settings of the manifest', () => {
  it('name topics and proposers by the words and ids that are read', () => {
    const { items, default: topics } = properties['drDre.proposals.topics'] ?? assert.fail();
    const words = items?.enum ?? assert.fail();
    assert.equal(topicsOf(words).length, words.length);
    assert.deepEqual(new Set(topicsOf(topics as readonly string[])), new Set(releaseTopics));
    const proposers = properties['drDre.proposals.proposers']?.default as readonly string[];
    assert.deepEqual(proposersOf(proposers), acceptedProposers);
  });

  it('keep their ids and defaults, in the order in which a person needs them', () => {
    const defaults = Object.entries(properties).map(([name, each]) => [name, each.default]);
    assert.deepEqual(defaults, Object.entries(settings));
    assert.deepEqual(
      settingGroups.map(({ title }) => title),
      ['Notifications', 'Alerts', 'Queue', 'Proposals', 'CI', 'Appearance', 'dre', 'Team', 'Services'],
    );
    // VS Code sorts by these numbers.
    const rising = (orders: readonly number[]): void => {
      assert.deepEqual(
        orders,
        orders.map((_, index) => index + 1),
      );
    };
    rising(settingGroups.map(({ order }) => order));
    for (const group of settingGroups) rising(Object.values(group.properties).map(({ order }) => order));
  });

  it('are all used, and say what for', () => {
    const source = readFileSync(join(root, 'src/platform/settings.ts'), 'utf8');
    for (const [name, { markdownDescription: text }] of Object.entries(properties)) {
      assert.ok(source.includes(`read('${name.slice('drDre.'.length)}'`), name);
      assert.match(text, /^[A-Z].+\.$/, name);
      assert.doesNotMatch(text, /not used/i, name);
    }
  });

  it('let no workspace say where tokens go or which program runs, and follow a person where they are preferences', () => {
    for (const [name, { scope }] of Object.entries(properties)) {
      // Neither can be set by a workspace. VS Code syncs those of the application, and not those of a machine.
      assert.equal(scope, preferences.test(name) ? 'application' : 'machine', name);
    }
    assert.deepEqual(
      [...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
      Object.keys(properties).sort(),
    );
  });

  it('warn in the settings editor of the addresses that are not taken, and of no others', () => {
    const addresses = Object.keys(properties).filter((name) => /(site|[uU]rl|host)$/.test(name));
    assert.equal(addresses.length, 6);
    const taken = [
      ...['https://jira.example.com', 'https://jira.example.com:8443/base/path/', 'https://[2001:db8::1]:8443'],
      ...['http://localhost', 'http://localhost:8080/x', 'http://127.0.0.1:1', 'http://127.0.0.2', 'http://[::1]:8080'],
    ];
    const refused = [
      ...['', 'jira.example.com', 'https://', 'ftp://jira.example.com', 'http://jira.example.com'],
      ...['http://localhost.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1', 'http://[::2]'],
      ...['https://me@jira.example.com', 'https://me:word@jira.example.com', 'http://me@localhost'],
      ...['https://jira.example.com?q=1', 'https://jira.example.com/x?q=1', 'https://jira.example.com/#part'],
    ];
    for (const text of taken) assert.ok(serviceAddress(text) !== undefined, text);
    for (const text of refused) assert.equal(serviceAddress(text), undefined, text);
    for (const name of addresses) {
      for (const text of taken) assert.ok(fitsPattern(name, text), `${name}: ${text}`);
      for (const text of refused) assert.ok(!fitsPattern(name, text), `${name}: ${text}`);
    }
  });

  it('warn in the settings editor of the ids that are not taken, and of no others', () => {
    const long = 'a'.repeat(101);
    const shapes = {
      'drDre.queue.epic': {
        fits: isIssueKey,
        texts: ['DRE-350', 'D_2-1', 'dre-350', 'DRE-0', 'DRE350', `DRE-${'1'.repeat(11)}`, `${'D'.repeat(34)}-1`, ''],
      },
      'drDre.github.repository': {
        fits: isRepository,
        texts: [
          ...[
            'dfinity/dre',
            'a-b/c.d_e',
            'a/...',
            'dfinity',
            'dfi.nity/dre',
            '-a/b',
            'a/b/c',
            `${long}/b`,
            `a/${long}`,
          ],
          ...['a/.', 'a/..', ''],
        ],
      },
      'drDre.governance.canister': {
        fits: isPrincipal,
        texts: ['rrkah-fqaaa-aaaaa-aaaaq-cai', 'aaaaa-aa', 'rrkah', 'RRKAH-cai', 'rrkah-fq1aa-cai', 'rrkah-cai-', ''],
      },
    };
    for (const [name, { fits, texts }] of Object.entries(shapes)) {
      assert.equal(new Set(texts.map(fits)).size, 2, name);
      for (const text of texts) assert.equal(fitsPattern(name, text), fits(text), `${name}: ${text}`);
    }
    for (const [name, { pattern, patternErrorMessage }] of Object.entries(properties)) {
      assert.equal(pattern === undefined, patternErrorMessage === undefined, name);
    }
  });

  it('come with filters that can be used', () => {
    const standard = settings['drDre.alerts.filters'] as Readonly<Record<string, string>>;
    const filters = Object.entries(standard).map(([name, query]) => ({ name, query }));
    assert.ok(filters.length > 0);
    for (const { filter, count } of countFilters(filters, [])) assert.ok(count.ok, filter.name);
  });
});
