import type { ServerResponse } from 'node:http';
import { people, rcName, tokens, troubledSubnet, type World } from './world.ts';
import type { SimRequest, SimService } from './service.ts';

// The part of the Slack Web API that reads the team's channels. Manners of the real one: always HTTP 200 with
// `ok: false, error` for what it refuses, cursor paging, timestamps as "seconds.micros" that are also message ids.
// Channels: dre.md section 7. Bot messages: dre.md 5.4.

interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly user?: string;
  readonly username?: string;
  readonly text: string;
  readonly threadTs?: string;
}

const channels: Readonly<Record<string, string>> = {
  C05LD0CEAHY: 'eng-dre',
  C01DB8MQ5M1: 'eng-release',
  C02NQC42C2F: 'eng-release-bots',
  CGZ4YGN4S: 'eng-observability',
};

export function createSlackService(world: World): SimService {
  const messages = makeMessages(world);

  function handle(request: SimRequest, response: ServerResponse): void {
    const method = request.url.pathname.split('/').at(-1) ?? '';
    const parameters = parametersOf(request);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? parameters.get('token');
    if (token === null) return send(response, { ok: false, error: 'not_authed' });
    if (token !== tokens.slack) return send(response, { ok: false, error: 'invalid_auth' });
    send(response, answer(method, parameters, messages));
  }

  return {
    name: 'slack',
    handle,
    configure: (name) => {
      throw new Error(`slack has no switch ${name}`);
    },
    advanced: () => undefined,
    dispose: () => undefined,
  };
}

function answer(method: string, parameters: URLSearchParams, messages: readonly Message[]): unknown {
  const channel = parameters.get('channel') ?? '';
  switch (method) {
    case 'auth.test':
      return {
        ok: true,
        url: 'https://dfinity.enterprise.slack.com/',
        team: 'DFINITY',
        user: 'dr-dre',
        team_id: 'T0SIM0001',
        user_id: 'U0SIM0001',
      };
    case 'conversations.info':
      return channels[channel] === undefined
        ? { ok: false, error: 'channel_not_found' }
        : { ok: true, channel: { id: channel, name: channels[channel], is_channel: true, is_member: true } };
    case 'conversations.history':
      return channels[channel] === undefined
        ? { ok: false, error: 'channel_not_found' }
        : history(parameters, topLevel(messages, channel), messages);
    case 'conversations.replies': {
      const ts = parameters.get('ts') ?? '';
      const thread = messages.filter((each) => each.channel === channel && (each.ts === ts || each.threadTs === ts));
      return thread.length === 0
        ? { ok: false, error: 'thread_not_found' }
        : { ok: true, messages: thread.map((each) => body(each, messages)), has_more: false };
    }
    case 'users.info': {
      const person = people.find((_, index) => `U0SIM000${index + 1}` === parameters.get('user'));
      return person === undefined
        ? { ok: false, error: 'user_not_found' }
        : {
            ok: true,
            user: {
              id: parameters.get('user'),
              name: person.email.split('@')[0],
              real_name: person.name,
              tz: person.timeZone,
            },
          };
    }
    case 'chat.getPermalink':
      return {
        ok: true,
        channel,
        permalink: `https://dfinity.enterprise.slack.com/archives/${channel}/p${(parameters.get('message_ts') ?? '').replace('.', '')}`,
      };
    default:
      return { ok: false, error: 'unknown_method' };
  }
}

function topLevel(messages: readonly Message[], channel: string): readonly Message[] {
  return messages
    .filter((each) => each.channel === channel && each.threadTs === undefined)
    .sort((a, b) => Number(b.ts) - Number(a.ts));
}

function history(parameters: URLSearchParams, all: readonly Message[], messages: readonly Message[]): unknown {
  const oldest = Number(parameters.get('oldest') ?? 0);
  const latest = Number(parameters.get('latest') ?? Infinity);
  const limit = Math.min(999, Math.max(1, Number(parameters.get('limit') ?? 100)));
  const start = Number(Buffer.from(parameters.get('cursor') ?? '', 'base64').toString() || 0);
  const wanted = all.filter((each) => Number(each.ts) > oldest && Number(each.ts) < latest);
  const more = wanted.length > start + limit;
  return {
    ok: true,
    messages: wanted.slice(start, start + limit).map((each) => body(each, messages)),
    has_more: more,
    pin_count: 0,
    response_metadata: { next_cursor: more ? Buffer.from(`${start + limit}`).toString('base64') : '' },
  };
}

function body(message: Message, messages: readonly Message[]): unknown {
  const replies = messages.filter((each) => each.channel === message.channel && each.threadTs === message.ts);
  const byBot = { subtype: 'bot_message', bot_id: 'B0SIM0001', username: message.username };
  const writer = message.user === undefined ? byBot : { user: message.user };
  return {
    type: 'message',
    ts: message.ts,
    text: message.text,
    ...writer,
    thread_ts: message.threadTs ?? (replies.length === 0 ? undefined : message.ts),
    reply_count: replies.length === 0 ? undefined : replies.length,
    latest_reply: replies.at(-1)?.ts,
  };
}

function parametersOf(request: SimRequest): URLSearchParams {
  const merged = new URLSearchParams(request.url.searchParams);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(request.body.toString())) merged.set(name, value);
  }
  return merged;
}

function send(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}

function makeMessages(world: World): Message[] {
  const ts = (iso: string): string => (world.at(iso) / 1000).toFixed(6);
  const asked = ts('2026-08-26T12:40:10Z');
  return [
    {
      channel: 'C05LD0CEAHY',
      ts: asked,
      user: 'U0SIM0002',
      text: '<!subteam^S05GPUNS7EX> could you take the nodes of bo1 out of subnet pae4o? Maintenance tomorrow at 08:00 UTC.',
    },
    {
      channel: 'C05LD0CEAHY',
      ts: ts('2026-08-26T13:02:41Z'),
      user: 'U0SIM0001',
      text: 'On it after batch 12.',
      threadTs: asked,
    },
    {
      channel: 'C05LD0CEAHY',
      ts: ts('2026-08-26T08:15:00Z'),
      user: 'U0SIM0003',
      text: 'Is the HostOS rollout paused over the weekend?',
    },
    {
      channel: 'C01DB8MQ5M1',
      ts: ts('2026-08-26T09:30:00Z'),
      user: 'U0SIM0004',
      text: `Feature build for ${rcName}: who adds it to the index?`,
    },
    {
      channel: 'C02NQC42C2F',
      ts: ts('2026-08-26T13:01:40Z'),
      username: 'Airflow',
      text: 'Proposal <https://dashboard.internetcomputer.org/proposal/138123|138123> is now up for voting. <!subteam^S05GPUNS7EX> please vote for the proposal using your HSM.',
    },
    {
      channel: 'C02NQC42C2F',
      ts: ts('2026-08-26T13:48:02Z'),
      username: 'Airflow',
      text: `Subnet \`${troubledSubnet}\` has not finished upgrading in over an hour. <!subteam^S05GPUNS7EX> please investigate *as soon as possible*.`,
    },
    {
      channel: 'CGZ4YGN4S',
      ts: ts('2026-08-25T17:20:00Z'),
      user: 'U0SIM0003',
      text: 'The scrape of dm1 is slow since the switch upgrade.',
    },
  ];
}
