import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../simulator/simulator.ts';
import { openDrDre } from '../support/vscode/drDre.ts';
import { root } from '../support/vscode/workbench.ts';
import { waitFor } from '../support/base/waitFor.ts';

// `npm run themes`: writes `themes.json`, what the built-in themes of the VS Code that the
// tests use give the page. Run it when that VS Code, or the variables in the page's styles, change.

/** What the themes are called here and in the list that a person chooses from; the first one is shown at the start. */
const labels = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'dark-2026': 'Dark 2026',
  'light-2026': 'Light 2026',
  'dark-plus': 'Dark+',
  'light-plus': 'Light+',
  'dark-vs': 'Dark (Visual Studio)',
  'light-vs': 'Light (Visual Studio)',
  'hc-black': 'Dark High Contrast',
  'hc-light': 'Light High Contrast',
};
const styles = join(root, 'src/webview');
const files = readdirSync(styles, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'));
const css = files.map((file) => readFileSync(join(styles, file), 'utf8'));
const names = [...new Set(css.join('\n').match(/--vscode-[\w-]+/g))].filter((each) => !each.includes('font-')).sort();

const simulator = await startSimulator();
const workbench = await openDrDre(simulator, { theme: 'dark' });
await workbench.runCommand('Dr. DRE: Open Release Timeline');
const html = workbench.webviewFrame().locator('html');
await html.locator('#timeline > *').first().waitFor();
const found: unknown[] = [];
let before = '';
for (const [name, label] of Object.entries(labels)) {
  if (before !== '') {
    await workbench.runCommand('Preferences: Color Theme');
    await workbench.quickPick.choose(label);
  }
  const colors = await waitFor(`the colors of ${label}`, async () => {
    const [bodyClass, variables] = await html.evaluate((element, wanted) => {
      const { style } = element as HTMLElement;
      const classes = [...document.body.classList].filter((each) => each.startsWith('vscode-'));
      return [classes.join(' '), wanted.map((each) => [each.slice(9), style.getPropertyValue(each)])] as const;
    }, names);
    const text = JSON.stringify(variables);
    if (text === before) return false;
    before = text;
    return { name, bodyClass, variables: Object.fromEntries(variables.filter(([, value]) => value !== '')) };
  });
  found.push(colors);
}
writeFileSync(join(root, 'test/page/themes.json'), `${JSON.stringify(found, undefined, 2)}\n`);
await workbench.close();
await simulator.stop();
process.exit(0);
