import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Clients } from '../../feeds/clients.ts';
import { ok, type Result } from '../../domain/base/result.ts';
import type { AtlassianCredentials, Credentials } from '../../platform/credentials.ts';
import { longestMessage, messageText } from '../../views/kit/format.ts';
import { explain } from '../../views/kit/sentences.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';

export interface AtlassianSignInParts extends Pick<Host, 'settings'> {
  readonly credentials: Credentials;
  readonly clients: Pick<Clients, 'connectWith'>;
}

/** What a check of fresh credentials found. */
interface SignInCheck {
  /** Display name of the account. */
  readonly name: string;
  /** Why alerts and schedules are out of reach although Jira is not; undefined when they are in reach. */
  readonly opsProblem: Failure | undefined;
}

/** Tries credentials on the services. */
type CheckSignIn = (credentials: AtlassianCredentials) => Promise<Result<SignInCheck, Failure>>;

/** Signs in to Atlassian and out of it. */
export function atlassianCommands(parts: AtlassianSignInParts): Handlers {
  const { credentials, settings } = parts;
  return {
    'drDre.signIn': () => signIn(credentials, settings.current.atlassianSite.host, checkWith(parts)),
    'drDre.signOut': async () => {
      const left = await credentials.forgetAtlassian();
      void vscode.window.showInformationMessage(
        left === 'signedOut'
          ? 'Signed out. The token is no longer in the secret store.'
          : 'The token is no longer in the secret store, but the environment variables still sign in.',
      );
    },
  };
}

/** Tries credentials: Jira says who it is, the alert API whether the team's alerts can be seen. */
function checkWith({ clients }: AtlassianSignInParts): CheckSignIn {
  return async (credentials) => {
    const connection = await clients.connectWith(credentials);
    const checked = await connection.checkSignIn();
    if (!checked.jira.ok) return checked.jira;
    return ok({ name: checked.jira.value.name, opsProblem: checked.ops.ok ? undefined : checked.ops.failure });
  };
}

/** Asks for e-mail address and token, tries them, and keeps them only when they work or the person insists. */
async function signIn(credentials: Credentials, site: string, check: CheckSignIn): Promise<void> {
  let typed: AtlassianCredentials | undefined = { email: (await credentials.atlassian())?.email ?? '', token: '' };
  let problem: string | undefined;
  for (;;) {
    typed = await ask(typed, site, problem);
    if (typed === undefined) return;
    const attempt = typed;
    const checked = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `Signing in to ${site}…` },
      () => check(attempt),
    );
    if (checked.ok) {
      await credentials.storeAtlassian(attempt);
      welcome(checked.value);
      return;
    }
    const { title, wayForward } = explain(checked.failure);
    problem = title;
    // The token may be right while the network is not: nothing typed is lost.
    const again = 'Try Again';
    const keep = 'Keep Anyway';
    const actions = checked.failure.kind === 'unauthorized' ? [again] : [again, keep];
    const choice = await vscode.window.showWarningMessage(
      messageText(`${title}. ${wayForward}`, longestMessage),
      ...actions,
    );
    if (choice === keep) await credentials.storeAtlassian(attempt);
    if (choice !== again) return;
  }
}

async function ask(
  before: AtlassianCredentials,
  site: string,
  problem: string | undefined,
): Promise<AtlassianCredentials | undefined> {
  const email = await vscode.window.showInputBox({
    title: `Sign in to ${site} (1 of 2)`,
    prompt: problem ?? 'The e-mail address of your Atlassian account',
    placeHolder: 'you@example.com',
    value: before.email,
    ignoreFocusOut: true,
    validateInput: (text) => (/^[^\s@]+@[^\s@]+$/.test(text.trim()) ? undefined : 'An e-mail address is needed.'),
  });
  if (email === undefined) return undefined;
  const token = await vscode.window.showInputBox({
    title: `Sign in to ${site} (2 of 2)`,
    prompt: 'An API token without scopes, made at id.atlassian.com under Security. It goes to the secret store only.',
    value: before.token,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (/^\S+$/.test(text.trim()) ? undefined : 'A token has no spaces and is not empty.'),
  });
  return token === undefined ? undefined : { email: email.trim(), token: token.trim() };
}

function welcome(check: SignInCheck): void {
  if (check.opsProblem === undefined) {
    void vscode.window.showInformationMessage(messageText(`Signed in as ${check.name}.`, longestMessage));
    return;
  }
  const { title, wayForward } = explain(check.opsProblem);
  void vscode.window.showWarningMessage(
    messageText(`Signed in to Jira as ${check.name}, but without alerts: ${title}. ${wayForward}`, longestMessage),
  );
}
