import { createAtlassianServices } from './atlassian.ts';
import { startControl } from './control.ts';
import { createGithubService } from './github.ts';
import { createGovernanceService } from './governance.ts';
import { createRolloutsService } from './rollouts.ts';
import { type Origin, type RequestRecord, startOrigin } from './server.ts';
import type { Fault, SimService } from './service.ts';
import { createSlackService } from './slack.ts';
import { refusingAddress } from './unreachable.ts';
import { people, tokens, World, type WorldOptions } from './world.ts';

// The outside world on loopback: every service on an origin of its own, one clock, one seed.

/**
 * The services, by the name of their address. To add one: a line here, and its name in `AddressName`.
 * The two of Atlassian are one maker because they share their state.
 */
const makers: readonly {
  readonly names: readonly AddressName[];
  readonly create: (world: World) => Partial<Record<AddressName, SimService>>;
}[] = [
  { names: ['atlassianSite', 'atlassianApi'], create: createAtlassianServices },
  { names: ['github'], create: (world) => ({ github: createGithubService(world) }) },
  { names: ['governance'], create: (world) => ({ governance: createGovernanceService(world) }) },
  { names: ['rollouts'], create: (world) => ({ rollouts: createRolloutsService(world) }) },
  { names: ['slack'], create: (world) => ({ slack: createSlackService(world) }) },
];

/** The address that each service listens on has one of these names; faults, switches and records of requests use it too. */
export type AddressName = 'atlassianSite' | 'atlassianApi' | 'github' | 'rollouts' | 'governance' | 'slack';

/** A service's name, or `atlassian` for both of Atlassian's. */
export type ServiceName = AddressName | 'atlassian';

export interface SimulatorOptions extends WorldOptions {
  /** Only these services; all when absent. The address of one that is left out refuses connections. */
  readonly services?: readonly ServiceName[];
}

export interface SimulatorAddresses extends Readonly<Record<AddressName, string>> {
  /** No service: where the links of rollouts lead. */
  readonly airflow: string;
}

const airflow = 'https://airflow.ch1-rel1.dfinity.network';

export interface Simulator {
  readonly addresses: SimulatorAddresses;
  /** Origin of the control address (`control.ts` says what it takes). */
  readonly control: string;
  /** Credentials that the services accept, as the environment variables that the extension reads. */
  readonly env: Readonly<Record<string, string>>;
  /** The world as it is now: another one after a reset. */
  world(): World;
  /** Plays a fault from now on, after those already there. */
  fault(service: ServiceName, fault: Fault): void;
  /** Faults still to come, by service. */
  faults(): Readonly<Record<string, readonly Fault[]>>;
  /** Of one service; of all when absent. */
  clearFaults(service?: ServiceName): void;
  /** Turns a service's switch; throws on an unknown name or value. */
  switch(service: ServiceName, name: string, value: unknown): void;
  /** Moves time forward, and lets every service catch up. */
  advance(ms: number): void;
  /** World seconds per real second. */
  setSpeed(speed: number): void;
  /** Every request since the start or the last reset, oldest first. */
  requests(service?: ServiceName): readonly RequestRecord[];
  resetRequests(): void;
  /** Builds the world and all services anew at the same addresses; what is not given stays. Faults and records are gone. */
  reset(options?: WorldOptions): void;
  stop(): Promise<void>;
}

/** Starts the simulator in this process. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  let worldOptions: WorldOptions = options;
  let world = new World(worldOptions);
  let services = createServices(world, options.services);
  const origins = new Map<AddressName, Origin>();
  for (const [name, service] of services) origins.set(name, await startOrigin(name, service, () => world.now()));

  function* chosen(service: ServiceName | undefined): Generator<[AddressName, Origin]> {
    const wanted = service === undefined ? undefined : expand(service);
    if (wanted?.some((name) => !origins.has(name)) === true) throw new Error(`No such service: ${service}`);
    for (const [name, origin] of origins) if (wanted?.includes(name) ?? true) yield [name, origin];
  }

  const address = (name: AddressName): string => origins.get(name)?.address ?? refusingAddress;
  const parts: Omit<Simulator, 'control' | 'stop'> = {
    addresses: {
      atlassianSite: address('atlassianSite'),
      atlassianApi: address('atlassianApi'),
      github: address('github'),
      rollouts: address('rollouts'),
      governance: address('governance'),
      slack: address('slack'),
      airflow,
    },
    env: {
      DR_DRE_ATLASSIAN_EMAIL: people[0].email,
      DR_DRE_ATLASSIAN_TOKEN: tokens.atlassian.classic,
      DR_DRE_GITHUB_TOKEN: tokens.github,
      DR_DRE_SLACK_TOKEN: tokens.slack,
    },
    world: () => world,
    fault: (service, fault) => {
      for (const [, origin] of chosen(service)) origin.addFault(fault);
    },
    faults: () => Object.fromEntries([...origins].map(([name, origin]) => [name, origin.faults()])),
    clearFaults: (service) => {
      for (const [, origin] of chosen(service)) origin.clearFaults();
    },
    switch: (service, name, value) => {
      const [first] = chosen(service);
      if (first !== undefined) services.get(first[0])?.configure(name, value);
    },
    advance: (ms) => {
      world.advance(ms);
      for (const service of services.values()) service.advanced();
    },
    setSpeed: (speed) => {
      world.setSpeed(speed);
      for (const service of services.values()) service.advanced();
    },
    requests: (service) =>
      [...chosen(service)].flatMap(([, origin]) => origin.requests()).sort((one, other) => one.at - other.at),
    resetRequests: () => {
      for (const origin of origins.values()) origin.resetRequests();
    },
    reset: (given = {}) => {
      for (const service of services.values()) service.dispose();
      worldOptions = {
        seed: given.seed ?? worldOptions.seed,
        startAt: given.startAt ?? worldOptions.startAt,
        speed: given.speed ?? worldOptions.speed,
        size: given.size ?? worldOptions.size,
        sizes: given.sizes ?? worldOptions.sizes,
      };
      world = new World(worldOptions);
      services = createServices(world, options.services);
      for (const [name, service] of services) origins.get(name)?.serve(service);
      for (const origin of origins.values()) {
        origin.clearFaults();
        origin.resetRequests();
      }
    },
  };
  const control = await startControl(parts);
  return {
    ...parts,
    control: control.address,
    stop: async () => {
      await Promise.all([control.stop(), ...[...origins.values()].map((origin) => origin.stop())]);
    },
  };
}

function createServices(world: World, only: readonly ServiceName[] | undefined): Map<AddressName, SimService> {
  const wanted = only?.flatMap(expand);
  const services = new Map<AddressName, SimService>();
  for (const { names, create } of makers) {
    if (wanted !== undefined && !names.some((name) => wanted.includes(name))) continue;
    const made = create(world);
    for (const name of names) {
      const service = made[name];
      if (service !== undefined) services.set(name, service);
    }
  }
  return services;
}

function expand(service: ServiceName): AddressName[] {
  return service === 'atlassian' ? ['atlassianSite', 'atlassianApi'] : [service];
}
