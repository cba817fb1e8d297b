import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Alert } from '../../src/domain/alerts/alert.ts';
import { hour } from '../../src/domain/base/time.ts';
import { alertRow } from '../../src/views/alerts/row.ts';
import { contextValue } from '../../src/views/kit/row.ts';
import { alert } from '../support/feeds/alertBuilder.ts';

const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));

interface MenuEntry {
  readonly command: string;
  readonly group?: string;
  readonly when?: string;
}

describe('the menus in the manifest', () => {
  it('offer in the title of a document what the menu of its row offers, once', () => {
    const items: MenuEntry[] = contributes.menus['view/item/context'];
    const inTitle: MenuEntry[] = contributes.menus['editor/title'];
    const offered = (entries: readonly MenuEntry[], pattern: RegExp): readonly string[] =>
      entries
        // Heartbeats have no document.
        .filter(({ command }) => /^drDre\.(alerts|queue|proposals)\.(?!open$|openTeam$)/.test(command))
        .flatMap(({ command, when = '' }) => {
          const token = pattern.exec(when)?.[1];
          return token === undefined ? [] : [`${command} ${token}`];
        })
        .sort();
    const ofRows = items.filter(({ group }) => group?.startsWith('inline') === false);
    const ofRecords = /view == drDre\.(?:alerts|queue|proposals) && viewItem =~ \/;(\w+);\/$/;
    assert.deepEqual(
      offered(inTitle, /^resourceScheme == dr-dre && resource in drDre\.documents\.(\w+)$/),
      offered(ofRows, ofRecords),
    );
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
