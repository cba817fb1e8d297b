import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { minute, second } from '../../../../src/domain/base/time.ts';
import { knowledgeOf } from '../../../../src/domain/links/knowledge.ts';
import type { Links } from '../../../../src/domain/links/join.ts';
import { Subjects } from '../../../../src/domain/links/subjects.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import type { ProposalOutcome } from '../../../../src/domain/proposals/outcome.ts';
import { Emitter } from '../../../../src/engine/base/emitter.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { accountKey } from '../../../../src/feeds/kit/account.ts';
import { runsKey } from '../../../../src/feeds/operations/keys.ts';
import { decidedProposalsKey } from '../../../../src/feeds/proposals/decidedKey.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { ticketTextsKey, type ReadTexts } from '../../../../src/feeds/queue/textsKey.ts';
import { rotationsKey } from '../../../../src/feeds/rotation/keys.ts';
import type { OutcomeCommentsParts } from '../../../../src/ui/proposals/outcomeComments.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { joinLinks } from '../../../support/feeds/joinLinks.ts';
import { proposal, ticket } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { account, dana, eli, rotation } from '../../../support/feeds/rotationBuilder.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { outcomeComments } = await import('../../../../src/ui/proposals/outcomeComments.ts');

describe('comments on what became of proposals', () => {
  const clock = new FakeClock(wednesday);
  const disk = new MemoryDisk();
  const open: Window[] = [];
  /** The comments that were sent, by all windows. */
  const sent: string[] = [];

  /** A window of a person who is on call or not. */
  class Window {
    readonly store = new Store<Failure>(rethrow);
    readonly #linked = new Emitter<void>(rethrow);
    readonly #settingsChanged = new Emitter<unknown>(rethrow);
    readonly #current = { outcomeComments: true, proposers: ['80'] };
    readonly #tickets = [ticket('DRE-1', { labels: ['proposal:140001', 'proposal:140003'] }), ticket('DRE-2')];
    readonly #ended;

    constructor({ onCall = dana, isLeader = true, isWanted = true } = {}) {
      const { store } = this;
      const fresh = { status: 'fresh', asOf: clock.now() } as const;
      const records = [rotation({ name: 'DRE Alerts', role: 'alerts', current: [onCall] })];
      store.update(rotationsKey, { ...fresh, records });
      store.update(accountKey, { ...fresh, records: [account] });
      store.update(queueKey, { ...fresh, records: this.#tickets });
      this.#current.outcomeComments = isWanted;
      const linksOf = (): Links => this.#links();
      const parts = {
        store,
        clock,
        log: memoryLog(),
        settings: { current: this.#current, onDidChange: this.#settingsChanged.event },
        account: { current: account },
        links: {
          get current() {
            return linksOf();
          },
          onDidChange: this.#linked.event,
        },
        windows: { role: isLeader ? 'leader' : 'follower', onDidChangeRole: new Emitter(rethrow).event },
        scopeDisk: () => disk,
        writeKinds: () => Promise.resolve({ outcome: 'outcome' }),
        writes: {
          run(_kind: unknown, key: string, { id, status }: ProposalOutcome) {
            sent.push(`${key}: ${id} ${status}`);
            return Promise.resolve({ state: { kind: 'applied' } });
          },
        },
      };
      // Only what it uses.
      this.#ended = outcomeComments(parts as unknown as OutcomeCommentsParts);
      open.push(this);
    }

    /** The first look, as when the window opens. */
    async start(): Promise<this> {
      this.#ended.read();
      await clock.advance(second);
      return this;
    }

    async want(isWanted: boolean): Promise<void> {
      this.#current.outcomeComments = isWanted;
      this.#settingsChanged.fire(undefined);
      await clock.advance(second);
    }

    /** The canister lists these as decided. */
    async decide(...records: readonly Proposal[]): Promise<void> {
      this.store.update(decidedProposalsKey, { status: 'fresh', asOf: clock.now(), records });
      this.#linked.fire();
      await clock.advance(second);
    }

    /** A run of dre that was started from the second ticket has submitted a proposal. */
    submit(id: string): void {
      const end = { proposals: [id] };
      this.store.update(runsKey, { status: 'fresh', records: [{ id: 'r1', ticket: 'DRE-2', end } as never] });
    }

    /** The texts of a ticket were read, and hold a number. */
    readTexts(key: string, number: string): void {
      const texts = { updatedAt: clock.now(), named: { numbers: [number], isWhole: true } };
      const record = { key, readFor: clock.now(), texts } as unknown as ReadTexts;
      this.store.update(ticketTextsKey, { status: 'fresh', records: [record] });
    }

    dispose(): void {
      this.#ended.dispose();
    }

    #links(): Links {
      const proposals = [...this.store.state(decidedProposalsKey).records.values()];
      const records = { alerts: [], rollouts: [], tickets: this.#tickets, proposals, pullRequests: [] };
      return joinLinks(records, new Subjects(knowledgeOf(records)));
    }
  }

  const executed = (id: bigint, more: Partial<Proposal> = {}): Proposal =>
    proposal(id, { status: 'executed', endedAt: clock.now(), ...more });

  beforeEach(() => {
    disk.files.clear();
    sent.length = 0;
  });
  afterEach(() => {
    for (const window of open.splice(0)) window.dispose();
  });

  it('are sent once, by one of the windows, and not again after a reload', async () => {
    const [first, second] = [await new Window().start(), await new Window().start()];
    const follower = await new Window({ isLeader: false }).start();
    await clock.advance(minute);
    const one = executed(140001n);
    await Promise.all([first, second, follower].map((each) => each.decide(one)));
    assert.deepEqual(sent, ['DRE-1: 140001 executed']);
    const reloaded = await new Window().start();
    await reloaded.decide(one);
    assert.equal(sent.length, 1);
  });

  it('say each step, of which a later one may be the first that is seen', async () => {
    const window = await new Window().start();
    await clock.advance(minute);
    await window.decide(proposal(140001n, { status: 'adopted' }));
    await window.decide(proposal(140001n, { status: 'failed', endedAt: clock.now(), failureReason: 'no node' }));
    assert.deepEqual(sent, ['DRE-1: 140001 adopted', 'DRE-1: 140001 failed']);
  });

  it('are for what is decided once they are wanted, also when that is taken back in between', async () => {
    const window = await new Window({ isWanted: false }).start();
    const before = executed(140001n);
    await window.decide(before);
    await clock.advance(minute);
    await window.want(true);
    await window.decide(before);
    assert.deepEqual(sent, []);
    await window.want(false);
    const meanwhile = executed(140001n);
    await clock.advance(minute);
    await window.want(true);
    await window.decide(meanwhile);
    assert.deepEqual(sent, []);
    await clock.advance(minute);
    await window.decide(meanwhile, executed(140003n));
    assert.deepEqual(sent, ['DRE-1: 140003 executed']);
  });

  it('are for proposals of the team, and for those of runs, whose ticket need not name them', async () => {
    const window = await new Window().start();
    await clock.advance(minute);
    await window.decide(executed(140001n, { proposer: 7n }), executed(140002n, { proposer: 7n }));
    assert.deepEqual(sent, []);
    window.submit('140002');
    await clock.advance(second);
    assert.deepEqual(sent, ['DRE-2: 140002 executed']);
  });

  it('are for tickets that name a proposal in their descriptions or comments alone', async () => {
    const window = await new Window().start();
    await clock.advance(minute);
    await window.decide(executed(140002n));
    assert.deepEqual(sent, []);
    window.readTexts('DRE-2', '140002');
    await clock.advance(second);
    assert.deepEqual(sent, ['DRE-2: 140002 executed']);
  });

  it('are not sent by somebody who is not on shift', async () => {
    const window = await new Window({ onCall: eli }).start();
    await clock.advance(minute);
    await window.decide(executed(140001n));
    assert.deepEqual(sent, []);
  });
});
