import assert from 'node:assert/strict';
import type { Simulator } from '../../simulator/simulator.ts';
import { verbs, type Held, type Verb } from '../../support/vscode/alertVerbs.ts';
import { useAlerts, type WorkbenchAlerts } from '../../support/ui/workbenchAlerts.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import type { Workbench } from '../../support/vscode/workbench.ts';

// Every verb once: from the row, several rows, the palette or the keyboard. What a person sees of those that fail is in
// alerts.test.ts; each verb in each of its failing ways in test/unit/ui/alerts/verbs.test.ts.
describe('every verb of alerts in a real VS Code', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let workbench: Workbench;
  let alerts: WorkbenchAlerts;
  let raised = 0;

  useAlerts((opened) => ({ simulator, workbench, alerts } = opened));

  afterEach(() => simulator.clearFaults());

  /** Raises alerts to which a verb can be done, above all others, and waits until the rows are there. */
  async function raise(verb: Verb, count: number): Promise<readonly string[]> {
    const messages = Array.from({ length: count }, () => `Case ${++raised}: ${verb.title.replace('…', '')}`);
    for (const message of messages) {
      simulator.switch('atlassianApi', 'raise', { message, priority: 'P1', alias: message, tags: ['prod', 'old'] });
      if (verb.acknowledged !== true) continue;
      await alerts.ops.acknowledge((await alerts.held(message)).id);
      await waitFor(`${message} to be acknowledged`, async () => (await alerts.held(message)).status !== 'open');
    }
    await workbench.runCommand('Dr. DRE: Refresh');
    await alerts.waitForRows((rows) =>
      messages.every((message) =>
        rows.some((row) => row.includes(message) && (verb.acknowledged !== true || row.includes('acknowledged'))),
      ),
    );
    return messages;
  }

  async function held(message: string): Promise<Held> {
    return {
      alert: await alerts.held(message),
      notes: await alerts.notesOf(message),
      log: await alerts.logOf(message),
    };
  }

  async function areDone(verb: Verb, messages: readonly string[]): Promise<void> {
    for (const message of messages) {
      await waitFor(`the service to have it: ${message}`, async () => verb.done(await held(message), Date.now()));
    }
  }

  /** Asks for a verb in one of the four ways, with all its questions. */
  async function ask(verb: Verb, way: Verb['way'], messages: readonly string[]): Promise<void> {
    const [first = ''] = messages;
    switch (way) {
      case 'row':
        await alerts.select();
        if (verb.inline === true) await alerts.inline(first, verb.title);
        else await workbench.contextMenu(alerts.row(first), verb.title);
        break;
      case 'several':
        await alerts.select(...messages.map((message) => alerts.row(message)));
        await workbench.contextMenu(alerts.row(first), verb.title);
        break;
      case 'palette':
        await alerts.select();
        await workbench.runCommand(`Dr. DRE: ${verb.title}`);
        await workbench.quickPick.title();
        await workbench.quickPick.tick(`P1 ${first}`, 'mouse');
        await workbench.quickPick.accept();
        break;
      case 'keyboard':
        await alerts.arrowTo(first);
        if (verb.by === 'menu') await workbench.menuByKeyboard(verb.title);
        if (verb.by === 'palette') {
          await workbench.typeCommand(`Dr. DRE: ${verb.title}`);
          await workbench.quickPick.title();
          await workbench.quickPick.accept();
        }
        if (verb.key !== undefined) await workbench.press(verb.key);
        break;
    }
    const button = verb.button(messages.length);
    if (button !== undefined) {
      if (way === 'keyboard') await workbench.dialogByKeyboard(button);
      else assert.ok((await workbench.dialog(button)).includes(verb.warning ?? ''));
    }
    await answer(verb, way === 'keyboard');
  }

  async function answer({ answer: asked }: Verb, byKeyboard: boolean): Promise<void> {
    if (asked === undefined) return;
    const { quickPick } = workbench;
    await quickPick.title();
    switch (asked.kind) {
      case 'text':
        await quickPick.type(asked.text);
        return quickPick.accept();
      case 'entry':
        if (!byKeyboard) return quickPick.choose(asked.label);
        await quickPick.type(asked.label);
        await quickPick.only(asked.label);
        return quickPick.accept();
      case 'ticks':
        await quickPick.tick(asked.label, byKeyboard ? 'keyboard' : 'mouse');
        return quickPick.accept();
    }
  }

  for (const verb of verbs) {
    const { way } = verb;
    it(`${verb.title}: ${way}`, async () => {
      const messages = await raise(verb, way === 'several' ? 2 : 1);
      await ask(verb, way, messages);
      await areDone(verb, messages);
      await alerts.waitForRows((rows) =>
        messages.every((message) => {
          const row = rows.find((each) => each.includes(message));
          return row === undefined ? verb.leaves === true : !verb.doing.some((words) => row.includes(words));
        }),
      );
    });
  }
});
