import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { alertConditions } from '../../../../src/domain/alerts/conditions.ts';
import { ok } from '../../../../src/domain/base/result.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { WriteKind } from '../../../../src/engine/writes/kind.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import type { AlertVerb } from '../../../../src/feeds/alerts/verb.ts';
import { alertVerbs } from '../../../../src/feeds/alerts/verbs.ts';
import { alertRow } from '../../../../src/views/alerts/row.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { listed } from '../../../support/ui/scriptedOps.ts';
import { VerbDesk } from '../../../support/ui/verbDesk.ts';
import { beAgreeable, beGone, testVerb, type VerbCase } from '../../../support/ui/verbMatrix.ts';

const { alertCommands } = await import('../../../../src/ui/alerts/commands.ts');

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

/** The commands for one alert. */
function openDesk(before: Alert): VerbDesk<Alert> {
  return new VerbDesk<Alert>({
    feed: alertsKey,
    records: [before],
    me,
    people: [noor],
    rows: ({ records }, now, pending) =>
      [...records.values()].map((each) =>
        alertRow(each, { now, timeZone: 'UTC' }, site, { pending: pending.get(each.id) }),
      ),
    noun: 'drDre.alerts',
    commands: alertCommands,
    reads: {
      getAlert: () => ok(before),
      listNotes: () => listed(),
      listEscalations: () => listed({ id: 'e1', name: 'The escalation' }),
      scheduleMembers: () => ok([{ accountId: '2', name: 'Eli' }]),
    },
  });
}

interface AlertCase extends VerbCase {
  readonly verb: AlertVerb;
}

/** A verb with what it sends, found out by sending it. */
async function caseOf(key: string, verb: AlertVerb): Promise<AlertCase> {
  const desk = openDesk(alertFor(verb));
  const kinds: Readonly<Record<string, WriteKind<Alert, unknown, Failure>>> = desk.kinds.alerts;
  const payload = { text: 'x', tags, accountId: '2', name: 'Eli', escalationId: 'e', until: 1, priority: 'P1' };
  const sent = await kinds[key]?.send({ record: 'a1', payload, at: 0 });
  desk.dispose();
  const [call = assert.fail(`${key} sends nothing`)] = desk.ops.calls;
  const { write } = verb;
  const { title, doing, typed } = write;
  const failed = `Couldn't ${title}`;
  return {
    name: key,
    verb,
    id: `drDre.alerts.${key}`,
    call,
    fits: verb.fits,
    title,
    doing,
    failed,
    kept: typed === undefined ? undefined : 'word',
    hasReceipt: sent?.kind === 'accepted',
    showsAtOnce: write.shown !== undefined,
    isReadBack: write.shown !== undefined || write.readBack !== undefined,
    asksNothing: verb.asks === 'nothing' && verb.alwaysAsk !== true,
    comesAfter: verb.after !== undefined,
    open: () => openDesk(alertFor(verb)),
    nowhere: { open: () => openDesk(alert('a1', { status: 'closed' })), says: verb.none },
  };
}

const cases = await Promise.all(Object.entries<AlertVerb>(alertVerbs).map(([key, verb]) => caseOf(key, verb)));

describe('every verb of alerts, in each of its ways to go', () => {
  beforeEach(beAgreeable);
  afterEach(beGone);

  for (const each of cases) {
    const { name, verb, id, call, fits } = each;
    testVerb(each);

    if (verb.write.undo !== undefined) {
      it(`${name} can be undone where the service can give back what was`, async () => {
        let undone = 0;
        for (const before of candidates.filter(alertConditions[verb.fits])) {
          const of = openDesk(before);
          await of.run(id, fits);
          if (of.offers('undoable')) {
            const sent = of.ops.calls.length;
            await of.run('drDre.writes.undo', 'undoable');
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
      it(`${name} is not sent when ${after}, which comes before it, does not go through`, async () => {
        const first = cases.find((other) => other.name === after) ?? assert.fail(`there is no verb ${after}`);
        assert.equal(first.verb.asks, 'nothing');
        const of = openDesk(alertFor(first.verb));
        of.ops.manners.set(first.call, 'refuses');
        await of.run(id, fits);
        assert.deepEqual(of.ops.calls, [first.call]);
        assert.deepEqual(of.shown, of.before);
        assert.equal(of.pending()?.kept, 'word');
        assert.notEqual(call, first.call);
        of.dispose();
      });
    }
  }
});
