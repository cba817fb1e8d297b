import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { alertConditions } from '../../../../src/domain/alerts/conditions.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { minute } from '../../../../src/domain/base/time.ts';
import { Drafts } from '../../../../src/engine/disk/drafts.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import type { WriteKind } from '../../../../src/engine/writes/kind.ts';
import { Writes } from '../../../../src/engine/writes/writes.ts';
import { alertsKey } from '../../../../src/feeds/alerts/alerts.ts';
import type { AlertVerb } from '../../../../src/feeds/alerts/verb.ts';
import { alertVerbs } from '../../../../src/feeds/alerts/verbs.ts';
import { writeKinds } from '../../../../src/feeds/writeKinds.ts';
import type { AlertCommandParts } from '../../../../src/ui/alerts/commands.ts';
import { alertRow } from '../../../../src/views/alerts/row.ts';
import { pendingActions, type PendingAction } from '../../../../src/views/kit/pendingActions.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { lateMs, ScriptedOps, waitMs, type Manner } from '../../../support/ui/scriptedOps.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { alertCommands } = await import('../../../../src/ui/alerts/commands.ts');
const { Commands } = await import('../../../../src/ui/kit/commands.ts');
const { argumentsFor } = await import('../../../../src/ui/kit/rowTree.ts');
const { writeCommands } = await import('../../../../src/ui/writes/commands.ts');

const me = { accountId: '1', name: 'Dana', timeZone: undefined };
const noor = { accountId: '3', name: 'Noor' };
const site = 'https://example.atlassian.net';
const tags = ['prod'];
const candidates: readonly Alert[] = [
  alert('a1', { tags }),
  alert('a1', { tags, status: 'acknowledged', owner: me.name, acknowledgedAt: Date.UTC(2026, 7, 26, 13, 47) }),
  alert('a1', { tags, status: 'snoozed', owner: noor.name, snoozedUntil: Date.UTC(2026, 7, 27) }),
];

/** An alert that a verb fits. */
function alertFor({ fits }: AlertVerb): Alert {
  return candidates.find(alertConditions[fits]) ?? assert.fail(`no alert of this test is ${fits}: add one`);
}

/** The commands for one alert, with the service as a test says. */
class Desk {
  readonly clock = new FakeClock();
  readonly ops: ScriptedOps;
  readonly before: Alert;
  readonly #store = new Store<Failure>(rethrow);
  readonly #writes: Writes<Failure>;
  readonly #commands: InstanceType<typeof Commands>;
  readonly kinds: Readonly<Record<string, WriteKind<Alert, unknown, Failure>>>;

  constructor(before: Alert) {
    const { clock } = this;
    const log = memoryLog();
    this.before = before;
    this.ops = new ScriptedOps(clock, before);
    const store = this.#store;
    store.update(alertsKey, { status: 'fresh', asOf: clock.now(), records: [before] });
    let ids = 0;
    const newId = (): string => `w${++ids}`;
    this.#writes = new Writes<Failure>({ store, clock, log, disk: new MemoryDisk(), newId, who: () => me.name });
    const ops = (): Promise<typeof this.ops.client> => Promise.resolve(this.ops.client);
    const kinds = writeKinds(this.#writes, {
      alerts: {
        ops,
        around: () => ({ account: me, people: [noor] }),
        readAgain: () => undefined,
        noted: () => undefined,
      },
      rotations: { ops, readAgain: () => undefined },
    });
    this.kinds = kinds.alerts;
    this.#commands = new Commands(log);
    const parts = {
      clock,
      log,
      store,
      commands: this.#commands,
      writes: this.#writes,
      writeKinds: () => Promise.resolve(kinds),
      drafts: new Drafts({ disk: new MemoryDisk(), clock, log, secrets: () => [] }),
      settings: { current: { team: 'og-1' } },
      clients: { ops },
      feeds: { alerts: { burst: () => undefined } },
      account: { current: me },
      views: { selection: () => [], focusedRow: () => Promise.resolve(undefined), select: () => Promise.resolve() },
    };
    // Only what the commands use.
    const load = alertCommands(parts as unknown as AlertCommandParts);
    this.#commands.addGroup({ names: ['drDre.alerts'], load: () => Promise.resolve(load) });
    this.#commands.addGroup({ names: ['drDre.writes'], load: () => Promise.resolve(writeCommands(parts)) });
  }

  /** The alert as it is shown. */
  get shown(): Alert {
    return this.#store.state(alertsKey).records.get(this.before.id) ?? assert.fail('the alert is gone');
  }

  /** What the row says of what is done to the alert. */
  get text(): string {
    return this.pending()?.text ?? '';
  }

  pending(): PendingAction | undefined {
    return pendingActions(this.#writes.list(alertsKey.name)).get(this.before.id);
  }

  get row(): Row {
    return alertRow(this.shown, { now: this.clock.now(), timeZone: 'UTC' }, site, { pending: this.pending() });
  }

  /** Calls a command for the row of the alert, or from the palette, and lets time pass until it has ended. */
  async run(id: string, from: 'row' | 'palette' = 'row'): Promise<void> {
    await this.ended(this.begin(id, from));
  }

  begin(id: string, from: 'row' | 'palette' = 'row'): Promise<void> {
    return this.#commands.run(id, from === 'row' ? argumentsFor([this.row]) : []);
  }

  async ended(command: Promise<void>): Promise<void> {
    const ended = command.then(() => 'ended');
    const isOver = async (): Promise<boolean> => (await Promise.race([ended, Promise.resolve('runs')])) === 'ended';
    for (let passed = 0; passed < 3 * minute && !(await isOver()); passed += 250) await this.clock.advance(250);
    assert.ok(await isOver(), 'the command has not ended');
  }

  dispose(): void {
    this.#writes.dispose();
  }
}

interface Case {
  readonly key: string;
  readonly verb: AlertVerb;
  /** The call that it sends. */
  readonly call: string;
  /** The service gives a receipt and applies it later. */
  readonly hasReceipt: boolean;
}

/** A verb with what it sends, found out by sending it. */
async function caseOf(key: string, verb: AlertVerb): Promise<Case> {
  const desk = new Desk(alertFor(verb));
  const payload = { text: 'x', tags, accountId: '2', name: 'Eli', escalationId: 'e', until: 1, priority: 'P1' };
  const sent = await desk.kinds[key]?.send({ record: 'a1', payload, at: 0 });
  desk.dispose();
  const [call = assert.fail(`${key} sends nothing`)] = desk.ops.calls;
  return { key, verb, call, hasReceipt: sent?.kind === 'accepted' };
}

const cases = await Promise.all(Object.entries<AlertVerb>(alertVerbs).map(([key, verb]) => caseOf(key, verb)));

describe('every verb of alerts, in each of its ways to go', () => {
  let desk: Desk | undefined;

  beforeEach(() => {
    host.messages.length = 0;
    // A person who agrees, takes the first entry of each list, and writes a word into each field.
    host.press = ({ text, buttons }) => (text.endsWith('?') ? buttons[0] : undefined);
    host.pick = (items, options) => (options?.canPickMany === true ? items.slice(0, 1) : items[0]);
    host.answer = () => 'word';
  });

  afterEach(() => {
    desk?.dispose();
    desk = undefined;
    host.press = () => undefined;
    host.pick = () => undefined;
    host.answer = () => undefined;
  });

  const opened = ({ verb, call }: Case, manner: Manner): Desk => {
    desk = new Desk(alertFor(verb));
    desk.ops.manners.set(call, manner);
    return desk;
  };
  const times = ({ ops }: Desk, { call }: Case): number => ops.calls.filter((each) => each === call).length;
  const idOf = ({ key }: Case): string => `drDre.alerts.${key}`;
  const failedWords = ({ verb: { write } }: Case): string => write.failed ?? `${write.title} failed`;
  /** What the verb that is sent before has done stays. */
  const asBefore = (of: Desk, { verb }: Case): void => {
    if (verb.after === undefined) assert.deepEqual(of.shown, of.before);
  };
  /** Tries again from the row, which the service takes this time. */
  const assertDoneAgain = async (of: Desk, each: Case): Promise<void> => {
    assert.ok(of.row.tokens.includes('troubled'));
    of.ops.manners.clear();
    await of.run('drDre.writes.retry');
    assert.equal(of.text, 'confirmed');
    assert.equal(times(of, each), 2);
  };

  for (const each of cases) {
    const { key, verb, call, hasReceipt } = each;
    const { title, doing, typed } = verb.write;
    const kept = typed === undefined ? '' : ', its text is kept';

    it(`${key} is shown while it is sent, and confirmed by the service`, async () => {
      const of = opened(each, 'appliesLate');
      const running = of.begin(idOf(each));
      while (times(of, each) === 0) await of.clock.advance(100);
      assert.equal(of.text, `${doing}…`);
      await of.clock.advance(lateMs / 2);
      assert.equal(of.text, `${doing}…`);
      if (verb.write.shown !== undefined) assert.notDeepEqual(of.shown, of.before);
      await of.ended(running);
      assert.equal(of.text, 'confirmed');
      assert.equal(times(of, each), 1);
    });

    it(`${key} from the palette is for the alert that is picked`, async () => {
      const of = opened(each, 'applies');
      await of.run(idOf(each), 'palette');
      assert.equal(of.text, 'confirmed');
      assert.equal(times(of, each), 1);
    });

    it(`${key} that is refused at once says so, leaves the alert as before, and can be tried again`, async () => {
      const of = opened(each, 'refuses');
      await of.run(idOf(each));
      assert.ok(of.text.startsWith(`${failedWords(each)}: Jira`), of.text);
      asBefore(of, each);
      const message = host.messages.find(({ severity }) => severity === 'error');
      assert.ok(message?.text.includes(failedWords(each)), message?.text);
      assert.deepEqual(message?.buttons, ['Retry', 'Show Log']);
      await assertDoneAgain(of, each);
    });

    if (hasReceipt) {
      it(`${key} that is refused after it was accepted says so with the reason, and can be tried again`, async () => {
        const of = opened(each, 'refusesLater');
        await of.run(idOf(each));
        assert.ok(of.text.startsWith(failedWords(each)), of.text);
        asBefore(of, each);
        await assertDoneAgain(of, each);
      });

      it(`${key} that is accepted and never applied is not called applied`, async () => {
        const of = opened(each, 'neverApplies');
        await of.run(idOf(each));
        assert.equal(of.text, `${title} not confirmed by the service${kept}`);
        asBefore(of, each);
      });
    }

    it(`${key} that gets no answer has failed when reading shows that it was not applied, and is not called applied`, async () => {
      const of = opened(each, 'answersNothing');
      await of.run(idOf(each));
      const settled = verb.write.shown !== undefined || verb.write.readBack !== undefined;
      const failed = `${failedWords(each)}: Jira Service Management did not answer in time${kept}`;
      assert.equal(of.text, settled ? failed : `${title} not confirmed by the service${kept}`);
      assert.equal(of.pending()?.kept, typed === undefined ? undefined : 'word');
      asBefore(of, each);
    });

    it(`${key} waits when the service asks to slow down, and is sent then`, async () => {
      const of = opened(each, 'asksToWait');
      const running = of.begin(idOf(each));
      while (times(of, each) === 0) await of.clock.advance(100);
      await of.clock.advance(waitMs / 2);
      assert.equal(of.text, `${title} waits for its turn`);
      await of.ended(running);
      assert.equal(of.text, 'confirmed');
      assert.equal(times(of, each), 2);
    });

    it(`${key} sends nothing when the person cancels`, async () => {
      const of = opened(each, 'applies');
      host.press = () => undefined;
      host.pick = () => undefined;
      host.answer = () => '';
      const needsPerson = verb.asks !== 'nothing' || verb.alwaysAsk === true;
      await of.run(idOf(each));
      assert.equal(of.ops.calls.length, needsPerson ? 0 : 1);
    });

    it(`${key} sends nothing to an alert that it does not fit, and says why`, async () => {
      desk = new Desk(alert('a1', { status: 'closed' }));
      await desk.run(idOf(each));
      assert.deepEqual(desk.ops.calls, []);
      assert.deepEqual(
        host.messages.map(({ text }) => text),
        [verb.none],
      );
    });

    if (verb.write.undo !== undefined) {
      it(`${key} can be undone where the service can give back what was`, async () => {
        let undone = 0;
        for (const before of candidates.filter(alertConditions[verb.fits])) {
          const of = new Desk(before);
          await of.run(idOf(each));
          if (of.row.tokens.includes('undoable')) {
            const sent = of.ops.calls.length;
            await of.run('drDre.writes.undo');
            assert.equal(of.ops.calls.length, sent + 1);
            assert.equal(of.text, 'confirmed');
            undone++;
          }
          of.dispose();
        }
        assert.ok(undone > 0, 'no alert of this test can be given back: add one');
      });
    }

    const { after } = verb;
    if (after !== undefined) {
      it(`${key} is not sent when ${after}, which comes before it, does not go through`, async () => {
        const first = cases.find((other) => other.key === after) ?? assert.fail(`there is no verb ${after}`);
        assert.equal(first.verb.asks, 'nothing');
        const of = opened(first, 'refuses');
        await of.run(idOf(each));
        assert.deepEqual(of.ops.calls, [first.call]);
        assert.deepEqual(of.shown, of.before);
        assert.equal(of.pending()?.kept, 'word');
        assert.notEqual(call, first.call);
      });
    }
  }
});
