import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countFilters } from '../../src/domain/savedFilters.ts';
import { tokens } from '../../src/views/row.ts';

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
  readonly when?: string;
}
const menuEntries: MenuEntry[] = Object.values(contributes.menus as Record<string, MenuEntry[]>).flat();

describe('the manifest', () => {
  it('declares every command that the code registers, and the code registers and handles every command that it declares', () => {
    const table = readFileSync(join(root, 'src/ui/commandTable.ts'), 'utf8');
    const registered = [...table.matchAll(/'(drDre\.[A-Za-z.]+)'/g)].map(([, id = '']) => id);
    assert.deepEqual([...registered].sort(), [...commandIds].sort());
    const handled = [...source.matchAll(/^ {4}'(drDre\.[A-Za-z.]+)': |return \{ '(drDre\.[A-Za-z.]+)': /gm)];
    assert.deepEqual(handled.map(([, id, only]) => id ?? only).sort(), [...commandIds].sort());
  });

  it('shows its commands under one category and never offers in the palette what needs a row', () => {
    for (const each of contributes.commands) assert.equal(each.category, 'Dr. DRE');
    const hidden = (contributes.menus.commandPalette as MenuEntry[]).map((entry) => entry.command);
    assert.deepEqual(hidden.sort(), ['drDre.retry', 'drDre.showMore']);
  });

  it('uses in its menus the tokens that rows carry, and no others', () => {
    const used = new Set(
      menuEntries.flatMap(({ when = '' }) => [...when.matchAll(/;([a-z]+);/gi)].map(([, token]) => token)),
    );
    const known = new Set<string>(tokens);
    for (const token of used) assert.ok(known.has(token ?? ''), `no row carries ${token}`);
    const viewsSource = readdirSync(join(root, 'src/views'))
      .map((file) => readFileSync(join(root, 'src/views', file), 'utf8'))
      .join('\n');
    for (const token of tokens) assert.ok(viewsSource.includes(`'${token}'`), `${token} is never produced`);
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

  it('has a walkthrough whose pictures and commands are there', () => {
    const [{ steps }] = contributes.walkthroughs;
    assert.deepEqual(
      steps.map(({ id }: { id: string }) => id),
      ['signIn', 'alerts', 'takePager', 'timeline'],
    );
    const views: string[] = contributes.views.drDre.map((view: { id: string }) => view.id);
    for (const { description, media, completionEvents } of steps) {
      assert.match(readFileSync(join(root, media.svg), 'utf8'), /^<svg /);
      const ids = [...`${description} ${completionEvents.join(' ')}`.matchAll(/[cC]ommand:(drDre[A-Za-z.]+)/g)];
      assert.ok(ids.length > 0, description);
      for (const [, id = ''] of ids) {
        assert.ok(commandIds.includes(id) || views.includes(id.replace(/\.focus$/, '')), id);
      }
    }
  });

  it('keeps the public ids and defaults of the design', () => {
    const properties = contributes.configuration.properties;
    assert.equal(properties['drDre.atlassian.site'].default, 'https://dfinity.atlassian.net');
    assert.equal(properties['drDre.queue.epic'].default, 'DRE-350');
    assert.equal(properties['drDre.governance.canister'].default, 'rrkah-fqaaa-aaaaa-aaaaq-cai');
    assert.equal(properties['drDre.dre.path'].default, 'dre');
    assert.deepEqual(properties['drDre.ops.schedules'].default, { alerts: 'DRE Alerts', ops: 'DRE Ops Rotation' });
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.equal(contributes.viewsContainers.activitybar[0].id, 'drDre');
  });

  it('lets no workspace say where tokens go or which program runs', () => {
    const properties: Record<string, { scope: string }> = contributes.configuration.properties;
    for (const [name, { scope }] of Object.entries(properties)) assert.equal(scope, 'machine', name);
    assert.deepEqual(
      [...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
      Object.keys(properties).sort(),
    );
  });

  it('comes with filters that can be used', () => {
    const standard: Record<string, string> = contributes.configuration.properties['drDre.alerts.filters'].default;
    const filters = Object.entries(standard).map(([name, query]) => ({ name, query }));
    assert.ok(filters.length > 0);
    for (const { filter, count } of countFilters(filters, [])) assert.ok(count.ok, filter.name);
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
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished', 'onWebviewPanel:drDre.timeline', 'onUri']);
  });
});
