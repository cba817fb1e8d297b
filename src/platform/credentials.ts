import type * as vscode from 'vscode';
import type { AtlassianCredentials } from '../domain/base/atlassianCredentials.ts';
import { isLoopback } from '../domain/base/ids.ts';
import { secretForms } from '../domain/base/secretForms.ts';
import { fromJson, objectFromJson } from '../engine/disk/json.ts';

/** Where Atlassian is read, as the settings have it. */
export interface AtlassianAddresses {
  readonly atlassianSite: URL;
  readonly atlassianApi: URL;
}

/** The hosts that credentials were given for. */
interface Hosts {
  readonly site: string;
  readonly api: string;
}

/** Credentials that are there and may not be sent to the addresses of the settings. */
export interface Withheld {
  readonly email: string;
  /** The hosts that they were given for; undefined where that is not known. */
  readonly givenFor: Hosts | undefined;
}

const key = 'drDre.atlassian';
const environmentKey = 'drDre.atlassian.environment';

/**
 * Credentials: stored securely by VS Code, else from the environment (`DR_DRE_ATLASSIAN_EMAIL`,
 * `DR_DRE_ATLASSIAN_TOKEN`). They are kept nowhere else. They are returned for the hosts that they were given for
 * alone, as another extension can change the settings: those of the secret store for the hosts at which a person signed
 * in, those of the environment for the hosts at which they were first used on this machine. A person can confirm others.
 */
export class Credentials {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: NodeJS.ProcessEnv;
  /** The tokens that were returned since the start, in all their forms, for the log to leave out. */
  readonly #used = new Set<string>();
  /** The last answer of this window was `addressChanged`: a confirmation in any window changes it. */
  #isWithheld = false;

  constructor(secrets: vscode.SecretStorage, environment: NodeJS.ProcessEnv) {
    this.#secrets = secrets;
    this.#environment = environment;
  }

  /**
   * The credentials for these addresses. Undefined when nobody is signed in; `addressChanged` when there are some that
   * were given for another host. Never shows a question.
   */
  async atlassian(addresses: AtlassianAddresses): Promise<AtlassianCredentials | 'addressChanged' | undefined> {
    const found = await this.#find(hostsOf(addresses));
    this.#isWithheld = found !== undefined && !found.fits;
    if (found === undefined) return undefined;
    this.#use(found.credentials);
    return found.fits ? found.credentials : 'addressChanged';
  }

  /** The credentials that are there and were given for other hosts; undefined when there are none such. */
  async withheld(addresses: AtlassianAddresses): Promise<Withheld | undefined> {
    const found = await this.#find(hostsOf(addresses));
    if (found === undefined || found.fits) return undefined;
    return { email: found.credentials.email, givenFor: found.givenFor };
  }

  /** The e-mail address of the last sign-in; undefined when nobody has signed in. */
  async email(): Promise<string | undefined> {
    return (parse(await this.#secrets.get(key)) ?? this.#fromEnvironment())?.email;
  }

  /** Whether the secret store has something to remove: whoever is signed in by the environment alone cannot sign out. */
  async isKept(): Promise<boolean> {
    return (await this.#secrets.get(key)) !== undefined;
  }

  /** Keeps credentials for these addresses in the secret store. */
  async storeAtlassian(credentials: AtlassianCredentials, addresses: AtlassianAddresses): Promise<void> {
    this.#use(credentials);
    const { email, token } = credentials;
    await this.#secrets.store(key, JSON.stringify({ email, token, hosts: hostsOf(addresses) }));
  }

  /** A person says that the credentials that are there may be sent to these addresses. */
  async confirm(addresses: AtlassianAddresses): Promise<void> {
    const kept = parse(await this.#secrets.get(key));
    if (kept === undefined) await this.#secrets.store(environmentKey, JSON.stringify(hostsOf(addresses)));
    else await this.storeAtlassian(kept, addresses);
  }

  /** Removes what the secret store has. Returns whether the environment still signs in. */
  async removeAtlassian(): Promise<'signedOut' | 'environmentRemains'> {
    await this.#secrets.delete(key);
    return this.#fromEnvironment() === undefined ? 'signedOut' : 'environmentRemains';
  }

  /** Fires when somebody signs in or out, or confirms an address, in this window or another. */
  onDidChange(run: () => void): vscode.Disposable {
    return this.#secrets.onDidChange((event) => {
      // What is kept at the first use of the environment's credentials changes nothing.
      if (event.key === key || (event.key === environmentKey && this.#isWithheld)) run();
    });
  }

  /** Every token in use, in all the forms that it may stand in (`secretForms`), for the log to leave out. */
  secrets(): readonly string[] {
    return [...this.#used];
  }

  async #find(hosts: Hosts): Promise<FoundCredentials | undefined> {
    const kept = parse(await this.#secrets.get(key));
    if (kept !== undefined) {
      const { email, token, givenFor } = kept;
      return { credentials: { email, token }, givenFor, fits: isSame(givenFor, hosts) };
    }
    const credentials = this.#fromEnvironment();
    if (credentials === undefined) return undefined;
    const known = parseHosts(await this.#secrets.get(environmentKey));
    if (known === undefined) await this.#secrets.store(environmentKey, JSON.stringify(hosts));
    const givenFor = known ?? hosts;
    return { credentials, givenFor, fits: isSame(givenFor, hosts) };
  }

  #use({ email, token }: AtlassianCredentials): void {
    for (const form of [token, `${email}:${token}`].flatMap(secretForms)) this.#used.add(form);
  }

  #fromEnvironment(): AtlassianCredentials | undefined {
    const email = this.#environment['DR_DRE_ATLASSIAN_EMAIL'];
    const token = this.#environment['DR_DRE_ATLASSIAN_TOKEN'];
    return email === undefined || email === '' || token === undefined || token === '' ? undefined : { email, token };
  }
}

interface FoundCredentials {
  readonly credentials: AtlassianCredentials;
  readonly givenFor: Hosts | undefined;
  readonly fits: boolean;
}

/** All ports of this machine are one host: who listens there runs here already. */
function hostsOf({ atlassianSite, atlassianApi }: AtlassianAddresses): Hosts {
  const hostOf = (url: URL): string => (isLoopback(url.hostname) ? 'this machine' : url.host);
  return { site: hostOf(atlassianSite), api: hostOf(atlassianApi) };
}

function isSame(one: Hosts | undefined, other: Hosts): boolean {
  return one?.site === other.site && one.api === other.api;
}

/** What another version has written is treated as none, and replaced by the next sign-in. */
function parse(
  text: string | undefined,
): (AtlassianCredentials & { readonly givenFor: Hosts | undefined }) | undefined {
  return objectFromJson(text, ({ email, token, hosts }) => {
    if (typeof email !== 'string' || typeof token !== 'string') return undefined;
    return { email, token, givenFor: readHosts(hosts) };
  });
}

function parseHosts(text: string | undefined): Hosts | undefined {
  return fromJson(text, readHosts);
}

function readHosts(value: unknown): Hosts | undefined {
  if (typeof value !== 'object' || value === null || !('site' in value) || !('api' in value)) return undefined;
  const { site, api } = value;
  return typeof site === 'string' && typeof api === 'string' ? { site, api } : undefined;
}
