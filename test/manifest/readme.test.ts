import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

interface Command {
  readonly command: string;
  readonly title: string;
  readonly shortTitle?: string;
}
const commands: readonly Command[] = contributes.commands;
const keys: readonly { readonly key: string; readonly command: string; readonly when: string }[] =
  contributes.keybindings;

describe('the README', () => {
  it('has the keys of the Alerts and Queue views', () => {
    const inManifest = ['alerts', 'queue'].flatMap((view) =>
      keys
        .filter(({ when }) => when.startsWith(`focusedView == drDre.${view} `))
        .map(({ key, command }) => `${view} ${key} ${wordsOf(command)}`),
    );
    const inReadme = readme
      .split('\n')
      .map((line) => /^\| `([\w+.]+)` +\| (.*?) *\| (.*?) *\|$/.exec(line))
      .filter((row) => row !== null)
      .flatMap(([, key = '', alerts = '', queue = '']) => [
        ...(alerts === '' ? [] : [`alerts ${key.toLowerCase()} ${alerts}`]),
        ...(queue === '' ? [] : [`queue ${key.toLowerCase()} ${queue}`]),
      ]);
    assert.deepEqual(inReadme.sort(), inManifest.sort());
  });

  it('has every view', () => {
    const names: readonly string[] = contributes.views.drDre.map(({ name }: { readonly name: string }) => name);
    assert.deepEqual(
      [...readme.matchAll(/^\| \*\*(\w+)\*\*/gm)].map(([, name]) => name),
      names,
    );
  });

  it('calls commands what the palette calls them', () => {
    const titles = new Set(commands.flatMap(({ title, shortTitle }) => [title, shortTitle ?? title]));
    const prose = readme.replaceAll(/`[^`]*`/g, '');
    const named = [...prose.matchAll(/_(?:Dr\. DRE: )?([A-Z][^_]*)_/g)].map(([, name = '']) => name);
    const others = ['Acknowledging…', 'DRE Alerts', 'DRE Ops Rotation', 'Dr. DRE', 'Get Started with Dr. DRE'];
    assert.deepEqual(
      named.filter((name) => !titles.has(name) && !others.includes(name)),
      ['Welcome: Open Walkthrough…'],
    );
  });
});

/** What a command is called in its own view, as a word in a sentence. */
function wordsOf(id: string): string {
  const command = commands.find((each) => each.command === id);
  return (command?.shortTitle ?? command?.title ?? id).replace('…', '').toLowerCase();
}
