import type { Failure } from '../../domain/base/failure.ts';
import { joinInSteps, type Links } from '../../domain/links/join.ts';
import { knowledgeOf } from '../../domain/links/knowledge.ts';
import { Subjects } from '../../domain/links/subjects.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { decidedProposalsKey } from '../../feeds/proposals/decidedKey.ts';
import { namedProposalsKey } from '../../feeds/proposals/namedKey.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { pullRequestsKey } from '../../feeds/ci/pullRequests.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';

/** What the settings have that records do not. */
export interface LinkSettings {
  readonly epic: string;
  /** `owner/name`. */
  readonly repository: string;
}

/** Joins what the store holds. Records that did not change are not searched again. */
export class LinkBuilder {
  readonly #store: Store<Failure>;
  readonly #settings: () => LinkSettings;
  #subjects: Subjects | undefined;

  constructor(store: Store<Failure>, settings: () => LinkSettings) {
    this.#store = store;
    this.#settings = settings;
  }

  /** What is known, for the finder; empty before the first build. */
  get subjects(): Subjects {
    return (this.#subjects ??= new Subjects(knowledgeOf({ ...this.#settings() })));
  }

  /** Builds step by step: each step is short, so that whoever runs them can let others have their turn. */
  *build(): Generator<undefined, Links> {
    const records = {
      rollouts: [...this.#store.state(rolloutsKey).records.values()],
      alerts: [...this.#store.state(alertsKey).records.values()],
      tickets: [...this.#store.state(queueKey).records.values()],
      proposals: this.#proposals(),
      pullRequests: [...this.#store.state(pullRequestsKey).records.values()],
    };
    const known = knowledgeOf({ ...records, ...this.#settings() });
    // The same knowledge finds the same: what was found is kept.
    if (known.signature !== this.subjects.known.signature) this.#subjects = new Subjects(known);
    return yield* joinInSteps(records, this.subjects);
  }

  /** Those that were read because a ticket names them, those that are open, and those that were decided lately. */
  #proposals(): Iterable<Proposal> {
    const all = new Map<string, Proposal>();
    for (const { id, proposal } of this.#store.state(namedProposalsKey).records.values()) {
      if (proposal !== undefined) all.set(id, proposal);
    }
    for (const key of [proposalsKey, decidedProposalsKey]) {
      for (const [id, proposal] of this.#store.state(key).records) all.set(id, proposal);
    }
    return all.values();
  }
}
