import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Alert } from '../../src/domain/alerts/alert.ts';
import { hour } from '../../src/domain/base/time.ts';
import { alertRow } from '../../src/views/alerts/row.ts';
import { contextValue, type Row } from '../../src/views/kit/row.ts';
import { runRow } from '../../src/views/operations/view.ts';
import { proposalRow } from '../../src/views/proposals/row.ts';
import { ticketRow } from '../../src/views/queue/view.ts';
import { alert } from '../support/feeds/alertBuilder.ts';
import { proposal, ticket } from '../support/feeds/linkRecords.ts';
import { dreRun, runEnd } from '../support/operations/runBuilder.ts';

const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));

interface MenuEntry {
  readonly command: string;
  readonly group?: string;
  readonly when?: string;
}

const from = { now: Date.UTC(2026, 7, 26, 13, 50, 11), timeZone: 'UTC' };
const site = 'https://example.atlassian.net';

/** A row with all that links and actions add to it. */
function whole(row: Row): Row {
  return { ...row, tokens: [...row.tokens, 'ofRollout', 'alerted', 'troubled', 'unconfirmed', 'undoable'] };
}

const alertRows = [
  { status: 'open' },
  { status: 'acknowledged', tags: ['a'] },
  { status: 'snoozed', snoozedUntil: from.now + hour },
  { status: 'closed' },
] as const;
const dryRun = dreRun('r1', from.now - hour);

/** The rows whose records have a document, with their view. */
const rowsWithDocument: readonly (readonly [what: string, view: string, row: Row])[] = [
  ...alertRows.map((more): readonly [string, string, Row] => [
    `${more.status} alert`,
    'drDre.alerts',
    whole(alertRow(alert('a', more), from, site)),
  ]),
  ['ticket', 'drDre.queue', whole(ticketRow(ticket('DRE-1'), from, site, {}))],
  [
    'flagged ticket',
    'drDre.queue',
    whole(ticketRow(ticket('DRE-2', { flagged: true, labels: ['a'] }), from, site, { lints: ['unassigned'] })),
  ],
  ['proposal', 'drDre.proposals', whole(proposalRow(proposal(1n), from))],
  ['run', 'drDre.runs', runRow(dryRun, from)],
  ['dry run that ended', 'drDre.runs', runRow({ ...dryRun, end: runEnd(from.now) }, from)],
  [
    'run that submitted',
    'drDre.runs',
    runRow({ ...dryRun, dryRun: false, end: runEnd(from.now, { ending: 'submitted', proposals: ['1'] }) }, from),
  ],
];

describe('the menus in the manifest', () => {
  it('offer in the title of a document what the menu of its row offers', () => {
    const items: MenuEntry[] = contributes.menus['view/item/context'];
    const inTitle: MenuEntry[] = contributes.menus['editor/title'];
    // What is open already is not opened, and only a document is read again by itself.
    const apart = /^drDre\.(?:(?:alerts|queue|proposals)\.open|operations\.openRun|refresh)$/;
    const offered = (entries: readonly MenuEntry[], fits: (when: string) => boolean): readonly string[] => {
      const fitting = entries.filter(
        ({ command, group = '', when = '' }) => !group.startsWith('inline') && !apart.test(command) && fits(when),
      );
      return [...new Set(fitting.map(({ command }) => command))].toSorted();
    };
    for (const [what, view, row] of rowsWithDocument) {
      const item = contextValue(row);
      const ofRow = (condition: string): boolean => {
        const [, name, value = ''] = /^(view|viewItem) =~ \/(.+)\/$/.exec(condition) ?? [];
        if (name === undefined) return condition === `view == ${view}`;
        return new RegExp(value).test(name === 'view' ? view : item);
      };
      const ofDocument = (condition: string): boolean => {
        const [, token] = /^\(?resource in drDre\.documents\.(\w+)\)?$/.exec(condition) ?? [];
        return token === undefined ? condition === 'resourceScheme == dr-dre' : item.includes(`;${token};`);
      };
      const wanted = offered(items, (when) => when.split(' && ').every(ofRow));
      assert.ok(wanted.length > 3, what);
      const found = offered(inTitle, (when) => when.split(' && ').every((part) => part.split(' || ').some(ofDocument)));
      assert.deepEqual(found, wanted, what);
    }
  });

  it('come with the keys of a row in its document, too', () => {
    const keys: readonly (MenuEntry & { readonly key: string; readonly args?: unknown })[] = contributes.keybindings;
    const of = (place: RegExp): readonly string[] =>
      keys
        .filter(({ command, when = '' }) => place.test(when) && command !== 'drDre.openAndFocus')
        .map(({ command, key }) => `${key} ${command}`)
        .sort();
    assert.deepEqual(of(/^activeCustomEditorId == vscode\.markdown\.preview\.editor /), of(/^focusedView == /));
  });

  it('leave the names of views room for what needs a person, at 300 px', () => {
    const inTitle: MenuEntry[] = contributes.menus['view/title'];
    const inlineOf = (view: string): readonly string[] =>
      inTitle
        .filter(({ group = '' }) => group.startsWith('navigation'))
        .filter(({ when = '' }) => {
          const [, pattern] = /^view =~ \/(.+)\/$/.exec(when) ?? [];
          return pattern === undefined ? when === `view == ${view}` : new RegExp(pattern).test(view);
        })
        .map(({ command }) => command);
    assert.deepEqual(['drDre.proposals', 'drDre.releases', 'drDre.ci'].map(inlineOf), [
      ['drDre.proposals.filter'],
      ['drDre.releases.openTimeline'],
      ['drDre.ci.filter'],
    ]);
    assert.ok(inlineOf('drDre.alerts').includes('drDre.refresh'));
  });

  it('have the quick fix of each forgotten alert as an action in its row', () => {
    const now = Date.UTC(2026, 7, 26, 13, 50, 11);
    const inline = (contributes.menus['view/item/context'] as MenuEntry[]).filter(({ group }) =>
      group?.startsWith('inline'),
    );
    const actions = (more: Partial<Alert>): readonly string[] => {
      const forgotten = { openAgeMs: hour, hasNote: () => false };
      const row = alertRow(alert('a', more), { now, timeZone: 'UTC' }, 'https://example.atlassian.net', { forgotten });
      const item = contextValue(row);
      assert.match(item, /;forgotten;/);
      const fits = ({ when = '' }: MenuEntry): boolean =>
        [...when.matchAll(/viewItem =~ \/([^/]+)\//g)].every(([, word = '']) => item.includes(word));
      return inline.filter(fits).map(({ command }) => command);
    };
    const acknowledgedAt = now - hour;
    assert.ok(actions({ status: 'acknowledged', acknowledgedAt }).includes('drDre.alerts.addNote'));
    for (const more of [
      { createdAt: now - 2 * hour },
      { snoozedUntil: now - hour },
      { status: 'snoozed', snoozedUntil: now - hour },
    ] as const) {
      assert.ok(actions(more).includes('drDre.alerts.acknowledge'), JSON.stringify(more));
    }
  });
});
