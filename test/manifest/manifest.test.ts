import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertConditions } from '../../src/domain/alerts/conditions.ts';
import { addressKinds, recordAddress } from '../../src/domain/links/recordAddress.ts';
import { ticketConditions } from '../../src/domain/queue/conditions.ts';
import type { CommandParts } from '../../src/ui/commandTable.ts';
import type { CommandGroup } from '../../src/ui/kit/commands.ts';
import type { AlertVerb } from '../../src/feeds/alerts/verb.ts';
import { alertVerbs } from '../../src/feeds/alerts/verbs.ts';
import { verbName } from '../../src/feeds/kit/verbName.ts';
import type { TicketVerb } from '../../src/feeds/queue/verb.ts';
import { ticketVerbs } from '../../src/feeds/queue/verbs.ts';
import { rotationVerbs, type OverrideData, type RotationVerb } from '../../src/feeds/rotation/verbs.ts';
import { writeConditions } from '../../src/views/kit/pendingActions.ts';
import { tokens } from '../../src/views/kit/row.ts';
import { Uri } from '../support/ui/vscode.ts';
import { useVscodeDouble } from '../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { addCommands } = await import('../../src/ui/commandTable.ts');
const { writeVerbs } = await import('../../src/ui/writes/commands.ts');

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const contributes = manifest.contributes;
const commandIds: string[] = contributes.commands.map((each: { command: string }) => each.command);
const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
  .join('\n');

interface MenuEntry {
  readonly command: string;
  readonly group?: string;
  readonly when?: string;
}
interface Titled {
  readonly command: string;
  readonly title: string;
  readonly shortTitle?: string;
}

const menuEntries: MenuEntry[] = Object.values(contributes.menus as Record<string, MenuEntry[]>).flat();

describe('the manifest', () => {
  it('gives Alerts and Queue the most room at first, and folds what a week seldom needs', () => {
    const views: { id: string; initialSize: number; visibility?: string }[] = contributes.views.drDre;
    const bySize = views.toSorted((one, other) => other.initialSize - one.initialSize).map(({ id }) => id);
    assert.deepEqual(bySize.slice(0, 2), ['drDre.alerts', 'drDre.queue']);
    const folded = views.filter(({ visibility }) => visibility === 'collapsed').map(({ id }) => id);
    assert.deepEqual(folded, ['drDre.proposals', 'drDre.runs', 'drDre.ci']);
  });

  it('declares the commands that the code handles, and no others', async () => {
    const groups: CommandGroup[] = [];
    // Handlers are made, and none is called.
    const extension = { extensionUri: Uri.file('/'), globalStorageUri: Uri.file('/'), subscriptions: [] };
    addCommands({ addGroup: (group) => void groups.push(group) }, { extension } as unknown as CommandParts);
    const handled: string[] = [];
    for (const { names, load } of groups) {
      const ids = Object.keys(await load());
      for (const id of ids) assert.ok(names.includes(id) || names.includes(id.replace(/\.\w+$/, '')), id);
      for (const name of names) {
        assert.ok(
          ids.some((id) => id === name || id.startsWith(`${name}.`)),
          name,
        );
      }
      handled.push(...ids);
    }
    assert.deepEqual(handled.sort(), [...commandIds].sort());
  });

  it('shows its commands under one category, and all in the palette but those that only a row can mean', () => {
    for (const each of contributes.commands) assert.equal(each.category, 'Dr. DRE');
    const hidden = (contributes.menus.commandPalette as MenuEntry[]).filter(({ when }) => when === 'false');
    assert.deepEqual(hidden.map(({ command }) => command).sort(), [
      'drDre.openAndFocus',
      'drDre.retry',
      'drDre.showMore',
    ]);
  });

  it('uses in its menus the tokens that rows carry, and no others', () => {
    const used = new Set(
      menuEntries.flatMap(({ when = '' }) =>
        [...when.matchAll(/;([a-z]+);|drDre\.documents\.([a-z]+)/gi)].map(
          ([, ofRow, ofDocument]) => ofRow ?? ofDocument,
        ),
      ),
    );
    const known = new Set<string>(tokens);
    for (const token of used) assert.ok(known.has(token ?? ''), `no row carries ${token}`);
    // Without the file that lists them.
    const viewsSource = readdirSync(join(root, 'src/views'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== join('kit', 'row.ts'))
      .map((file) => readFileSync(join(root, 'src/views', file), 'utf8'))
      .join('\n');
    const conditions: readonly string[] = [alertConditions, ticketConditions, writeConditions].flatMap((each) =>
      Object.keys(each),
    );
    for (const token of tokens) {
      assert.ok(conditions.includes(token) || viewsSource.includes(`'${token}'`), `${token} is never produced`);
    }
  });

  it('names the command of each verb of alerts as the verb is named, and offers it for the alerts that it fits', () => {
    for (const [key, verb] of Object.entries<AlertVerb>(alertVerbs)) {
      const end = `${verb.labelEnd ?? ''}${verb.asks === 'nothing' ? '' : '…'}`;
      const short = `${verb.label.replace(/ (to|from|of|on)$/, '')}${end}`;
      assertOffered(`drDre.alerts.${key}`, `${verb.label} Alert${end}`, short, verb.fits);
    }
  });

  it('names the command of each verb of tickets as the verb is named, and offers it for the tickets that it fits', () => {
    for (const [key, verb] of Object.entries<TicketVerb>(ticketVerbs)) {
      const dots = verb.asks === 'nothing' || verb.asks === 'me' ? '' : '…';
      const title = `${verb.label} Ticket${verb.labelEnd ?? ''}${dots}`;
      assertOffered(`drDre.queue.${key}`, title, `${verbName(verb)}${dots}`, verb.fits);
    }
  });

  it('names the commands of each verb of schedules as the verb names them, and offers them for what they fit', () => {
    for (const { commands } of Object.values<RotationVerb<OverrideData>>(rotationVerbs)) {
      for (const [key, { name, fits }] of Object.entries(commands)) {
        assertOffered(`drDre.rotation.${key}`, `${name}…`, undefined, fits);
      }
    }
  });

  it('names the commands for writes as they are named, and offers them for the writes that they fit', () => {
    for (const [key, { name, label, fits }] of Object.entries(writeVerbs)) {
      assertOffered(`drDre.writes.${key}`, name, label, fits);
    }
  });

  /** The command has these titles, and a menu of rows with this token has it. */
  function assertOffered(id: string, title: string, shortTitle: string | undefined, token: string): void {
    const command: Titled | undefined = contributes.commands.find((each: Titled) => each.command === id);
    assert.deepEqual([command?.title, command?.shortTitle], [title, shortTitle], id);
    const items: MenuEntry[] = contributes.menus['view/item/context'];
    const inMenu = items.filter((item) => item.command === id && item.group?.startsWith('inline') === false);
    const matched = inMenu.map(({ when = '' }) => /viewItem =~ \/;(\w+);\/$/.exec(when)?.[1]);
    assert.deepEqual(matched, [token], id);
  }

  it('asks in its menus only for what the code says', () => {
    const own = menuEntries.flatMap(({ when = '' }) =>
      when.split(/&&|\|\|/).flatMap((part) => /^!?(drDre\.[\w.]+)(?: =~ .+)?$/.exec(part.trim())?.[1] ?? []),
    );
    assert.ok(own.length > 0);
    const isSet = (key: string): boolean =>
      [
        `contextKey<boolean>('${key}'`,
        `contextKey<string>('${key}'`,
        `'setContext', '${key}'`,
        `filteredKey: '${key}'`,
      ].some((each) => source.includes(each));
    for (const key of own) assert.ok(isSet(key), key);
  });

  it('names only commands and views that there are', () => {
    const views: string[] = contributes.views.drDre.map((view: { id: string }) => view.id);
    for (const { command, when = '' } of [...menuEntries, ...contributes.keybindings]) {
      assert.ok(commandIds.includes(command), command);
      for (const [, view = ''] of when.matchAll(/view == (drDre\.[a-z]+)/g)) assert.ok(views.includes(view), view);
    }
    for (const { view, contents } of contributes.viewsWelcome) {
      assert.ok(views.includes(view), view);
      for (const [, id = ''] of (contents as string).matchAll(/command:([A-Za-z.]+)/g)) {
        assert.ok(commandIds.includes(id), id);
      }
    }
    for (const id of views) assert.ok(source.includes(`'${id}'`), `${id} is declared, but nothing shows it`);
  });

  it('keeps the public ids', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, 'dfinity.dr-dre');
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.deepEqual(contributes.authentication, [{ id: 'drDre.atlassian', label: 'Atlassian' }]);
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }: { id: string }) => id),
      ['drDre'],
    );
    assert.deepEqual(
      contributes.views.drDre.map(({ id }: { id: string }) => id),
      ['drDre.week', 'drDre.alerts', 'drDre.queue', 'drDre.proposals', 'drDre.runs', 'drDre.releases', 'drDre.ci'],
    );
    assert.deepEqual(
      contributes.views.drDre
        .filter(({ visibility }: { visibility?: string }) => visibility === 'collapsed')
        .map(({ id }: { id: string }) => id),
      ['drDre.proposals', 'drDre.runs', 'drDre.ci'],
    );
    const named = ['drDre.alerts.acknowledge', 'drDre.operations.run', 'drDre.releases.openTimeline', 'drDre.signIn'];
    for (const id of [...named, 'drDre.refresh']) assert.ok(commandIds.includes(id), id);
    for (const id of commandIds) assert.match(id, /^drDre(\.[a-z][A-Za-z]*){1,2}$/);
    const items = [...source.matchAll(/new StatusItem\('([\w.]+)'/g)].map(([, id]) => id);
    assert.deepEqual(items.sort(), ['drDre.alertsBurning', 'drDre.rotation']);
    const panels = [...source.matchAll(/(?:createWebviewPanel|registerWebviewPanelSerializer)\('([\w.]+)'/g)];
    assert.deepEqual([...new Set(panels.map(([, id]) => id))], ['drDre.timeline', 'drDre.operations']);
    assert.deepEqual([...addressKinds].sort(), ['alert', 'proposal', 'pullRequest', 'rollout', 'ticket']);
    assert.equal(recordAddress({ kind: 'ticket', key: 'DRE-351' }), 'vscode://dfinity.dr-dre/ticket/DRE-351');
    const variables = [...source.matchAll(/'(DR_DRE_[A-Z_]+)'/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(variables)].sort(), [
      'DR_DRE_ATLASSIAN_EMAIL',
      'DR_DRE_ATLASSIAN_TOKEN',
      'DR_DRE_GITHUB_TOKEN',
    ]);
    const scripts = Object.keys(manifest.scripts);
    for (const name of ['build', 'start', 'test', 'lint', 'bench', 'package']) assert.ok(scripts.includes(name), name);
  });

  it('ships every file that the code starts by its path', () => {
    const started = [...source.matchAll(/'dist', '(\w+)\.js'/g)].map(([, name = '']) => name);
    assert.deepEqual([...new Set(started)].sort(), ['dreRunner', 'governanceWorker']);
    const build = readFileSync(join(root, 'esbuild.mjs'), 'utf8');
    for (const name of started) assert.ok(build.includes(`${name}: `), `${name} is not built`);
    assert.ok(readFileSync(join(root, '.vscodeignore'), 'utf8').includes('!dist/**'));
  });

  it('has an icon for every view and no activation that costs the start', () => {
    for (const view of contributes.views.drDre) assert.match(view.icon, /^\$\([a-z-]+\)$/);
    assert.deepEqual(manifest.activationEvents, [
      'onStartupFinished',
      'onWebviewPanel:drDre.timeline',
      'onWebviewPanel:drDre.operations',
      'onUri',
      'onFileSystem:dr-dre-draft',
    ]);
  });
});
