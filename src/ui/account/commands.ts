import type { Handlers } from '../kit/commands.ts';
import { atlassianCommands, type AtlassianSignInParts } from './atlassian.ts';
import { gitHubCommands, type GitHubSignInParts } from './github.ts';

export interface AccountCommandParts extends AtlassianSignInParts, GitHubSignInParts {}

/** Signs in to the services and out of them. */
export function accountCommands(parts: AccountCommandParts): Handlers {
  return { ...atlassianCommands(parts), ...gitHubCommands(parts) };
}
