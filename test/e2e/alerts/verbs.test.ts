import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { openDrDre } from '../../support/vscode/drDre.ts';
import { AlertHands } from '../../support/ui/alertHands.ts';
import { waitFor } from '../../support/waitFor.ts';
import type { Workbench } from '../../support/vscode/workbench.ts';
import { sureButton, verbs, type Held, type Verb } from './verbs.ts';

type Way = 'row' | 'several' | 'keyboard' | 'palette';
const ways: readonly Way[] = ['row', 'several', 'keyboard', 'palette'];
/** Half of the ways meet one kind of failure, half the other; the next verb has it the other way round. */
const mixed: readonly (readonly Way[])[] = [
  ['keyboard', 'row'],
  ['palette', 'several'],
];
/** An alert for each way, two for several at once. */
const cases = ['row', 'several 1', 'several 2', 'keyboard', 'palette'] as const;
const reason = 'Your account plan does not support it';

/** Messages of the cases by the way for which they were raised. */
function byWay([row = '', one = '', two = '', keyboard = '', palette = '']: readonly string[]): Readonly<
  Record<Way, readonly string[]>
> {
  return { row: [row], several: [one, two], keyboard: [keyboard], palette: [palette] };
}

// Every verb from the row, several rows, the palette and the keyboard; as it goes well but late, and in the three ways in
// which it goes wrong. What the row says is held against what the service has.
describe('every verb of alerts in a real VS Code', function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let workbench: Workbench;
  let alerts: AlertHands;
  let raised = 0;
  /** Of each verb the alert to which it was accepted and never done. */
  const neverDone = new Map<Verb, string>();

  before(async function () {
    this.timeout(180_000);
    simulator = await startSimulator();
    workbench = await openDrDre(simulator, {
      dre: 'dre',
      size: { width: 1500, height: 1200 },
    });
    alerts = new AlertHands(workbench, simulator);
    await alerts.open();
  });

  after(async () => {
    await workbench.close();
    await simulator.stop();
  });

  afterEach(async function () {
    simulator.clearFaults();
    simulator.switch('atlassian', 'failActions', '');
    simulator.switch('atlassian', 'writesNeverApply', false);
    simulator.switch('atlassian', 'actionDelayMs', 300);
    if (this.currentTest?.state !== 'failed') return;
    await workbench.screenshot('failed-verb');
    // What is still open would take the keys of the next test.
    for (let key = 0; key < 3; key++) await workbench.press('Escape');
  });

  /** Raises alerts to which a verb can be done, above all others, and waits until the rows are there. */
  async function raise(verb: Verb, ...names: readonly string[]): Promise<readonly string[]> {
    const messages = names.map((name) => `Case ${++raised}: ${verb.title.replace('…', '')}, ${name}`);
    for (const message of messages) {
      simulator.switch('atlassianApi', 'raise', { message, priority: 'P1', alias: message, tags: ['prod', 'old'] });
      if (verb.acknowledged === true) await alerts.ops.acknowledge((await alerts.held(message)).id);
    }
    if (verb.acknowledged === true) {
      for (const message of messages) {
        await waitFor(`${message} to be acknowledged`, async () => (await alerts.held(message)).status !== 'open');
      }
    }
    await workbench.runCommand('Dr. DRE: Refresh');
    await alerts.waitForRows((rows) => messages.every((message) => rows.some((row) => row.includes(message))));
    return messages;
  }

  async function held(message: string): Promise<Held> {
    const [alert, notes, log] = [
      await alerts.held(message),
      await alerts.notesOf(message),
      await alerts.logOf(message),
    ] as const;
    return { alert, notes, log };
  }

  async function isUntouched(verb: Verb, message: string): Promise<void> {
    assert.ok(!verb.done(await held(message)), `the service has done it already: ${message}`);
  }

  async function areDone(verb: Verb, messages: readonly string[]): Promise<void> {
    for (const message of messages) {
      await waitFor(`the service to have it: ${message}`, async () => verb.done(await held(message)));
    }
  }

  /** The rows say so, the service has not done it, and of several those that failed stay selected. */
  async function haveFailed(verb: Verb, messages: readonly string[]): Promise<void> {
    for (const message of messages) {
      await alerts.says(message, verb.failed);
      await isUntouched(verb, message);
    }
    if (messages.length === 1) return;
    await waitFor('just the failed ones to be selected', async () => {
      const selected = await alerts.selected();
      return (
        selected.length === messages.length &&
        messages.every((message) => selected.some((text) => text.includes(message)))
      );
    });
  }

  /** Asks for a verb in one of the four ways, with all its questions. */
  async function ask(verb: Verb, way: Way, messages: readonly string[]): Promise<void> {
    const [first = ''] = messages;
    const row = alerts.row(first);
    switch (way) {
      case 'row':
        await alerts.select();
        if (verb.inline === true) await alerts.inline(first, verb.title);
        else await workbench.contextMenu(row, verb.title);
        break;
      case 'several':
        await alerts.select(...messages.map((message) => alerts.row(message)));
        await workbench.contextMenu(row, verb.title);
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
    const button = sureButton(verb, messages.length);
    if (button !== undefined) {
      if (way === 'keyboard') await workbench.dialogByKeyboard(button);
      else assert.match(await workbench.dialog(button), verb.warns ?? /./);
    }
    await verb.answer(workbench, way === 'keyboard' ? 'keyboard' : 'mouse');
  }

  /** Asks for it where the service takes it and never does it. */
  async function askInVain(verb: Verb, message: string): Promise<void> {
    const request = new RegExp(verb.request);
    const count = (): number =>
      simulator.requests('atlassianApi').filter(({ method, path }) => request.test(`${method} ${path}`)).length;
    const before = count();
    if (verb.synchronous === true) simulator.fault('atlassianApi', { kind: 'outage', match: verb.request, times: 1 });
    else simulator.switch('atlassian', 'writesNeverApply', true);
    await ask(verb, 'row', [message]);
    await waitFor('the request', () => count() > before);
    simulator.switch('atlassian', 'writesNeverApply', false);
    neverDone.set(verb, message);
  }

  async function tidy(): Promise<void> {
    const read = await alerts.ops.listAlerts({ query: '' });
    const waiting = [...neverDone.values()];
    for (const { id, message, status } of read.ok ? read.value.alerts : []) {
      if (/^Case \d/.test(message) && status !== 'closed' && !waiting.includes(message)) await alerts.ops.close(id);
    }
    await workbench.runCommand('Notifications: Clear All Notifications');
  }

  function itSaysSoWhenNeverDone(verb: Verb): void {
    it(`${verb.title} accepted and never done: not confirmed, and as before`, async () => {
      if (!neverDone.has(verb)) {
        const [message = ''] = await raise(verb, 'never done');
        await askInVain(verb, message);
      }
      const message = neverDone.get(verb) ?? '';
      await waitFor(
        'the word of it',
        async () =>
          (await alerts.rows()).some((row) => row.includes(message) && row.includes('not confirmed by the service')),
        { timeoutMs: 60_000 },
      );
      await isUntouched(verb, message);
      neverDone.delete(verb);
    });
  }

  for (const [index, verb] of verbs.entries()) {
    it(`${verb.title} from row, selection, keyboard and palette: sending while the service is late, then confirmed`, async () => {
      const [vain = '', ...messages] = await raise(verb, 'never done', ...cases);
      await askInVain(verb, vain);
      const meant = byWay(messages);
      if (verb.synchronous === true) {
        const slow = { kind: 'slow', match: verb.request, delayMs: 2_500, times: messages.length } as const;
        simulator.fault('atlassianApi', slow);
      }
      const confirmed = alerts.areConfirmed(messages, { orGone: verb.leaves === true });
      confirmed.catch(() => 'told where it is waited for');
      for (const way of ways) {
        // The service does nothing before it was looked at.
        simulator.switch('atlassian', 'actionDelayMs', 3_600_000);
        await ask(verb, way, meant[way]);
        for (const message of meant[way]) await alerts.says(message, verb.doing);
        await isUntouched(verb, meant[way].at(-1) ?? '');
        simulator.switch('atlassian', 'actionDelayMs', 0);
        await areDone(verb, meant[way]);
        // A row that goes takes the focus with it, and the keyboard needs one.
        if (verb.leaves === true) {
          const gone = (rows: readonly string[]): boolean =>
            !rows.some((each) => meant[way].some((message) => each.includes(message)));
          await alerts.waitForRows(gone);
        }
        const others = ways.slice(ways.indexOf(way) + 1).flatMap((later) => meant[later]);
        const rows = await alerts.rows();
        for (const other of others) {
          assert.ok(
            rows.some((each) => each.includes(other) && !each.includes(verb.doing)),
            `${way}: not ${other}`,
          );
        }
      }
      await confirmed;
      await areDone(verb, messages);
    });

    const [atOnce, later] = index % 2 === 0 ? mixed : mixed.toReversed();
    it(`${verb.title} refused at once (${atOnce?.join(', ')}) and later (${later?.join(', ')}): failed, as before, and done when tried again`, async () => {
      const meant = byWay(await raise(verb, ...cases));
      for (const [turn, way] of (atOnce ?? []).entries()) {
        const refused = meant[way];
        simulator.fault('atlassianApi', { kind: 'forbidden', match: verb.request, times: refused.length });
        await ask(verb, way, refused);
        await haveFailed(verb, refused);
        if (turn > 0) continue;
        await workbench.notification('does not permit this', 'Retry');
        await alerts.areConfirmed(refused, { orGone: verb.leaves === true });
        await areDone(verb, refused);
      }

      if (verb.synchronous !== true) simulator.switch('atlassian', 'failActions', reason);
      for (const way of later ?? []) {
        const failing = meant[way];
        if (verb.synchronous === true) {
          simulator.fault('atlassianApi', { kind: 'forbidden', match: verb.request, times: failing.length });
        }
        await ask(verb, way, failing);
        await haveFailed(verb, failing);
        if (verb.synchronous !== true) await alerts.says(failing[0] ?? '', reason);
      }
      simulator.switch('atlassian', 'failActions', '');
      const again = meant[later?.at(-1) ?? 'row'];
      await workbench.contextMenu(alerts.row(again[0] ?? ''), 'Retry Failed Action');
      await alerts.areConfirmed(again, { orGone: verb.leaves === true });
      await areDone(verb, again);
      await tidy();
    });

    const before = verbs[index - 1];
    if (before !== undefined) itSaysSoWhenNeverDone(before);
  }
  for (const last of verbs.slice(-1)) itSaysSoWhenNeverDone(last);
});
