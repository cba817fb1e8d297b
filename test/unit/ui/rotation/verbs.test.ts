import assert from 'node:assert/strict';
import { ok } from '../../../../src/domain/base/result.ts';
import { day } from '../../../../src/domain/base/time.ts';
import type { Override, Rotation } from '../../../../src/domain/rotation/rotation.ts';
import { rotationsKey } from '../../../../src/feeds/rotation/keys.ts';
import { rotationVerbs, type OverrideData, type RotationVerb } from '../../../../src/feeds/rotation/verbs.ts';
import { weekView } from '../../../../src/views/rotation/view.ts';
import { account, at, dana, eli, fay, rotation, shift } from '../../../support/feeds/rotationBuilder.ts';
import { failing, listed, type Reads } from '../../../support/ui/scriptedOps.ts';
import { VerbDesk } from '../../../support/ui/verbDesk.ts';
import { beAgreeable, beGone, testVerb, type VerbCase } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

const { rotationCommands } = await import('../../../../src/ui/rotation/commands.ts');

const standIn = { start: at('2026-08-27T08:00Z'), end: at('2026-08-27T10:00Z') };
/** Eli has it this week, Dana next week, and Fay stands in for two hours. */
const schedule = rotation({
  current: [eli],
  until: standIn.start,
  shifts: [
    shift('2026-08-24T07:00Z', '2026-08-27T08:00Z', [eli]),
    shift('2026-08-27T08:00Z', '2026-08-27T10:00Z', [fay], 'override'),
    shift('2026-08-27T10:00Z', '2026-08-31T07:00Z', [eli]),
    shift('2026-08-31T07:00Z', '2026-09-07T07:00Z', [dana]),
    shift('2026-09-07T07:00Z', '2026-09-14T07:00Z', [eli]),
  ],
});

type Sent = Pick<OverrideData, 'accountId' | 'start' | 'end'>;

/** The commands for the schedule, and the overrides that the service holds. */
class RotationDesk extends VerbDesk<Rotation> {
  readonly #overrides: readonly Override[];

  constructor(records: readonly Rotation[], overrides: readonly Override[], reads: Reads = {}) {
    const held = [...overrides];
    super({
      feed: rotationsKey,
      records,
      me: account,
      people: [],
      rows: (state, now, pending) =>
        weekView(state, account, { now, timeZone: 'UTC' }, 'https://example.atlassian.net', pending).rows,
      noun: 'drDre.rotation',
      commands: rotationCommands,
      reads: {
        listOverrides: () => listed(...held),
        scheduleMembers: () => ok([dana, eli, fay]),
        ...reads,
      },
      applied: (method, [, what]) => {
        if (method === 'createOverride') held.push(overrideOf(what as Sent));
        else held.splice(0, held.length, ...held.filter(({ alias }) => alias !== what));
      },
    });
    this.#overrides = held;
  }

  /** The overrides that the service holds: who, from and to. */
  get held(): readonly unknown[] {
    return this.#overrides.map(({ person, start, end }) => ({ person, start, end }));
  }
}

function overrideOf({ accountId, start, end }: Sent): Override {
  const person = [dana, eli, fay].find((each) => each.accountId === accountId);
  return { alias: 'new', person, start, end, rotationIds: [] };
}

const there: Override = { alias: 'o1', person: fay, ...standIn, rotationIds: [] };
const open = (reads: Reads = {}): RotationDesk => new RotationDesk([schedule], [there], reads);

/** What each command sends when a person takes the first entry of each list, and what is said where there is none. */
const expected: Readonly<Record<string, { readonly sends: string; readonly none: string }>> = {
  takePager: {
    sends: 'Dana Oncall, 2026-08-26 13:50 UTC to 2026-08-26 14:50 UTC',
    none: 'No schedule is known now: see the Week view for the reason.',
  },
  handOver: {
    sends: 'Eli, 2026-08-31 07:00 UTC to 2026-09-07 07:00 UTC',
    none: 'No schedule is known now: see the Week view for the reason.',
  },
  cancelOverride: {
    sends: 'Fay, 2026-08-27 08:00 UTC to 2026-08-27 10:00 UTC',
    none: 'There is no override now, and none to come.',
  },
  showOverrides: {
    sends: 'Fay, 2026-08-27 08:00 UTC to 2026-08-27 10:00 UTC',
    none: 'There is no override now, and none to come.',
  },
};

const cases = Object.entries<RotationVerb<OverrideData>>(rotationVerbs).flatMap(([call, verb]) =>
  Object.entries(verb.commands).map(([name, { fits, asks }]): VerbCase => {
    const { sends, none } = expected[name] ?? assert.fail(`say here what ${name} sends`);
    const { title, doing } = verb;
    const failed = `Couldn't ${title}`;
    return {
      name,
      id: `drDre.rotation.${name}`,
      call,
      fits,
      title,
      doing,
      failed,
      kept: sends,
      hasReceipt: false,
      // Who is on call is shown when the service says so.
      showsAtOnce: false,
      isReadBack: true,
      asksNothing: false,
      comesAfter: false,
      open: () => open(),
      nowhere: { open: () => new RotationDesk(asks === 'override' ? [schedule] : [], []), says: none },
    };
  }),
);

describe('every verb of schedules, in each of its ways to go', () => {
  let desk: RotationDesk | undefined;

  beforeEach(beAgreeable);

  afterEach(() => {
    desk?.dispose();
    desk = undefined;
    beGone();
  });

  for (const each of cases) {
    const { name, id, call, fits } = each;
    testVerb(each);

    it(`${name} is applied once, and undone from the row`, async () => {
      const of = (desk = open());
      const before = of.held;
      await of.run(id, fits);
      assert.deepEqual(of.ops.calls, [call]);
      assert.notDeepEqual(of.held, before);
      await of.run('drDre.writes.undo', 'undoable');
      assert.equal(of.text, 'confirmed');
      assert.deepEqual(of.held, before);
    });

    it(`${name} says so when the overrides cannot be read`, async () => {
      const of = (desk = open({ listOverrides: () => failing('server') }));
      await of.run(id, fits);
      const dialog = host.messages.find(({ detail }) => detail !== '');
      if (call === 'createOverride') assert.match(dialog?.detail ?? '', /Check first:\n.*overrides/);
      else {
        assert.match(host.messages[0]?.text ?? '', /^Can't read the overrides of DRE Ops Rotation: /);
        assert.deepEqual(of.ops.calls, []);
      }
    });
  }

  it('handOver offers the people of the timeline when those of the schedule cannot be read', async () => {
    const of = (desk = open({ scheduleMembers: () => failing('forbidden') }));
    const offered: string[] = [];
    host.pick = (items, options) => {
      if (options?.placeHolder?.endsWith('Select a person of the timeline') === true) {
        offered.push(...items.map(({ label }) => label));
      }
      return items[0];
    };
    await of.run('drDre.rotation.handOver', 'handable');
    assert.deepEqual(offered, ['Eli', 'Fay']);
    assert.deepEqual(of.ops.calls, ['createOverride']);
  });

  it('takePager is not offered to who holds it, and says so to who asks for it all the same', async () => {
    const mine = rotation({ current: [dana], shifts: [shift('2026-08-26T09:00Z', '2026-08-28T18:00Z', [dana])] });
    const of = (desk = new RotationDesk([mine], []));
    assert.ok(of.offers('rotation') && !of.offers('takeable'));
    await of.run('drDre.rotation.takePager', 'rotation');
    await of.run('drDre.rotation.takePager', 'palette');
    const said = `You are on call for ${mine.name} already.`;
    assert.deepEqual(
      host.messages.map(({ text }) => text),
      [said, said],
    );
    assert.deepEqual(of.ops.calls, []);
  });

  it('handOver sends nothing when its time has passed while the dialog was open', async () => {
    const of = (desk = open());
    host.pick = (items) => items.find(({ label }) => label === 'My next shift') ?? items[0];
    // The dialog is open for six days.
    host.press = async ({ detail, buttons: [yes] }) => {
      if (detail !== '') await of.clock.advance(6 * day);
      return yes;
    };
    await of.run('drDre.rotation.handOver', 'handable');
    assert.deepEqual(of.ops.calls, []);
    assert.match(host.messages.at(-1)?.text ?? '', /^Nothing was sent\. /);
  });
});
