import assert from 'node:assert/strict';
import type { Failure } from '../../../src/domain/base/failure.ts';
import type { Result } from '../../../src/domain/base/result.ts';
import { createAtlassian, type Atlassian } from '../../../src/sources/atlassian/connection.ts';
import { createJira, type Jira } from '../../../src/sources/atlassian/jira/client.ts';
import { createOps, type Ops } from '../../../src/sources/atlassian/ops/client.ts';
import { createHttp } from '../../../src/sources/http.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { people, tokens, type WorldOptions } from '../../simulator/world.ts';
import { checkedFetch, type CheckedFetch } from './checkedFetch.ts';
import type { SpecName } from './openapi.ts';
import { UnderWay } from '../feeds/underWay.ts';

/** A connection to the simulator, every call to one API checked both ways. */
interface Fixture {
  readonly simulator: Simulator;
  readonly wire: CheckedFetch;
  readonly logged: string[];
  /** Waits until every request has its whole answer: for tests whose clock must not run ahead of the machine. */
  answered(): Promise<void>;
}

/** The client of the alert operations API against the simulator. */
export interface OpsFixture extends Fixture {
  /** A client whose clock is the world's. */
  ops(token?: string): Ops;
}

/** The client of the Jira platform against the simulator. */
export interface JiraFixture extends Fixture {
  jira(token?: string): Jira;
}

/**
 * Starts the fixture before the tests of a `describe` and stops it after them. Each test begins with a new world, and fails
 * when a call did not fit the service's description.
 */
function startedFixture(options: WorldOptions, name: SpecName): Fixture & { connect(token?: string): Atlassian } {
  let simulator: Simulator;
  const wire = checkedFetch(name);
  const underWay = new UnderWay(wire.fetch);
  const logged: string[] = [];
  before(async () => (simulator = await startSimulator({ services: ['atlassian'], speed: 0, ...options })));
  beforeEach(() => {
    simulator.reset({ speed: 0, ...options });
    simulator.switch('atlassian', 'actionDelayMs', 0);
    Object.assign(wire, { after: undefined, tamper: undefined, instead: undefined, checkAnswers: true });
    for (const list of [wire.problems, wire.calls, logged]) list.length = 0;
  });
  afterEach(() => assert.deepEqual(wire.problems, []));
  after(() => simulator.stop());
  return {
    get simulator() {
      return simulator;
    },
    wire,
    logged,
    answered: () => underWay.answered(),
    connect(token = tokens.atlassian.classic) {
      return createAtlassian({
        http: createHttp({ fetch: underWay.fetch, now: Date.now }),
        site: new URL(simulator.addresses.atlassianSite),
        apiUrl: new URL(simulator.addresses.atlassianApi),
        credentials: () => Promise.resolve({ email: people[0].email, token }),
        log: (line) => logged.push(line),
      });
    },
  };
}

/** A fixture for the alert operations API. */
export function opsFixture(options: WorldOptions = {}): OpsFixture {
  const fixture = startedFixture(options, 'jsm-operations');
  return Object.assign(fixture, {
    ops: (token?: string) => createOps(fixture.connect(token), () => fixture.simulator.world().now()),
  });
}

/** A fixture for the Jira platform. */
export function jiraFixture(options: WorldOptions = {}): JiraFixture {
  const fixture = startedFixture(options, 'jira-cloud-platform-v3');
  return Object.assign(fixture, { jira: (token?: string) => createJira(fixture.connect(token)) });
}

/** The value of a success; fails the test otherwise. */
export function valueOf<T>(result: Result<T, Failure>): T {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

/** The kind of a failure; undefined for a success. */
export function kindOf(result: Result<unknown, Failure>): string | undefined {
  return result.ok ? undefined : result.failure.kind;
}
