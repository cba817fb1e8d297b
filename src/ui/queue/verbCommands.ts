import type { Failure } from '../../domain/base/failure.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { EndedWrite, WriteKind } from '../../engine/writes/kind.ts';
import { ticketName, type TicketVerb } from '../../feeds/queue/verb.ts';
import { ticketVerbs, type TicketVerbs } from '../../feeds/queue/verbs.ts';
import { manyTickets, namesDetail } from '../../views/queue/words.ts';
import { counted, shorten } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';
import { withBack } from '../kit/chain.ts';
import type { Handlers } from '../kit/commands.ts';
import { confirm } from '../kit/confirm.ts';
import type { Views } from '../kit/views.ts';
import { performFromView } from '../writes/performing.ts';
import { reportEnds, type Start } from '../writes/reports.ts';
import { purposeOf } from './purpose.ts';
import { questions } from './questions.ts';
import { chooseTickets, uncontested, type TicketTargetParts } from './targets.ts';
import type { WrittenParts } from './written.ts';

export interface TicketVerbParts extends TicketTargetParts, WrittenParts {
  readonly clients: TicketTargetParts['clients'] & WrittenParts['clients'];
  readonly commands: WrittenParts['commands'];
  readonly views: Pick<Views, 'selection' | 'focusedRow' | 'select'>;
}

type VerbKey = keyof TicketVerbs;
type Kind = WriteKind<Ticket, unknown, Failure>;

/** One command for each verb of tickets. */
export function ticketVerbCommands(parts: TicketVerbParts): Handlers {
  const keys = Object.keys(ticketVerbs) as VerbKey[];
  return Object.fromEntries(keys.map((key) => [`drDre.queue.${key}`, ({ rows }) => perform(parts, key, rows)]));
}

/** From the command to its end: which tickets, what the verb asks for, the writes, and how they ended. */
async function perform(parts: TicketVerbParts, key: VerbKey, rows: readonly Row[]): Promise<void> {
  const verb: TicketVerb = ticketVerbs[key];
  const kinds: Readonly<Record<string, Kind>> = (await parts.writeKinds()).queue;
  const kind = kinds[key];
  if (kind === undefined) throw new Error(`there is no verb ${key}`);
  const asked = await withBack(async () => {
    const tickets = await uncontested(parts, verb, await chooseTickets(parts, verb, rows));
    const [first] = tickets ?? [];
    if (tickets === undefined || first === undefined || !(await isMeant(verb, tickets))) return undefined;
    const names = tickets.length === 1 ? `“${shorten(ticketName(first), 60)}”` : counted(tickets.length, 'Ticket');
    const purpose = { title: `${verb.label} ${names}${verb.labelEnd ?? ''}`, kind, tickets };
    const answer = await questions[verb.asks](parts, purposeOf(purpose, {}));
    return answer === undefined ? undefined : { purpose, answer };
  });
  if (asked === undefined) return;
  const { purpose } = asked;
  const { tickets } = purpose;
  for (let answer: typeof asked.answer | undefined = asked.answer; answer !== undefined;) {
    const given = answer;
    const starts = tickets.flatMap((ticket): Start[] => {
      const payload = verb.payloadFor === undefined ? given : verb.payloadFor(ticket, given);
      return payload === undefined ? [] : [(signal) => parts.writes.run(kind, ticket.key, payload, signal)];
    });
    const ends = await performFromView(parts, 'drDre.queue', kind, starts);
    const refused = refusedFields(verb, ends);
    if (refused === undefined) return reportEnds(parts, ends);
    // What was typed is offered again by the question.
    for (const { id } of ends) parts.writes.discard(id);
    answer = await withBack<typeof asked.answer>(() => questions[verb.asks](parts, purposeOf(purpose, refused)));
  }
}

/** What Jira said of single fields of the one ticket that was changed; undefined where nothing can be asked anew. */
function refusedFields(
  { asks }: TicketVerb,
  ends: readonly EndedWrite<Failure>[],
): Readonly<Record<string, string>> | undefined {
  const [end, another] = ends;
  if (asks === 'nothing' || asks === 'me' || another !== undefined || end?.state.kind !== 'failed') return undefined;
  return end.state.failure?.fields;
}

/** Many tickets are changed only when a person says that they mean so many. */
async function isMeant({ label, labelEnd = '' }: TicketVerb, tickets: readonly Ticket[]): Promise<boolean> {
  if (tickets.length < manyTickets) return true;
  return confirm({
    severity: 'warning',
    text: `${label} ${counted(tickets.length, 'ticket')}${labelEnd}?`,
    detail: namesDetail(tickets),
    yes: `${label} ${counted(tickets.length, 'Ticket')}${labelEnd}`,
  });
}
