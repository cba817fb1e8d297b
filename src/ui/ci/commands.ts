import * as vscode from 'vscode';
import { pullRequestsKey } from '../../feeds/ci/pullRequests.ts';
import { workflowRunsKey } from '../../feeds/ci/workflowRuns.ts';
import { isGitHubItself } from '../../platform/githubCredentials.ts';
import { ciView } from '../../views/ci/view.ts';
import type { Row } from '../../views/kit/row.ts';
import type { Handler } from '../kit/commands.ts';
import type { CommandContext } from '../commandTable.ts';
import { openPages } from '../kit/linkedRows.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { World } from '../kit/world.ts';

/** What can be done with pull requests, workflow runs and the sign-in to GitHub; and what was asked of services. */
export function ciCommands(context: CommandContext): Readonly<Record<string, Handler>> {
  return {
    'drDre.ci.open': ({ rows }) => openCiPage(context, rows),
    'drDre.github.signIn': () => signInToGitHub(context),
    'drDre.github.signOut': () => signOutOfGitHub(context),
    'drDre.meter.show': () => context.documents.open('meter', 'Requests'),
  };
}

/** Opens the pages of rows, else of those that are selected, or of what the person chooses among all that is known. */
async function openCiPage(context: CommandContext, rows: readonly Row[]): Promise<void> {
  const meant = rows.length > 0 ? rows : context.views.selection('drDre.ci');
  const links = meant.flatMap(({ link }) => (link === undefined ? [] : [link]));
  const chosen = links.length > 0 ? undefined : await chosenLink(context);
  await openPages([...new Set(chosen === undefined ? links : [chosen])]);
}

/** Forgets a token that was kept. */
async function signOutOfGitHub({ githubCredentials }: World): Promise<void> {
  await githubCredentials.forget();
  void vscode.window.showInformationMessage(
    'The GitHub token is no longer in the secret store. Accounts of VS Code are signed out in its Accounts menu.',
  );
}

async function chosenLink({ store, settings, clock }: World): Promise<string | undefined> {
  const watched = { githubApi: settings.current.githubApi.href, repository: settings.current.repository };
  const model = ciView(store.state(pullRequestsKey), store.state(workflowRunsKey), viewpoint(clock), watched);
  const items = model.rows
    .flatMap(withPages)
    .map(({ label, description = '', link }) => ({ label, description, link }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage('No pull request or workflow run is known now.');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'Which pull request or workflow run?',
    matchOnDescription: true,
  });
  return picked?.link;
}

function withPages(row: Row): readonly Row[] {
  return [...(row.link === undefined ? [] : [row]), ...(row.children ?? []).flatMap(withPages)];
}

/** With the account of VS Code where the API is GitHub's own; elsewhere with a token, which goes there only. */
async function signInToGitHub({ settings, githubCredentials }: World): Promise<void> {
  const { githubApi } = settings.current;
  if (isGitHubItself(githubApi)) return githubCredentials.signIn();
  const token = await vscode.window.showInputBox({
    title: `Sign in to ${githubApi.host}`,
    prompt: 'A personal access token that may read the repository. It goes to the secret store only.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (/^\S+$/.test(text.trim()) ? undefined : 'A token has no spaces and is not empty.'),
  });
  if (token !== undefined) await githubCredentials.store(githubApi, token.trim());
}
