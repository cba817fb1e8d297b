import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { themes, type Theme } from '../page/themes.ts';
import { colorDistance, contrast } from '../support/manifest/contrast.ts';

interface OwnColor {
  readonly id: string;
  /** By kind of theme: a color, or the id of one of VS Code's. */
  readonly defaults: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '../..');
const ownColors: readonly OwnColor[] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).contributes.colors;

/** Kinds of themes by what they are called in pages and in the manifest. */
const kinds: Readonly<Record<string, string>> = {
  'vscode-dark': 'dark',
  'vscode-light': 'light',
  'vscode-high-contrast': 'highContrast',
  'vscode-high-contrast-light': 'highContrastLight',
};

function kindOf({ bodyClass }: Theme): string {
  return kinds[bodyClass.split(' ')[0] ?? ''] ?? '';
}

/** The side bars of the built-in themes; pages are not told of them. */
const sideBars: Readonly<Record<string, string>> = {
  dark: '#181818',
  light: '#f8f8f8',
  'dark-2026': '#191a1b',
  'light-2026': '#fafafd',
  'dark-plus': '#252526',
  'light-plus': '#f3f3f3',
  'dark-vs': '#252526',
  'light-vs': '#f3f3f3',
  'hc-black': '#000000',
  'hc-light': '#ffffff',
};

/** Those of the themes that are built in and that pages are not pictured in: Abyss, Solarized and others. */
const furtherSideBars: Readonly<Record<string, readonly string[]>> = {
  dark: ['#060621', '#362712', '#1e1f1c', '#272727', '#330000', '#00212b', '#001c40'],
  light: ['#f2f2f2', '#eee8d5'],
};

/** What a theme shows for a color, as `#rrggbb`. */
function shownColor(id: string, theme: Theme): string {
  const own = ownColors.find((each) => each.id === id)?.defaults[kindOf(theme)] ?? id;
  // By itself the color of an icon of a problem is that of the problem in the editor.
  const color = own.startsWith('#')
    ? own
    : (theme.variables[own.replace(/^problems(\w+)Icon/, 'editor$1').replace('.', '-')] ?? '');
  assert.match(color, /^#[\da-f]{6}$|^rgba\(/, `${id} in ${theme.name}`);
  return color.startsWith('#') ? color : over(color, sideBars[theme.name] ?? '');
}

/** What is seen of a translucent color over another one. */
function over(color: string, below: string): string {
  const [red = 0, green = 0, blue = 0, share = 1] = [...color.matchAll(/[\d.]+/g)].map(Number);
  const mixed = [red, green, blue].map((value, index) => {
    const under = parseInt(below.slice(1 + 2 * index, 3 + 2 * index), 16);
    return Math.round(value * share + under * (1 - share));
  });
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

// What a picture needs by WCAG 2.2, 1.4.11.
const leastContrast = 3;

describe('the colors of rows', () => {
  it('stand out from the side bar of every theme that VS Code has built in, where they are our own', () => {
    for (const { id, defaults } of ownColors) {
      for (const [kind, color] of Object.entries(defaults)) {
        if (!color.startsWith('#')) continue;
        const ofThemes = themes.filter((theme) => kindOf(theme) === kind).map(({ name }) => sideBars[name] ?? '');
        for (const sideBar of [...ofThemes, ...(furtherSideBars[kind] ?? [])]) {
          assert.ok(contrast(color, sideBar) >= leastContrast, `${id} ${color} on ${sideBar}`);
        }
      }
    }
  });

  it('stand out from the side bar of every theme that pages are pictured in, whosever they are', () => {
    const source = readdirSync(join(root, 'src/views'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(root, 'src/views', file), 'utf8'))
      .join('\n');
    const known = new Set(ownColors.map(({ id }) => id));
    const named = [...source.matchAll(/'((?:charts|drDre)\.[\w.]+|\w+\.foreground|descriptionForeground)'/g)];
    const used = new Set(named.flatMap(([, id = '']) => (id.startsWith('drDre.') && !known.has(id) ? [] : [id])));
    assert.ok(used.size > 5, [...used].join());
    for (const theme of themes) {
      const sideBar = sideBars[theme.name] ?? '';
      for (const id of used) {
        const color = shownColor(id, theme);
        assert.ok(contrast(color, sideBar) >= leastContrast, `${id} ${color} on ${sideBar} in ${theme.name}`);
      }
    }
  });

  it('are no stronger than the text beside it for an alert that is taken, and weaker in high contrast', () => {
    for (const theme of themes) {
      const sideBar = sideBars[theme.name] ?? '';
      const [taken, text] = ['drDre.alert.handled', 'foreground'].map((id) => contrast(shownColor(id, theme), sideBar));
      assert.ok(taken !== undefined && text !== undefined && taken <= text, theme.name);
      // White or black beside the colors of the alerts that wait would be the strongest icon of the view.
      if (theme.name.startsWith('hc-')) assert.ok(taken < text / 2, theme.name);
    }
  });

  it('differ between each priority of an alert and the next one', () => {
    const priorities = ['p1', 'p2', 'p3', 'p4'];
    for (const theme of themes) {
      const colors = priorities.map((each) => shownColor(`drDre.alert.${each}`, theme));
      for (const [index, color] of colors.entries()) {
        const next = colors[index + 1];
        if (next === undefined) continue;
        const pair = `P${index + 1} ${color} and P${index + 2} ${next} in ${theme.name}`;
        assert.ok(colorDistance(color, next) >= 0.1, pair);
      }
    }
  });
});
