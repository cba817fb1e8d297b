import assert from 'node:assert/strict';
import { ticketConditions } from '../../../src/domain/queue/conditions.ts';
import type { Ticket } from '../../../src/domain/queue/ticket.ts';
import type { TicketVerb } from '../../../src/feeds/queue/verb.ts';
import { outcomeComment } from '../../../src/feeds/queue/outcome.ts';
import { ticketUndoings } from '../../../src/feeds/queue/undoing.ts';
import { ticketVerbs } from '../../../src/feeds/queue/verbs.ts';
import { epicKey, people } from '../../simulator/world.ts';
import { jiraFixture, valueOf } from '../../support/sources/atlassianFixture.ts';
import { TicketDesk } from '../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../support/ui/verbMatrix.ts';
import { host } from '../../support/ui/vscode.ts';
import { performOverWire } from '../../support/ui/wireDesk.ts';

// Each action on tickets in each way in which Jira fails, from the wire to the words that a person reads. The actions in
// their further ways to go, one client's method at a time: test/unit/ui/queue/verbs.test.ts.

const [{ accountId, name: myName }] = people;
const me = { accountId, name: myName, timeZone: undefined };

/** An action: its command, the request that it sends, and its words. */
interface Action {
  readonly name: string;
  readonly id: string;
  readonly request: RegExp;
  readonly title: string;
  readonly permission: string;
  /** The verb that is done before, where this one takes it back. */
  readonly after?: keyof typeof ticketVerbs;
  readonly fits: TicketVerb['fits'];
  /** Jira's words at a field are said where it is asked for again. */
  readonly asksAgain: boolean;
  /** What is there is read again before it is replaced. */
  readonly replaces: boolean;
  /** What a person wrote is kept when it does not go through. */
  readonly keeps: boolean;
  /** The record whose row shows it, where that is no ticket. */
  readonly about?: string | undefined;
  /** Nobody calls it. */
  readonly isAutomatic?: boolean;
}

const change = /^PUT \/3\/issue\/[^/]+$/;
const transition = /^POST .*\/transitions$/;
const requests: Partial<Record<keyof typeof ticketVerbs, RegExp>> = {
  transition,
  link: /^POST \/3\/issueLink$/,
  comment: /^POST .*\/comment$/,
};

const verbs = (Object.entries(ticketVerbs) as [keyof typeof ticketVerbs, TicketVerb][]).map(([name, verb]): Action => {
  const isWritten = verb.asks === 'comment' || verb.asks === 'description';
  const asksAgain = verb.asks !== 'nothing' && verb.asks !== 'me' && !isWritten;
  return {
    name,
    id: `drDre.queue.${name}`,
    request: requests[name] ?? change,
    title: verb.write.title,
    permission: verb.write.permission,
    fits: verb.fits,
    asksAgain,
    replaces: verb.replaces !== undefined,
    keeps: isWritten || name === 'block' || name === 'setSummary',
  };
});

const undoings: Readonly<Record<keyof typeof ticketUndoings, Pick<Action, 'request'> & { after: Action['after'] }>> = {
  moveBack: { after: 'transition', request: transition },
  blockAgain: { after: 'unblock', request: change },
  unlink: { after: 'link', request: /^DELETE \/3\/issueLink\// },
  restoreDescription: { after: 'editDescription', request: change },
};

const undone = (
  Object.entries(ticketUndoings) as [keyof typeof ticketUndoings, (typeof ticketUndoings)['unlink']][]
).map(([name, { write }]): Action => {
  const { after = 'link', request } = undoings[name];
  const { title, permission } = write;
  const { fits } = ticketVerbs[after];
  return {
    name,
    id: 'drDre.writes.undo',
    request,
    title,
    permission,
    after,
    fits,
    asksAgain: false,
    replaces: false,
    keeps: false,
  };
});

const creation: Action = {
  name: 'createTicket',
  id: 'drDre.queue.createTicket',
  request: /^POST \/3\/issue$/,
  title: 'create ticket',
  permission: 'Create Issues',
  fits: 'ticket',
  asksAgain: false,
  replaces: false,
  keeps: true,
  about: 'new/empty/example.atlassian.net/here',
};

const { title: outcomeTitle, permission } = outcomeComment;
const outcome: Action = {
  name: 'commentOnOutcome',
  id: 'none',
  request: /^POST .*\/comment$/,
  title: outcomeTitle,
  permission,
  fits: 'ticket',
  asksAgain: false,
  replaces: false,
  keeps: true,
  isAutomatic: true,
};

const actions: readonly Action[] = [...verbs, ...undone, creation, outcome];

function refusal(status: number, errorMessages: readonly string[], errors: Readonly<Record<string, string>> = {}) {
  return (): Response => Response.json({ errorMessages, errors }, { status });
}

/** The ways in which Jira answers with a refusal, and what is said of it. */
const refusals: readonly {
  readonly name: string;
  readonly answer: () => Response;
  readonly says: (action: Action) => string;
}[] = [
  {
    name: 'refused at once',
    answer: refusal(400, ['The issue is locked.']),
    says: () => 'Rejected by Jira: The issue is locked',
  },
  {
    name: 'not permitted (403)',
    answer: refusal(403, ['You may not do that.']),
    says: ({ permission }) =>
      `You don't have permission (403): You may not do that. It takes the permission “${permission}”`,
  },
  {
    name: 'gone or not to be seen (404)',
    answer: refusal(404, ['Issue does not exist or you do not have permission to see it.']),
    says: () => 'Not found in Jira: Issue does not exist or you do not have permission to see it',
  },
  {
    name: 'in conflict with another change (409)',
    answer: () => new Response(null, { status: 409 }),
    says: () => 'Rejected by Jira: somebody else was changing it at the same moment',
  },
];

describe('each action on tickets in each way in which Jira fails', () => {
  const fixture = jiraFixture();
  let desk: TicketDesk | undefined;
  /** How often the request of the action was sent. */
  let times = 0;

  beforeEach(() => {
    times = 0;
    fixture.simulator.switch('atlassian', 'searchLagMs', 0);
    // A conflict is described for some calls alone, and Jira answers it to any (atlassian.md 3.1).
    fixture.wire.checkAnswers = false;
    beAgreeable();
    const { answer, pick } = host;
    host.answer = (box) => (box.title?.startsWith('New ticket') === true ? 'word' : answer(box));
    host.pick = (items, options) =>
      items.find(({ label }) => label === 'Out of any epic' || label === 'Another Ticket') ?? pick(items, options);
  });
  afterEach(() => {
    fixture.simulator.switch('atlassian', 'readOnly', false);
    desk?.dispose();
    desk = undefined;
    beGone();
  });

  /** A desk with a ticket that the action fits. */
  async function open({ fits, about }: Action): Promise<TicketDesk> {
    const jira = fixture.jira();
    const { tickets } = valueOf(await jira.searchChildren(epicKey));
    const fitting = tickets.filter((each) => ticketConditions[fits](each, accountId));
    const plain = fitting.find(({ status, links }) => status.category === 'new' && links.length === 0);
    const first = plain ?? fitting[0] ?? assert.fail(`no ticket is ${fits}`);
    const named = (ticket: Ticket): Ticket => ({ ...ticket, id: ticket.key });
    const others = tickets.filter(({ key }) => key !== first.key).slice(0, 2);
    desk = new TicketDesk([first, ...others].map(named), { jira, me, about });
    return desk;
  }

  /** Plays a failure at the request of the action, as often as it is sent. */
  function fail({ request }: Action, answer: () => Response): void {
    fixture.wire.instead = (call) => {
      if (!request.test(call)) return undefined;
      times++;
      return answer();
    };
  }

  /** Does what comes before the action, and returns how it is then called. */
  async function prepare(action: Action): Promise<{ readonly of: TicketDesk; readonly run: () => Promise<void> }> {
    const of = await open(action);
    const { id, after, about, isAutomatic = false } = action;
    if (isAutomatic) {
      const begin = (): Promise<void> => of.commentOnOutcome();
      return { of, run: () => performOverWire({ begin, clock: of.clock }, fixture, id, 'palette') };
    }
    const row = of.rows.find(({ record }) => record?.key === of.before.key) ?? assert.fail('it has no row');
    if (after !== undefined) {
      await performOverWire(of, fixture, `drDre.queue.${after}`, row);
      assert.equal(of.text, 'confirmed');
      host.messages.length = 0;
      return { of, run: () => performOverWire(of, fixture, id, 'undoable') };
    }
    return { of, run: () => performOverWire(of, fixture, id, about === undefined ? row : 'palette') };
  }

  for (const action of actions) {
    const { name: verb, title, asksAgain, keeps } = action;
    const kept = keeps ? ', text kept' : '';

    for (const { name, answer, says } of refusals) {
      it(`${verb}: ${name}`, async () => {
        const { of, run } = await prepare(action);
        fail(action, answer);
        await run();
        assert.equal(times, 1);
        assert.equal(of.text, `Couldn't ${title}: ${says(action)}${kept}`);
        const message =
          host.messages.find(({ severity }) => severity === 'error') ?? assert.fail('there is no message');
        assert.ok(message.text.startsWith(`Couldn't ${title}: `), message.text);
        assert.ok(message.text.includes(says(action)), message.text);
        assert.deepEqual(message.buttons, ['Retry', 'Show Log']);
      });
    }

    it(`${verb}: a person who may only read sees which permission it takes`, async () => {
      const { of, run } = await prepare(action);
      fixture.simulator.switch('atlassian', 'readOnly', true);
      await run();
      const said = [of.text, ...host.messages.map(({ text }) => text)];
      assert.ok(
        said.some((text) => text.includes(`permission “${action.permission}”`)),
        said.join('\n'),
      );
    });

    it(`${verb}: refused at a field`, async () => {
      const { of, run } = await prepare(action);
      const said = 'That is not allowed here.';
      fail(action, refusal(400, [], { customfield_1: said }));
      const asked: string[] = [];
      const { pick, answer } = host;
      // It is asked once more, and the person leaves then.
      const leaves = (): boolean => times > 0 && asksAgain;
      host.pick = (items, options) => {
        asked.push(options?.placeHolder ?? '');
        return leaves() ? undefined : pick(items, options);
      };
      host.answer = (box) => {
        asked.push(box.prompt ?? '');
        return leaves() ? '' : answer(box);
      };
      await run();
      assert.equal(times, 1);
      if (asksAgain) {
        assert.ok(asked.at(-1)?.startsWith(said), asked.join('\n'));
        assert.equal(of.text, '');
      } else assert.equal(of.text, `Couldn't ${title}: Rejected by Jira: ${said.slice(0, -1)}${kept}`);
    });

    if (action.replaces) {
      it(`${verb}: the ticket has moved to another project, or is deleted`, async () => {
        const { of, run } = await prepare(action);
        const { key } = of.before;
        const isTicket = (path: string): boolean => path === `/3/issue/${key}`;
        fixture.wire.tamper = (path, body) => (isTicket(path) ? { ...(body as object), key: 'OPS-7' } : undefined);
        await run();
        const hidden = 'Issue does not exist or you do not have permission to see it.';
        fixture.wire.instead = (call) => (isTicket(call.replace('GET ', '')) ? refusal(404, [hidden])() : undefined);
        await run();
        const said = host.messages.map(({ text }) => text);
        assert.equal(said[0], `${key} is OPS-7 now: somebody has moved it to another project. Nothing was sent.`);
        assert.ok(said[1]?.startsWith(`${key}: Not found in Jira: ${hidden.slice(0, -1)}`), said[1]);
        assert.equal(of.text, '');
      });
    }

    it(`${verb}: no connection`, async () => {
      const { of, run } = await prepare(action);
      fail(action, () => {
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
      });
      await run();
      assert.equal(times, 1);
      assert.match(of.text, new RegExp(`^Couldn't ${title}: Can't reach Jira: .* refuses the connection${kept}$`));
    });

    for (const how of ['the connection lost', 'no answer in time'] as const) {
      it(`${verb}: applied, and ${how}`, async () => {
        const { of, run } = await prepare(action);
        fixture.wire.after = (call) => {
          if (!action.request.test(call)) return undefined;
          times++;
          // A proxy that gives up.
          if (how === 'no answer in time') return new Response(null, { status: 504 });
          throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
        };
        await run();
        assert.equal(times, 1);
        if (action !== creation) assert.equal(of.text, 'confirmed');
        else assert.match(host.messages.at(-1)?.text ?? '', /^Created DRE-\d+\.$/);
      });
    }
  }
});
