import { passUntil } from '../engine/passUntil.ts';
import assert from 'node:assert/strict';
import { minute } from '../../../src/domain/base/time.ts';
import type { RowToken } from '../../../src/views/kit/row.ts';
import { lateMs, waitMs, type Manner } from './scriptedOps.ts';
import type { VerbDesk } from './verbDesk.ts';
import { host } from './vscode.ts';

type Desk = Pick<
  VerbDesk<{ readonly id: string }>,
  'clock' | 'ops' | 'before' | 'shown' | 'text' | 'pending' | 'rows' | 'run' | 'begin' | 'ended' | 'dispose'
>;

/** A command of a verb, with what is to be expected of it. */
export interface VerbCase {
  /** The last part of the id of its command. */
  readonly name: string;
  readonly id: string;
  /** The call that it sends. */
  readonly call: string;
  /** The token of the row that has it in its menu. */
  readonly fits: RowToken;
  /** What it is called, while it is sent and when it did not go through. */
  readonly title: string;
  readonly doing: string;
  readonly failed: string;
  /** What is kept of what the person answered when it did not go through; undefined: nothing. */
  readonly kept: string | undefined;
  /** The service gives a receipt and applies it later. */
  readonly hasReceipt: boolean;
  /** The record is shown as it will be before the service has applied it. */
  readonly showsAtOnce: boolean;
  /** Reading shows whether it was applied. */
  readonly isReadBack: boolean;
  /** It is sent without a question. */
  readonly asksNothing: boolean;
  /** Another verb is sent before it, and what that one did to the record stays. */
  readonly comesAfter: boolean;
  /** A desk with a record that it fits. */
  open(): Desk;
  /** A desk where it fits no record, and what is said there. It is called at the first row, or else in the palette. */
  readonly nowhere: { open(): Desk; readonly says: string };
}

/** What is written into a field that asks for a record, by what its placeholder names. */
const addresses: Readonly<Record<string, string>> = {
  'DRE-351': 'https://example.atlassian.net/browse/ops-1?focused=1',
  '141234': 'https://dashboard.internetcomputer.org/proposal/141234',
};

/** A person who agrees, takes the first entry of each list, and writes a word into each field, or the address of a record. */
export function beAgreeable(): void {
  host.messages.length = 0;
  host.press = ({ text, detail, buttons }) => (text.endsWith('?') || detail !== '' ? buttons[0] : undefined);
  host.pick = (items, options) => (options?.canPickMany === true ? items.slice(0, 1) : items[0]);
  host.answer = ({ placeholder }) => addresses[placeholder ?? ''] ?? 'word';
}

/** Nobody answers. */
export function beGone(): void {
  host.press = () => undefined;
  host.pick = () => undefined;
  host.answer = () => undefined;
}

/** Declares a test for each way in which a verb can go: from its row and from the palette, applied, refused, unanswered. */
export function testVerb(each: VerbCase): void {
  const { name, id, call, fits, title, doing, failed } = each;
  const kept = each.kept === undefined ? '' : ', text kept';
  let desk: Desk | undefined;

  beforeEach(beAgreeable);

  afterEach(() => {
    desk?.dispose();
    desk = undefined;
    beGone();
  });

  const opened = (manner: Manner): Desk => {
    desk = each.open();
    desk.ops.manners.set(call, manner);
    return desk;
  };
  const times = ({ ops }: Desk): number => ops.calls.filter((method) => method === call).length;
  /** Lets time pass until the call is sent for the first time. */
  const untilSent = async (of: Desk): Promise<void> => {
    const isSent = await passUntil(of.clock, () => times(of) > 0, { mostMs: minute, stepMs: 100 });
    assert.ok(isSent, `${call} was not sent within a minute`);
  };
  const assertAsBefore = (of: Desk): void => {
    if (!each.comesAfter) assert.deepEqual(of.shown, of.before);
  };
  /** Tries again from the row, which the service takes this time. */
  const assertDoneAgain = async (of: Desk): Promise<void> => {
    of.ops.manners.clear();
    await of.run('drDre.writes.retry', 'troubled');
    assert.equal(of.text, 'confirmed');
    assert.equal(times(of), 2);
  };

  it(`${name} is shown while it is sent, and confirmed by the service`, async () => {
    const of = opened('appliesLate');
    const running = of.begin(id, fits);
    await untilSent(of);
    assert.equal(of.text, `${doing}…`);
    await of.clock.advance(lateMs / 2);
    assert.equal(of.text, `${doing}…`);
    if (each.showsAtOnce) assert.notDeepEqual(of.shown, of.before);
    await of.ended(running);
    assert.equal(of.text, 'confirmed');
    assert.equal(times(of), 1);
  });

  it(`${name} from the palette is for the record that is picked`, async () => {
    const of = opened('applies');
    await of.run(id, 'palette');
    assert.equal(of.text, 'confirmed');
    assert.equal(times(of), 1);
  });

  it(`${name} that is refused at once says so, leaves the record as before, and can be tried again`, async () => {
    const of = opened('refuses');
    await of.run(id, fits);
    assert.ok(of.text.startsWith(`${failed}: You don't have permission`), of.text);
    assertAsBefore(of);
    const message = host.messages.find(({ severity }) => severity === 'error');
    assert.ok(message?.text.includes(failed), message?.text);
    assert.deepEqual(message?.buttons, ['Retry', 'Show Log']);
    await assertDoneAgain(of);
  });

  it(`${name} that never leaves this machine has certainly failed, and is sent when it is tried again`, async () => {
    const of = opened('cannotBeReached');
    await of.run(id, fits);
    assert.equal(of.text, `${failed}: Can't reach Jira Service Management${kept}`);
    assertAsBefore(of);
    await assertDoneAgain(of);
  });

  if (each.hasReceipt) {
    it(`${name} that is refused after it was accepted says so with the reason, and can be tried again`, async () => {
      const of = opened('refusesLater');
      await of.run(id, fits);
      assert.ok(of.text.startsWith(failed), of.text);
      assertAsBefore(of);
      await assertDoneAgain(of);
    });

    it(`${name} that is accepted and never applied is not called applied`, async () => {
      const of = opened('neverApplies');
      await of.run(id, fits);
      assert.equal(of.text, `${title} unconfirmed${kept}`);
      assertAsBefore(of);
    });
  }

  it(`${name} that gets no answer has failed when reading shows that it was not applied, and is not called applied`, async () => {
    const of = opened('answersNothing');
    await of.run(id, fits);
    const unanswered = `${failed}: No answer from Jira Service Management in time${kept}`;
    assert.equal(of.text, each.isReadBack ? unanswered : `${title} unconfirmed${kept}`);
    assert.equal(of.pending()?.kept, each.kept);
    assertAsBefore(of);
  });

  it(`${name} waits when the service asks to slow down, and is sent then`, async () => {
    const of = opened('asksToWait');
    const running = of.begin(id, fits);
    await untilSent(of);
    await of.clock.advance(waitMs / 2);
    assert.equal(of.text, `${title} waiting`);
    await of.ended(running);
    assert.equal(of.text, 'confirmed');
    assert.equal(times(of), 2);
  });

  it(`${name} sends nothing when the person cancels`, async () => {
    const of = opened('applies');
    beGone();
    host.answer = () => '';
    await of.run(id, fits);
    assert.equal(of.ops.calls.length, each.asksNothing ? 1 : 0);
  });

  it(`${name} sends nothing where it fits no record, and says why`, async () => {
    desk = each.nowhere.open();
    const [row = 'palette'] = desk.rows;
    await desk.run(id, row);
    assert.deepEqual(desk.ops.calls, []);
    assert.deepEqual(
      host.messages.map(({ text }) => text),
      [each.nowhere.says],
    );
  });
}
