import type { Failure } from '../../domain/base/failure.ts';
import { isProposalId } from '../../domain/base/ids.ts';
import { finalStatus, type Proposal } from '../../domain/proposals/proposal.ts';
import { Recent } from '../../engine/base/recent.ts';
import type { Governance } from '../../sources/governance/client.ts';

/** What is known of one proposal that was read by its id. */
export interface ProposalDetails {
  /** `none`: the canister has no proposal of this id. Undefined as long as it is not known. */
  readonly read: Proposal | 'none' | undefined;
  readonly reading: boolean;
  /** Why the last read failed; what was read before stays. */
  readonly failure: Failure | undefined;
}

const nothing: ProposalDetails = { read: undefined, reading: false, failure: undefined };

/** So many proposals are kept: the ones that were shown last. */
const most = 50;

/** Reads proposals by their ids when somebody opens them: one request each, and none for one that has ended already. */
export class ProposalDetailsReader {
  readonly #governance: () => Promise<Governance>;
  readonly #changed: (id: string) => void;
  readonly #known = new Recent<ProposalDetails>({ most, dropped: (id) => this.#left.delete(id) });
  /** Those that were read again because they were open no longer. */
  readonly #left = new Set<string>();
  /** Counts resets: an answer to a question of before is not taken. */
  #era = 0;

  /** `changed` is called whenever something new is known of a proposal. */
  constructor(governance: () => Promise<Governance>, changed: (id: string) => void) {
    this.#governance = governance;
    this.#changed = changed;
  }

  state(id: string): ProposalDetails {
    return this.#known.get(id) ?? nothing;
  }

  /** Reads a proposal, unless it is being read, or it was and will not change any more. */
  async read(id: string): Promise<void> {
    const before = this.state(id);
    if (!isProposalId(id) || before.reading) return;
    if (typeof before.read === 'object' && finalStatus(before.read) !== undefined) return;
    const era = this.#era;
    this.#set(id, { ...before, reading: true, failure: undefined });
    const next = await this.#request(id, before);
    if (era === this.#era) this.#set(id, next);
  }

  /**
   * A document shows the proposal, which is among the open ones or not: one that has left them is read again, as it was
   * open when it was read.
   */
  follow(id: string, isOpen: boolean): void {
    const { read, reading } = this.state(id);
    if (isOpen) this.#left.delete(id);
    if (isOpen || reading || typeof read !== 'object' || this.#left.has(id)) return;
    this.#left.add(id);
    void this.read(id);
  }

  /** Removes all: the settings lead to another canister. */
  reset(): void {
    this.#era++;
    this.#left.clear();
    for (const id of this.#known.clear()) this.#changed(id);
  }

  async #request(id: string, before: ProposalDetails): Promise<ProposalDetails> {
    try {
      const read = await (await this.#governance()).getProposal(BigInt(id));
      if (!read.ok) return { ...before, reading: false, failure: read.failure };
      return { read: read.value ?? 'none', reading: false, failure: undefined };
    } catch (cause) {
      // A bug, or a client that cannot be loaded: shown like a failure, or it would stay shown as being read.
      const failure: Failure = { kind: 'malformed', service: 'governance', operation: 'read proposal', cause };
      return { ...before, reading: false, failure };
    }
  }

  #set(id: string, state: ProposalDetails): void {
    this.#known.set(id, state);
    this.#changed(id);
  }
}
