import type { Alert } from '../../../domain/alerts/alert.ts';
import { bareTeamId } from './teams.ts';
import { isServiceId } from './wire.ts';

/**
 * Whether an alert is certainly another team's: it names teams as responders, not this one, and nobody else. Whoever is in
 * two teams, or sees all, is listed the alerts of others too (atlassian.md 2.2). A person, a schedule or an escalation may
 * be of this team, and so may what cannot be read: such an alert is shown, which is safe both ways.
 */
export function isOfAnotherTeam({ responders }: Pick<Alert, 'responders'>, team: string): boolean {
  const own = bareTeamId(team);
  if (!isServiceId(own) || responders.length === 0) return false;
  return responders.every(({ type, id }) => type === 'team' && isServiceId(id) && bareTeamId(id) !== own);
}
