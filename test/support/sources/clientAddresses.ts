import type { Addresses } from '../../../src/feeds/clients.ts';
import type { Simulator } from '../../simulator/simulator.ts';

/** Where the clients find the simulated services. */
export function clientAddresses({ addresses }: Pick<Simulator, 'addresses'>): Addresses {
  return {
    atlassianSite: new URL(addresses.atlassianSite),
    atlassianApi: new URL(addresses.atlassianApi),
    githubApi: new URL(addresses.github),
    rolloutsUrl: new URL(addresses.rollouts),
    governanceHost: new URL(addresses.governance),
    governanceCanister: 'rrkah-fqaaa-aaaaa-aaaaq-cai',
  };
}
