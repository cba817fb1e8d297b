import type { Responder } from '../../../domain/alerts/alert.ts';
import type { Atlassian } from '../connection.ts';
import type { People } from './people.ts';
import type { Teams } from './teams.ts';
import { bareTeamId } from './teams.ts';

/** Names of the responders of an alert, which the service names by ids alone (atlassian.md 2.2). */
export interface Responders {
  /** Names of teams and people by the responders' ids; those that are not known are absent. Never fails. */
  responderNames(responders: readonly Responder[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

export function createResponders(connection: Atlassian, people: People, teams: Teams): Responders {
  /** By bare id. The list of teams is read again only for one that was not searched for before. */
  const teamNames = new Map<string, string | undefined>();

  async function learnTeams(ids: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    if (ids.every((id) => teamNames.has(id))) return;
    const read = await teams.listTeams(signal);
    if (!read.ok) {
      connection.log(`the names of teams could not be read: their ids are shown (${read.failure.kind})`);
      return;
    }
    for (const id of ids) teamNames.set(id, undefined);
    for (const { id, name } of read.value) teamNames.set(id, name === '' ? undefined : name);
  }

  return {
    async responderNames(responders, signal) {
      const of = (type: Responder['type']): string[] =>
        responders.flatMap((each) => (each.type === type ? [each.id] : []));
      const [teamIds, userIds] = [of('team'), of('user')];
      const [persons] = await Promise.all([people.named(userIds, signal), learnTeams(teamIds.map(bareTeamId), signal)]);
      const names = new Map<string, string>();
      for (const { accountId, name } of persons) if (name !== undefined) names.set(accountId, name);
      for (const id of teamIds) {
        const name = teamNames.get(bareTeamId(id));
        if (name !== undefined) names.set(id, name);
      }
      return names;
    },
  };
}
