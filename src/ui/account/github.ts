import { isGitHubItself, type GitHubCredentials } from '../../platform/githubCredentials.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { askLine } from '../kit/inputs.ts';
import { inform, warn } from '../kit/messages.ts';

export interface GitHubSignInParts extends Pick<Host, 'settings'> {
  readonly githubCredentials: Pick<GitHubCredentials, 'signIn' | 'store' | 'remove'>;
}

/** Signs in to GitHub and out of it. */
export function gitHubCommands(parts: GitHubSignInParts): Handlers {
  return {
    'drDre.github.signIn': () => signIn(parts),
    'drDre.github.signOut': () => signOut(parts),
  };
}

/** With the account of VS Code where the API is GitHub's own; elsewhere with a token, which is sent there only. */
async function signIn({ settings, githubCredentials }: GitHubSignInParts): Promise<void> {
  const { githubApi } = settings.current;
  if (isGitHubItself(githubApi)) {
    const end = await githubCredentials.signIn();
    if (end.kind === 'failed') warn(`VS Code could not sign in to GitHub: ${end.reason}.`);
    return;
  }
  const token = await askLine({
    title: `Sign in to ${githubApi.host}`,
    prompt: 'A personal access token that may read the repository. Stored securely by VS Code.',
    isSecret: true,
    problem: (text) => (/^\S+$/.test(text.trim()) ? undefined : 'A token has no spaces and is not empty.'),
  });
  if (token !== undefined) await githubCredentials.store(githubApi, token.trim());
}

/** Removes the token from the secret store. */
async function signOut({ githubCredentials }: Pick<GitHubSignInParts, 'githubCredentials'>): Promise<void> {
  await githubCredentials.remove();
  inform('The GitHub token was removed from VS Code. Sign out of GitHub accounts in the Accounts menu.');
}
