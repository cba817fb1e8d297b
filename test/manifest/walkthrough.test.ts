import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingProperties } from '../support/manifest/settings.ts';

const root = join(import.meta.dirname, '../..');
const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
  .join('\n');

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}
const [{ steps }]: [{ steps: readonly Step[] }] = contributes.walkthroughs;
const commands = new Set<string>(contributes.commands.map(({ command }: { command: string }) => command));
const views = new Set<string>(contributes.views.drDre.map(({ id }: { id: string }) => id));

/** Of the manifest, or the one with which VS Code shows a view. */
const isCommand = (id: string): boolean => commands.has(id) || views.has(id.replace(/\.focus$/, ''));

/** Whether what a step waits for can happen. */
const canHappen: Readonly<Record<string, (what: string) => boolean>> = {
  onCommand: isCommand,
  onView: (what) => views.has(what),
  onSettingChanged: (what) => settingProperties[what] !== undefined,
  // The key of what a view shows is made of the id of the view.
  onContext: (what) => source.includes(`'setContext', '${what}'`) || views.has(what.replace(/\.situation$/, '')),
};

describe('the walkthrough', () => {
  it('leads from signing in to all that the week needs', () => {
    const ids = ['signIn', 'alerts', 'notifications', 'takePager', 'queue', 'timeline', 'dre'];
    assert.deepEqual(
      steps.map(({ id }) => id),
      ids,
    );
  });

  it('has a picture and a button in each step, which leads to a command that there is', () => {
    for (const { id, description, media } of steps) {
      assert.match(readFileSync(join(root, media.svg), 'utf8'), /^<svg /, id);
      assert.match(media.altText, /\.$/, id);
      const buttons = [...description.matchAll(/\(command:([A-Za-z.]+)\)$/gm)].map(([, command = '']) => command);
      assert.ok(buttons.length > 0, id);
      for (const command of buttons) assert.ok(isCommand(command), `${id}: ${command}`);
    }
  });

  it('ticks a step at what happens, also when that happened before', () => {
    const ofStep = (id: string): readonly string[] => steps.find((step) => step.id === id)?.completionEvents ?? [];
    assert.ok(ofStep('signIn').includes('onContext:drDre.signedIn'));
    assert.ok(ofStep('alerts').includes('onContext:drDre.alerts.acknowledged'));
    for (const { id, completionEvents } of steps) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [, kind = '', what = ''] = /^(\w+):([\w.]+)/.exec(event) ?? [];
        assert.ok(canHappen[kind]?.(what) === true, `${id}: ${event}`);
      }
    }
  });
});
