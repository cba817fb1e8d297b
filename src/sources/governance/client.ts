import type { Failure } from '../../domain/base/failure.ts';
import { isAllowedAddress, isLoopback } from '../../domain/base/ids.ts';
import { complete, completenessOf, type Completeness, type Listed } from '../../domain/base/listed.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import type { Instant } from '../../domain/base/time.ts';
import { fail, ok, type Result } from '../../domain/base/result.ts';
import { isCheckedPrincipal } from '../../domain/base/principal.ts';
import type { After } from '../deadline.ts';
import type { Exchange } from '../http.ts';
import { createCarrier } from './carrier.ts';
import { toProposal, type RawProposal } from './mapping.ts';
import { namedBy } from '../about.ts';
import { createReport, mapInSlices, type Report } from '../records.ts';
import type { CanisterReader, Memory, Query } from './reader.ts';

export interface GovernanceOptions {
  /** Address of a boundary of the network: `https`, or `http` on this machine. */
  readonly host: string;
  /** The governance canister's id. */
  readonly canister: string;
  readonly fetch?: typeof fetch;
  /** Wall clock in milliseconds. */
  readonly now?: () => number;
  /** For each exchange, milliseconds; 20 s when absent. */
  readonly timeoutMs?: number | undefined;
  /** How time is waited for; by the machine's own timers when absent. */
  readonly after?: After | undefined;
  /** Called for every exchange, for the request meter. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Queries the canister; on this thread when absent. */
  readonly reader?: CanisterReader | undefined;
  /** Called for what was left out. */
  readonly log?: (line: string) => void;
}

/** Newest first. Partial when the service did not let us reach the last page. */
export interface ProposalList extends Listed<Proposal> {
  /** How many pages were requested. */
  readonly pages: number;
}

/** Reads the NNS governance canister, anonymously. Never throws for what the network may do. */
export interface Governance {
  /** All proposals that are open for votes. */
  listOpenProposals(signal?: AbortSignal): Promise<Result<ProposalList, Failure>>;
  /**
   * The proposals that were decided, in status and time, of those that were made since then: newest first, without their
   * summaries.
   */
  listDecidedProposals(madeSince: Instant, signal?: AbortSignal): Promise<Result<ProposalList, Failure>>;
  /** One proposal, whatever its status; undefined where the canister has none of this id. */
  getProposal(id: bigint, signal?: AbortSignal): Promise<Result<Proposal | undefined, Failure>>;
}

type QueryProposals = (query: Query) => Promise<Result<readonly RawProposal[], Failure>>;

interface Pages {
  readonly raw: readonly RawProposal[];
  readonly pages: number;
  readonly completeness: Completeness;
}

const unended = completenessOf('the canister listed no more');

/** The most that the canister gives at once. */
const pageLimit = 100;
/** A limit for a service whose pages never end: four times the proposals of the largest simulated network. */
const maxPages = 400;

export function createGovernance(options: GovernanceOptions): Governance {
  const host = parseUrl(options.host);
  const now = options.now ?? Date.now;
  const report = createReport((line) => options.log?.(line));
  const memory: Memory = { rootKey: undefined, nodeKeys: new Map() };

  async function call<T>(
    operation: string,
    signal: AbortSignal | undefined,
    run: (query: QueryProposals) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> {
    const failed = (failure: Omit<Failure, 'service' | 'operation'>): Result<never, Failure> =>
      fail({ service: 'governance', operation, ...failure });
    if (host === undefined) return failed({ kind: 'notConfigured', detail: 'the host is not an address' });
    if (!isAllowedAddress(host)) return failed({ kind: 'notConfigured', detail: `${host.origin} is not https` });
    if (!isCheckedPrincipal(options.canister)) {
      const detail = 'the canister is not a canister id';
      return failed({ kind: 'notConfigured', detail, setting: 'drDre.governance.canister' });
    }
    const reader = options.reader ?? (await import('./canister.ts')).readerHere;
    const carrier = createCarrier({
      operation,
      fetch: options.fetch ?? fetch,
      now,
      signal,
      timeoutMs: options.timeoutMs ?? 20_000,
      after: options.after,
      onExchange: options.onExchange,
    });
    const endpoint = { host: host.href, canister: options.canister, ownRootKey: isLoopback(host.hostname) };
    const canister = reader.open({ ...endpoint, fetch: carrier.fetch, now, memory });
    try {
      return await run(async (query) => {
        const answer = await canister.query(query);
        if (answer.ok) return answer;
        const onTheWay = carrier.failure();
        if (onTheWay !== undefined) return fail(onTheWay);
        // An answer came and was refused: a network on this machine may have been started anew, with another key.
        memory.rootKey = undefined;
        return failed(answer.failure);
      });
    } finally {
      canister.close();
      carrier.close();
    }
  }

  async function listed(
    operation: string,
    { raw, pages, completeness }: Pages,
    map: (raw: RawProposal) => Proposal | undefined,
  ): Promise<ProposalList> {
    const all = await mapInSlices(raw, map);
    const records = all.filter((proposal) => proposal !== undefined);
    const skipped = raw.length - records.length;
    if (skipped > 0) options.log?.(`${operation}: ${skipped} records left out`);
    if (completeness === unended) options.log?.(`${operation}: the pages do not end`);
    return { records, skipped, pages, completeness };
  }

  return {
    listOpenProposals: (signal) =>
      call('list proposals', signal, async (query) => {
        const read = await readPages(query, 'open', undefined);
        return read.ok
          ? ok(await listed('list proposals', read.value, (raw) => openProposal(raw, report)))
          : namedBy('drDre.governance.canister', read);
      }),
    listDecidedProposals: (madeSince, signal) =>
      call('list decided proposals', signal, async (query) => {
        const read = await readPages(query, 'decided', madeSince);
        if (!read.ok) return namedBy('drDre.governance.canister', read);
        const list = await listed('list decided proposals', read.value, (raw) => decidedProposal(raw, report));
        return ok({ ...list, records: list.records.filter(({ createdAt }) => createdAt >= madeSince) });
      }),
    getProposal: (id, signal) =>
      call('read proposal', signal, async (query) => {
        const read = await query({ kind: 'one', id });
        if (!read.ok) return read;
        const [raw] = read.value;
        if (raw === undefined) return ok(undefined);
        const proposal = toProposal(raw, report);
        if (proposal?.id === id) return ok(proposal);
        return fail({
          service: 'governance',
          operation: 'read proposal',
          kind: 'malformed',
          detail: 'not the proposal that was requested',
        });
      }),
  };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A record that is certainly not open does not belong in the list: left out like one that cannot be read. */
function openProposal(raw: RawProposal, report: Report): Proposal | undefined {
  const proposal = toProposal(raw, report);
  if (proposal === undefined || proposal.status === 'open' || proposal.status === 'unspecified') return proposal;
  report.skipped('proposal', proposal.id, 'status');
  return undefined;
}

/** The summary is left out: it is long, and read again with the proposal when somebody opens it. */
function decidedProposal(raw: RawProposal, report: Report): Proposal | undefined {
  const proposal = toProposal(raw, report);
  if (proposal === undefined || proposal.status !== 'open') return proposal && { ...proposal, summary: '' };
  report.skipped('proposal', proposal.id, 'status');
  return undefined;
}

/**
 * All pages, or those down to the first that has something that was made before `madeSince`: a page that is not full is the last. Ids fall from page to page; a page that does not go further down
 * (a service that ignores where we are) ends the reading as incomplete.
 */
async function readPages(
  query: QueryProposals,
  of: 'open' | 'decided',
  madeSince: Instant | undefined,
): Promise<Result<Pages, Failure>> {
  const raw: RawProposal[] = [];
  let before: bigint | undefined;
  for (let pages = 1; pages <= maxPages; pages++) {
    const found = await query({ kind: 'list', of, before, limit: pageLimit });
    if (!found.ok) return found;
    const fresh = found.value.filter(({ id: [own] }) => before === undefined || own === undefined || own.id < before);
    raw.push(...fresh);
    const isPast = found.value.some((each) => Number(each.proposal_timestamp_seconds) * 1000 < (madeSince ?? 0));
    if (found.value.length < pageLimit || isPast) return ok({ raw, pages, completeness: complete });
    const lowest = fresh.flatMap((each) => each.id.map(({ id }) => id)).reduce<bigint | undefined>(lower, undefined);
    if (lowest === undefined) return ok({ raw, pages, completeness: unended });
    before = lowest;
  }
  return ok({ raw, pages: maxPages, completeness: unended });
}

function lower(a: bigint | undefined, b: bigint): bigint {
  return a === undefined || b < a ? b : a;
}
