import assert from 'node:assert/strict';
import { secretForms } from '../../../src/domain/base/secretForms.ts';
import { describeCause, redacting, type Log } from '../../../src/engine/base/log.ts';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import type { FaultKind } from '../../simulator/service.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { tokens } from '../../simulator/world.ts';
import { viewNames as views, words } from '../../support/vscode/headless.ts';
import { filesOf, openHouse, secretsOf, type House } from '../../support/feeds/house.ts';

const second = 1_000;

/** Every line with its cause, as the channel of VS Code would have it at debug level. */
function wholeLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (component: string, message: string, cause?: unknown): void =>
      void lines.push(`${level} ${component}: ${message}${cause === undefined ? '' : ` ${describeCause(cause)}`}`);
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** How a service repeats what it was sent: a proxy's error page, a debug answer, a header. */
const echoes: readonly ((said: string) => Response | Error)[] = [
  (said) => new Response(`Bad request: ${said}`, { status: 400 }),
  (said) => Response.json({ message: `cannot authorize ${said}` }, { status: 401 }),
  (said) => Response.json({ errorMessages: [said], errors: { authorization: said } }, { status: 403 }),
  (said) => new Response(`<html>${said}</html>`, { status: 500 }),
  (said) => new Response(`{"values": "${said}"`, { status: 200 }),
  (said) => new Response(said, { status: 429, headers: { 'retry-after': '1' } }),
  (said) => Response.json({ message: encodeURIComponent(said) }, { status: 400 }),
  (said) => Response.json({ message: Buffer.from(said).toString('base64') }, { status: 400 }),
  (said) => new Error(`connect failed for ${said}`, { cause: new Error(said) }),
];

/** A secret as it is, percent-encoded, and as it is found in what was encoded in base64 from its first letter. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret)
    .toString('base64')
    .slice(0, Math.floor((secret.length * 8) / 6)),
];

describe('what must not be written down', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  before(async () => (simulator = await startSimulator()));
  after(() => simulator.stop());

  const basicOf = (token: string): string =>
    Buffer.from(`${simulator.env['DR_DRE_ATLASSIAN_EMAIL']}:${token}`).toString('base64');

  function givesAway(): readonly string[] {
    return [
      ...secretsOf(simulator),
      basicOf(tokens.atlassian.classic),
      basicOf(tokens.atlassian.scoped),
      tokens.atlassian.scoped,
      'typed@example.com',
    ];
  }

  function assertClean(where: string, text: string): void {
    for (const secret of givesAway().flatMap(formsOf)) {
      const at = text.indexOf(secret);
      assert.ok(at < 0, `${where}: …${text.slice(Math.max(0, at - 200), at + 80)}…`);
    }
  }

  it('is in no line of the log, no file and no failure, whatever the services answer', async () => {
    const log = wholeLog();
    let echo: ((said: string) => Response | Error) | undefined;
    const echoing: typeof fetch = async (input, init) => {
      if (echo === undefined) return fetch(input, init);
      const headers = new Headers(init?.headers ?? {});
      const sent = headers.get('authorization') ?? 'nothing';
      const plain = Buffer.from(sent.replace(/^Basic /, ''), 'base64').toString();
      const answer = echo(`${sent} ${sent.split(' ')[1] ?? ''} ${plain} ${plain.split(':').join(' ')}`);
      if (answer instanceof Error) throw answer;
      return answer;
    };
    // As in the extension: it knows the tokens, also as they are sent; e-mail addresses are recognised by their form.
    const encoded = [tokens.atlassian.classic, tokens.atlassian.scoped].map(basicOf);
    const known = (): readonly string[] =>
      [tokens.atlassian.classic, tokens.atlassian.scoped, tokens.github, ...encoded].flatMap(secretForms);
    const clean = redacting(log, known);
    const house: House = await openHouse(simulator, undefined, {
      fetch: echoing,
      log: { ...clean, lines: log.lines },
    });
    house.feeds.attend(() => 'active');
    await house.until('the alerts', () => house.store.state(alertsKey).status === 'fresh');
    await house.until('the account', () => house.account.current !== undefined);
    const alert = [...house.store.state(alertsKey).records.keys()][0] ?? '';
    const faults: readonly (FaultKind | (typeof echoes)[number])[] = [...echoes, 'unauthorized', 'garbage', 'outage'];
    for (const fault of faults) {
      if (typeof fault === 'string') {
        for (const service of ['atlassian', 'github'] as const) simulator.fault(service, { kind: fault });
      } else echo = fault;
      house.clients.reset();
      await house.feeds.refresh();
      for (const token of [tokens.atlassian.classic, tokens.atlassian.scoped]) {
        const report = await (
          await house.clients.connectWith({ email: secretsOf(simulator)[2] ?? '', token })
        ).checkSignIn();
        for (const part of [report.jira, report.ops]) if (!part.ok) clean.warn('signIn', 'refused', part.failure);
      }
      let ended = false;
      void house.writes.run(house.kinds.alerts.acknowledge, alert, null).then(() => (ended = true));
      await house.until('the end of the write', () => ended, 2 * second);
      await house.pass(2 * second);
      for (const [file, text] of filesOf(house.disks)) assertClean(file, text);
      for (const view of views) assertClean(view, words(house.view(view)));
      for (const { state } of house.writes.list()) {
        if ('failure' in state) assertClean('a failure', JSON.stringify(state.failure));
      }
      simulator.clearFaults();
      echo = undefined;
    }
    await house.journal.append({
      at: house.clock.now(),
      what: 'noted',
      title: `asked typed@example.com about ${tokens.github}`,
      detail: `Basic ${givesAway()[3] ?? ''}`,
    });
    await house.pass(second);
    assert.ok(log.lines.length > 100);
    assertClean('the log', log.lines.join('\n'));
    for (const [file, text] of filesOf(house.disks)) assertClean(file, text);
    assert.ok([...filesOf(house.disks).keys()].some((file) => file.startsWith('journal/')));
    house.dispose();
  });
});
