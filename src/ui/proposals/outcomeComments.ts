import type { Failure } from '../../domain/base/failure.ts';
import type { Instant } from '../../domain/base/time.ts';
import { isOneOf, proposersOf } from '../../domain/proposals/governance.ts';
import { outcomeOfProposal, type ProposalOutcome } from '../../domain/proposals/outcome.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import { isTexts } from '../../engine/disk/json.ts';
import { SharedValue } from '../../engine/disk/sharedValue.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { runsKey } from '../../feeds/operations/keys.ts';
import { decidedProposalsKey } from '../../feeds/proposals/decidedKey.ts';
import { knownProposal } from '../../feeds/proposals/known.ts';
import { namedProposalsKey } from '../../feeds/proposals/namedKey.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { currentTexts, ticketTextsKey } from '../../feeds/queue/textsKey.ts';
import type { WriteKinds } from '../../feeds/writeKinds.ts';
import type { Host } from '../kit/host.ts';
import { mayBeOnShift } from '../../feeds/rotation/onShift.ts';
import { RepeatedReading } from '../kit/repeatedReading.ts';
import type { LiveLinks } from '../links/liveLinks.ts';
import type { WriteTools } from '../writes/reports.ts';

export interface OutcomeCommentsParts extends Pick<Host, 'clock' | 'log' | 'settings'>, WriteTools {
  readonly store: Store<Failure>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly links: Pick<LiveLinks, 'current' | 'onDidChange'>;
  readonly windows: Pick<Windows, 'role' | 'onDidChangeRole'>;
  readonly writeKinds: () => Promise<Pick<WriteKinds, 'outcome'>>;
  /** The folder that the windows with the present settings share. */
  readonly scopeDisk: () => Disk;
}

/** What is kept on the shared disk. */
interface Commented {
  /** Since when comments are wanted, epoch milliseconds; null while they are not. */
  readonly since: Instant | null;
  /** The names of the comments that were sent, or need not be. */
  readonly names: readonly string[];
}

/** One comment that is due. */
interface Due {
  readonly name: string;
  readonly ticket: string;
  readonly outcome: ProposalOutcome;
}

/** The names of so many comments are kept. */
const mostNames = 1_000;

/**
 * Comments in tickets on what became of the team's proposals that they name, where the settings say so: by the window
 * that reads the services, while the person is on shift. What is commented on is kept on the shared disk before it is sent,
 * in versions that only one window can write, so that after a crash a comment is missing rather than there twice.
 */
export function outcomeComments(parts: OutcomeCommentsParts): RepeatedReading {
  const { windows, links, settings, store, clock, log } = parts;
  /** As it was last read. Undefined before. */
  let last: Commented | undefined;
  return new RepeatedReading({
    clock,
    log,
    scope: 'proposals',
    trouble: 'what became of proposals was not written into their tickets',
    events: [
      windows.onDidChangeRole,
      links.onDidChange,
      (run) => settings.onDidChange(() => run()),
      (run) =>
        store.onDidChange(({ feed, changed, added }) => {
          if ((feed === runsKey.name || feed === ticketTextsKey.name) && changed.length + added.length > 0) run();
        }),
    ],
    read() {
      const isWanted = settings.current.outcomeComments;
      if (windows.role !== 'leader' || (isWanted ? !canComment(parts) : last?.since === null)) return undefined;
      const known = last?.since ?? undefined;
      // Most changes bring nothing to comment on: the disk is not read then.
      if (isWanted && known !== undefined && dueNow(parts, known, last?.names).length === 0) return undefined;
      return comment(parts, isWanted).then((found) => {
        last = found;
        return undefined;
      });
    },
  });
}

/** Sends what is due, or notes that comments are wanted from now on, or no longer. Resolves with what is kept then. */
async function comment(parts: OutcomeCommentsParts, isWanted: boolean): Promise<Commented> {
  const shared = new SharedValue(parts.scopeDisk(), 'outcomesCommented', isCommented);
  for (;;) {
    const { value = notWanted, version } = await shared.read();
    const due = isWanted ? dueNow(parts, value.since ?? undefined, value.names) : [];
    if (due.length === 0 && isWanted === (value.since !== null)) return value;
    const names = [...value.names, ...due.map(({ name }) => name)].slice(-mostNames);
    const next = isWanted ? { since: value.since ?? parts.clock.now(), names } : notWanted;
    if (!(await shared.replace(version, next))) continue;
    // What was decided before comments were wanted gets none.
    if (value.since !== null && due.length > 0) await send(parts, due);
    return next;
  }
}

const notWanted: Commented = { since: null, names: [] };

async function send(
  parts: Pick<OutcomeCommentsParts, 'writeKinds' | 'log' | 'clock' | 'writes' | 'commands'>,
  due: readonly Due[],
): Promise<void> {
  const { outcome: kind } = await parts.writeKinds();
  void Promise.all(due.map(({ ticket, outcome }) => parts.writes.run(kind, ticket, outcome)))
    .then(async (ends) => (await import('../writes/reports.ts')).reportEnds(parts, ends))
    .catch((cause: unknown) => parts.log.error('proposals', 'comments on proposals were not reported', cause));
}

/** Whether somebody is here for whom to comment. That they are on shift need not be known: they have chosen it. */
function canComment(parts: Pick<OutcomeCommentsParts, 'store' | 'account' | 'clock'>): boolean {
  const { account } = parts;
  if (account.current === undefined) return false;
  return mayBeOnShift(parts);
}

/** What is to be commented on, without what is named and what was decided before `since`. */
function dueNow(
  parts: Pick<OutcomeCommentsParts, 'store' | 'links' | 'settings'>,
  since: Instant = -Infinity,
  names: readonly string[] = [],
): readonly Due[] {
  const { store, settings } = parts;
  const proposers = proposersOf(settings.current.proposers);
  const runs = [...store.state(runsKey).records.values()];
  const byRuns = new Set(runs.flatMap(({ end }) => end?.proposals ?? []));
  const ids = [
    ...byRuns,
    ...store.state(decidedProposalsKey).records.keys(),
    ...store.state(namedProposalsKey).records.keys(),
  ];
  return [...new Set(ids)].flatMap((id): readonly Due[] => {
    const proposal = knownProposal(store, id);
    const outcome = proposal === undefined ? undefined : outcomeOfProposal(proposal);
    if (proposal === undefined || outcome === undefined) return [];
    if ((proposal.endedAt ?? Infinity) < since || !(byRuns.has(id) || isOneOf(proposers, proposal))) return [];
    return [...ticketsOf(parts, proposal)]
      .map((ticket) => ({ name: `${id}:${outcome.status}:${ticket}`, ticket, outcome }))
      .filter(({ name }) => !names.includes(name));
  });
}

/** The tickets of the queue that name a proposal, also in their texts, and the one that its run was started from. */
function ticketsOf(
  { store, links }: Pick<OutcomeCommentsParts, 'store' | 'links'>,
  proposal: Proposal,
): ReadonlySet<string> {
  const queue = store.state(queueKey).records;
  const texts = store.state(ticketTextsKey).records;
  const number = `${proposal.id}`;
  const inTexts = [...queue.values()].filter((ticket) => currentTexts(texts, ticket)?.named.numbers.includes(number));
  const naming = (links.current?.ofProposal(proposal) ?? []).flatMap(({ to, reason }) =>
    to.kind === 'ticket' && (reason.kind === 'namedBy' || reason.kind === 'names') ? [to.id] : [],
  );
  const started = [...store.state(runsKey).records.values()].flatMap(({ ticket, end }) =>
    ticket !== undefined && end?.proposals.includes(number) === true ? [ticket] : [],
  );
  return new Set([...naming, ...inTexts.map(({ key }) => key), ...started].filter((key) => queue.has(key)));
}

function isCommented(value: unknown): value is Commented {
  if (typeof value !== 'object' || value === null) return false;
  const { since, names }: Partial<Record<keyof Commented, unknown>> = value;
  return (since === null || typeof since === 'number') && isTexts(names);
}
