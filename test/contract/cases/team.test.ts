import assert from 'node:assert/strict';
import { week as weekMs } from '../../../src/domain/base/time.ts';
import type { Account } from '../../../src/domain/base/account.ts';
import { caseDesk, type CaseAnswer, type CaseDesk, type CaseRequest } from '../../support/feeds/caseDesk.ts';
import { renderRows } from '../../support/views/renderRows.ts';

const at = Date.parse('2026-08-26T13:50:00Z');
const dana = '712020:11111111-0000-4000-8000-000000000000';
const eli = '712020:22222222-0000-4000-8000-000000000000';
const fay = '712020:33333333-0000-4000-8000-000000000000';
const team = '153c98d1-0000-4000-8000-000000000000';
const names: Readonly<Record<string, string>> = { [dana]: 'Dana Oncall', [eli]: 'Eli Second', [fay]: 'Fay Third' };
const account: Account = { accountId: dana, name: 'Dana Oncall', timeZone: 'UTC' };

type Period = Readonly<Record<string, unknown>>;

/** One schedule whose rotations have these periods. */
function schedule(rotations: readonly (readonly Period[])[], onCall: unknown) {
  return ({ url }: CaseRequest): CaseAnswer | undefined => {
    const { pathname } = url;
    if (pathname.endsWith('/v1/schedules')) {
      const timeRestriction = null;
      return {
        body: {
          values: [
            { id: 's1', name: url.searchParams.get('query'), timezone: 'UTC', rotations: [{ timeRestriction }] },
          ],
        },
      };
    }
    if (pathname.endsWith('/on-calls')) return { body: onCall };
    if (pathname.endsWith('/timeline')) {
      return { body: { finalTimeline: { rotations: rotations.map((periods) => ({ periods })) } } };
    }
    if (pathname.endsWith('/v1/teams')) {
      return { body: { platformTeams: [{ teamId: `og-${team}`, teamName: 'Node team' }] } };
    }
    if (pathname.endsWith('/user/bulk')) {
      const values = url.searchParams
        .getAll('accountId')
        .map((accountId) => ({ accountId, displayName: names[accountId] }));
      return { body: { values } };
    }
    return undefined;
  };
}

const user = (id: string): object => ({ responder: { id, type: 'user' } });
const period = (startDate: string, endDate: string, more: object): Period => ({
  startDate,
  endDate,
  type: 'base',
  ...more,
});

describe('who is on call, by what the service sends', () => {
  let desk: CaseDesk | undefined;
  afterEach(() => desk?.stop());

  async function week(rotations: readonly (readonly Period[])[], onCall: unknown, nowAt = at): Promise<string> {
    desk = await caseDesk(schedule(rotations, onCall), { at, account: () => account });
    await desk.feeds.rotations.refresh();
    desk.clock.jump(nowAt - at);
    return renderRows(desk.view('week').rows);
  }

  const withTeam = (holder: object): readonly (readonly Period[])[] => [
    [
      period('2026-08-24T07:00:00Z', '2026-08-31T07:00:00Z', user(dana)),
      period('2026-08-31T07:00:00Z', '2026-09-07T07:00:00Z', holder),
      period('2026-09-07T07:00:00Z', '2026-10-19T07:00:00Z', user(eli)),
    ],
  ];

  for (const [what, holder, shown] of [
    ['a team', { responder: { id: team, type: 'team' } }, 'team Node team'],
    ['a team without its people', { responder: { id: team, type: 'team' }, flattenedResponders: [] }, 'team Node team'],
    ['an escalation', { responder: { id: '69291859-ed73', type: 'escalation' } }, 'escalation 69291859'],
    ['an empty list of people beside a user', { ...user(fay), flattenedResponders: [] }, 'Fay'],
    [
      'people of a team',
      { responder: { id: team, type: 'team' }, flattenedResponders: [{ id: fay, type: 'user' }] },
      'Fay',
    ],
    ['a kind that is new', { responder: { id: 'r2', type: 'robot' } }, 'somebody whom the service does not name'],
    ['nothing at all', {}, 'somebody whom the service does not name'],
  ] as const) {
    it(`a turn held by ${what} is next, and no gap`, async () => {
      const text = await week(withTeam(holder), { onCallUsers: [dana] });
      assert.match(text, new RegExp(`Next: ${shown}  from 31 Aug 07:00|Next: ${shown}  from Mon 07:00`));
      assert.doesNotMatch(text, /Nobody is on call/);
      assert.match(text, /you until Mon\b/);
    });
  }

  it('right after the handover to a team who is on call is not known, never nobody', async () => {
    const text = await week(
      withTeam({ responder: { id: team, type: 'team' } }),
      { onCallUsers: [dana] },
      Date.parse('2026-08-31T07:01:00Z'),
    );
    // Until when is said by the row below: beside the name of the schedule there is no room for it.
    assert.match(text, /team Node team\b/);
    assert.match(text, /Next: Eli {2}from 7 Sep 07:00/);
    assert.doesNotMatch(text, /[Nn]obody/);
  });

  it('that nobody holds a turn is said where the service says so', async () => {
    const text = await week(withTeam({ responder: { type: 'noone' } }), { onCallUsers: [dana] });
    assert.match(text, /Nobody is on call {2}from Mon 07:00/);
    assert.match(text, /Next: Eli {2}/);
  });

  it('a period that cannot be read makes no gap, and is reported', async () => {
    const broken = [...(withTeam(user(fay))[0] ?? [])].map((each, index) =>
      index === 1 ? { ...each, endDate: 7 } : each,
    );
    const text = await week([broken], { onCallUsers: [dana] });
    assert.doesNotMatch(text, /Nobody is on call/);
    assert.match(text, /Can't read all of it: who is on call when/);
  });

  it('of rotations side by side, one’s own turn counts, and next is who comes', async () => {
    const text = await week(
      [
        [
          period('2026-08-24T07:00:00Z', '2026-08-31T07:00:00Z', user(dana)),
          period('2026-08-31T07:00:00Z', '2026-10-19T07:00:00Z', user(eli)),
        ],
        [
          period('2026-08-24T07:00:00Z', '2026-08-26T15:50:00Z', user(eli)),
          period('2026-08-26T15:50:00Z', '2026-10-19T07:00:00Z', user(fay)),
        ],
      ],
      { onCallUsers: [dana, eli] },
    );
    assert.match(text, /you until Mon\b/);
    assert.match(text, /Next: Fay {2}from 15:50/);
    assert.doesNotMatch(text, /Next: you|Next: Dana/);
  });

  it('a person without a name is asked for once', async () => {
    const stranger = '712020:99999999-0000-4000-8000-000000000000';
    desk = await caseDesk(schedule([[]], { onCallUsers: [stranger] }), { at });
    for (let read = 0; read < 3; read++) await desk.feeds.rotations.refresh();
    assert.equal(desk.requests.filter(({ url }) => url.pathname.endsWith('/user/bulk')).length, 1);
  });

  it('the clock is the one that the clients are given', async () => {
    desk = await caseDesk(schedule(withTeam(user(fay)), { onCallUsers: [dana] }), { at });
    await desk.feeds.rotations.refresh();
    const asked = desk.requests.find(({ url }) => url.pathname.endsWith('/timeline'));
    // The timeline begins a week earlier, for who was on call before.
    assert.equal(asked?.url.searchParams.get('date'), new Date(at - weekMs).toISOString());
  });
});
