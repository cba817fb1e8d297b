import assert from 'node:assert/strict';
import type { Release } from '../../../../../src/domain/releases/release.ts';
import type { Links } from '../../../../../src/domain/links/join.ts';
import type { Mark } from '../../../../../src/domain/releases/timeline/marks.ts';
import { isHostMessage } from '../../../../../src/domain/releases/timeline/hostMessages.ts';
import { marksOf, type MarkSources } from '../../../../../src/ui/releases/timeline/marks.ts';
import { alert, proposal } from '../../../../support/feeds/linkRecords.ts';
import { guestOs, hostOs, principal, revision, wednesday } from '../../../../support/feeds/rolloutBuilder.ts';
import { at, dana, eli, ops, rotation, shift } from '../../../../support/feeds/rotationBuilder.ts';

const release: Release = {
  name: 'rc--2026-08-20_03-30',
  versions: [{ name: 'base', commit: revision, isSecurityFix: false, published: undefined }],
  ignoredProposals: [],
};

/** Links of which each place has these alerts, and the rollout these proposals. */
function links(over: Partial<Links>): Links {
  const none: Pick<Links, 'alertsAt' | 'openProposal'> = { alertsAt: () => [], openProposal: () => undefined };
  return { ...none, ...over } as Links;
}

function marks(over: Partial<MarkSources>, rollout = guestOs()): readonly Mark[] {
  return marksOf(rollout, { releases: [], rotations: [], links: undefined, now: wednesday, ...over });
}

describe('the marks on the axis of a rollout', () => {
  it('are when its release was cut and when its elections are due, for the subnets that get it', () => {
    const [cut, election] = marks({ releases: [release] });
    assert.equal(cut?.at, Date.parse('2026-08-20T03:30:00Z'));
    assert.equal(cut.ofAll, true);
    assert.ok(cut.targets.includes(principal('opn46')));
    assert.equal(election?.at, Date.parse('2026-08-21T12:00:00Z'));
    assert.equal(election.wholeDay, true);
    assert.ok(!cut.targets.includes(principal('yinp6')), 'it gets another version');
  });

  it('are those of other releases too, which are not about it', () => {
    const other = { ...release, name: 'rc--2026-08-27_03-30', versions: [] };
    const [cut] = marks({ releases: [other, { ...other, name: 'hotfix' }] });
    assert.deepEqual([cut?.text, cut?.ofAll, cut?.targets], ['rc--2026-08-27_03-30 cut', false, []]);
  });

  it('are the alerts on its subnets, each once', () => {
    const one = alert('a1', { message: 'Subnet stalled', priority: 'P1', createdAt: wednesday - 60_000 });
    const places = [principal('opn46'), principal('lspz2')];
    const [mark, ...others] = marks({ links: links({ alertsAt: ({ id }) => (places.includes(id) ? [one] : []) }) });
    assert.deepEqual(others, []);
    assert.deepEqual(mark?.targets, places);
    assert.deepEqual(
      [mark.text, mark.urgent, mark.at, mark.opens],
      ['P1, open: Subnet stalled', true, wednesday - 60_000, { kind: 'alert', id: 'a1' }],
    );
  });

  it('are the deadlines of its proposals, for the subnets that wait for them', () => {
    const deadline = wednesday + 3_600_000;
    const election = proposal(7n, { title: 'Elect', deadline });
    const deploy = proposal(8n, { title: 'Deploy', deadline });
    const of = guestOs();
    const waiting = {
      ...of,
      batches: of.batches.map((batch) => ({
        ...batch,
        targets: batch.targets.map((one) =>
          one.id === principal('o3ow2') ? { ...one, state: 'waiting_for_election' as const } : one,
        ),
      })),
    };
    const found = marks({ links: links({ openProposal: (kind) => (kind === 'elects' ? election : deploy) }) }, waiting);
    assert.deepEqual(
      found.map(({ text, targets, ofAll }) => [text, targets, ofAll]),
      [
        ['Voting on proposal 7 ends: Elect', [], true],
        ['Voting on proposal 8 ends: Deploy', [principal('o3ow2')], false],
      ],
    );
  });

  it('are the times when somebody else goes on call; a night between two turns is none', () => {
    const days = rotation({
      name: 'DRE Alerts',
      shifts: [
        shift('2026-08-26T07:00Z', '2026-08-26T15:00Z', [dana]),
        shift('2026-08-27T07:00Z', '2026-08-27T15:00Z', [dana]),
        shift('2026-08-28T07:00Z', '2026-08-28T15:00Z', [eli]),
      ],
    });
    assert.deepEqual(
      marks({ rotations: [days] }).map(({ at: when, text, during }) => [when, text, during]),
      [
        [
          at('2026-08-26T07:00Z'),
          'DRE Alerts: Dana Oncall',
          { start: at('2026-08-26T07:00Z'), end: at('2026-08-27T15:00Z') },
        ],
        [at('2026-08-28T07:00Z'), 'DRE Alerts: Eli', { start: at('2026-08-28T07:00Z'), end: at('2026-08-28T15:00Z') }],
      ],
    );
  });

  it('are the changes of the past, too, as far as the schedule has them', () => {
    const past = [shift('2026-08-17T07:00Z', '2026-08-24T07:00Z', [eli])];
    const found = marks({ rotations: [{ ...ops, past }] }).map(({ at: when, text }) => [when, text]);
    assert.deepEqual(found[0], [at('2026-08-17T07:00Z'), `${ops.name}: Eli`]);
    assert.deepEqual(found.slice(1), marks({ rotations: [ops] }).map(({ at: when, text }) => [when, text])); // prettier-ignore
  });

  it('are no more than the page takes, the nearest ones, with texts that it takes', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      alert(`a${index}`, { message: 'x'.repeat(9_000), createdAt: wednesday - index * 60_000 }),
    );
    const found = marks({ links: links({ alertsAt: () => many }), rotations: [ops] });
    assert.equal(found.length, 200);
    assert.ok(isHostMessage({ type: 'marks', rollout: 'kind/week', marks: found }));
    assert.ok(found.every((mark) => mark.at > wednesday - 300 * 60_000));
  });

  it('are none of a rollout of nodes that are not named', () => {
    assert.deepEqual(marks({ links: links({ alertsAt: () => [alert('a1')] }) }, hostOs()), []);
  });
});
