import type { AtlassianCredentials } from '../domain/base/atlassianCredentials.ts';
import type { Failure } from '../domain/base/failure.ts';
import type { Result } from '../domain/base/result.ts';
import type { Account } from '../domain/base/account.ts';
import type { Instant } from '../domain/base/time.ts';
import type { Clock, Disposable } from '../engine/base/clock.ts';
import type { Atlassian } from '../sources/atlassian/connection.ts';
import type { Jira } from '../sources/atlassian/jira/client.ts';
import type { Ops } from '../sources/atlassian/ops/client.ts';
import type { GitHub } from '../sources/github/client.ts';
import type { Governance } from '../sources/governance/client.ts';
import type { WorkerReader } from '../sources/governance/workerReader.ts';
import type { Exchange, Http } from '../sources/http.ts';
import type { Rollouts } from '../sources/rollouts/client.ts';

/** Where Atlassian is read. */
type AtlassianAddresses = Pick<Addresses, 'atlassianSite' | 'atlassianApi'>;

/** Where the services are, from the settings. */
export interface Addresses {
  readonly atlassianSite: URL;
  readonly atlassianApi: URL;
  readonly githubApi: URL;
  readonly rolloutsUrl: URL;
  readonly governanceHost: URL;
  readonly governanceCanister: string;
}

export interface ClientsOptions {
  readonly addresses: () => Addresses;
  /** What signs in at these addresses; `addressChanged` when what there is was given for others. */
  readonly credentials: (addresses: AtlassianAddresses) => Promise<AtlassianCredentials | 'addressChanged' | undefined>;
  /** The token for GitHub's API at an address, or undefined to read without one. */
  readonly githubToken: (apiUrl: URL) => Promise<string | undefined>;
  readonly fetch: typeof fetch;
  readonly now: () => Instant;
  readonly onExchange: (exchange: Exchange) => void;
  readonly log: (line: string) => void;
  /** How long an answer is waited for, milliseconds; 20 s when absent. */
  readonly timeoutMs?: number | undefined;
  /** How that time is waited for; by the machine's own timers when absent. */
  readonly after?: Clock['after'] | undefined;
  /** The file of the thread that calls the governance canister; when absent, this thread does. */
  readonly governanceWorker?: string;
}

/** The clients of all services. Each is loaded and made when it is first used, so that none weighs on the start. */
export class Clients implements Disposable {
  readonly #options: ClientsOptions;
  #http: Promise<Http> | undefined;
  #atlassian: Promise<Atlassian> | undefined;
  #ops: Promise<Ops> | undefined;
  #jira: Promise<Jira> | undefined;
  #governance: Promise<Governance> | undefined;
  #canisterReader: Promise<WorkerReader | undefined> | undefined;
  #rollouts: Promise<Rollouts> | undefined;
  #github: Promise<GitHub> | undefined;

  constructor(options: ClientsOptions) {
    this.#options = options;
  }

  /** Addresses or credentials changed: all clients are made anew at their next use. */
  reset(): void {
    this.#atlassian = this.#ops = this.#jira = this.#governance = this.#rollouts = this.#github = undefined;
  }

  dispose(): void {
    void this.#canisterReader?.then((reader) => reader?.dispose());
  }

  readonly ops = (): Promise<Ops> => (this.#ops ??= this.#makeOps());
  readonly jira = (): Promise<Jira> => (this.#jira ??= this.#makeJira());
  readonly governance = (): Promise<Governance> => (this.#governance ??= this.#makeGovernance());
  readonly rollouts = (): Promise<Rollouts> => (this.#rollouts ??= this.#makeRollouts());
  readonly github = (): Promise<GitHub> => (this.#github ??= this.#makeGitHub());

  /** The signed-in account. */
  async account(signal?: AbortSignal): Promise<Result<Account, Failure>> {
    return (await this.#connection()).account(signal);
  }

  /** A connection of its own with credentials that are not kept yet: for trying them at the addresses that a person saw. */
  async connectWith(
    credentials: AtlassianCredentials,
    addresses: AtlassianAddresses = this.#options.addresses(),
  ): Promise<Atlassian> {
    return this.#connect(() => Promise.resolve(credentials), addresses);
  }

  #connection(): Promise<Atlassian> {
    const addresses = this.#options.addresses();
    return (this.#atlassian ??= this.#connect(() => this.#options.credentials(addresses), addresses));
  }

  /** The credentials are those for the addresses that the connection keeps: both change together. */
  async #connect(
    credentials: () => ReturnType<ClientsOptions['credentials']>,
    { atlassianSite: site, atlassianApi: apiUrl }: AtlassianAddresses,
  ): Promise<Atlassian> {
    const [{ createAtlassian }, http] = await Promise.all([
      import('../sources/atlassian/connection.ts'),
      this.#transport(),
    ]);
    return createAtlassian({ http, site, apiUrl, credentials, log: this.#options.log });
  }

  async #makeOps(): Promise<Ops> {
    const [{ createOps }, connection] = await Promise.all([
      import('../sources/atlassian/ops/client.ts'),
      this.#connection(),
    ]);
    return createOps(connection, this.#options.now);
  }

  async #makeJira(): Promise<Jira> {
    const [{ createJira }, connection] = await Promise.all([
      import('../sources/atlassian/jira/client.ts'),
      this.#connection(),
    ]);
    return createJira(connection);
  }

  async #makeGovernance(): Promise<Governance> {
    const { governanceHost, governanceCanister: canister } = this.#options.addresses();
    const [{ createGovernance }, reader] = await Promise.all([
      import('../sources/governance/client.ts'),
      (this.#canisterReader ??= this.#makeCanisterReader()),
    ]);
    const { fetch, now, onExchange, log, timeoutMs, after } = this.#options;
    return createGovernance({
      host: governanceHost.href,
      canister,
      reader,
      fetch,
      now,
      onExchange,
      log,
      after,
      timeoutMs,
    });
  }

  async #makeCanisterReader(): Promise<WorkerReader | undefined> {
    const { governanceWorker: file, log } = this.#options;
    if (file === undefined) return undefined;
    const { WorkerReader } = await import('../sources/governance/workerReader.ts');
    return new WorkerReader({ file, log });
  }

  async #makeRollouts(): Promise<Rollouts> {
    const { rolloutsUrl: baseUrl } = this.#options.addresses();
    const [{ createRollouts }, http] = await Promise.all([import('../sources/rollouts/client.ts'), this.#transport()]);
    return createRollouts({ http, baseUrl, log: this.#options.log });
  }

  async #makeGitHub(): Promise<GitHub> {
    const { githubApi: apiUrl } = this.#options.addresses();
    const { githubToken, now, log } = this.#options;
    const [{ createGitHub }, http] = await Promise.all([import('../sources/github/client.ts'), this.#transport()]);
    return createGitHub({ http, apiUrl, token: () => githubToken(apiUrl), now, log });
  }

  #transport(): Promise<Http> {
    return (this.#http ??= import('../sources/http.ts').then(({ createHttp }) => createHttp(this.#options)));
  }
}
