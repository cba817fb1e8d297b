import type { Failure } from '../../domain/base/failure.ts';
import type { Clients } from '../../feeds/clients.ts';
import { ok, type Result } from '../../domain/base/result.ts';
import type { AtlassianCredentials } from '../../domain/base/atlassianCredentials.ts';
import type { AtlassianAddresses, Credentials } from '../../platform/credentials.ts';
import { explain, type Explanation } from '../../views/kit/sentences.ts';
import { chooseAndRun, withBack } from '../kit/chain.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { askLine, askSecret } from '../kit/inputs.ts';
import { inform, showMessage, warn } from '../kit/messages.ts';
import { pickOne } from '../kit/picks.ts';
import { progressInNotification } from '../kit/progress.ts';

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

/** Signs in to Atlassian and out of it. */
export function atlassianCommands(parts: AtlassianSignInParts): Handlers {
  const { credentials } = parts;
  return {
    'drDre.signIn': () => signInOrConfirm(parts),
    'drDre.signOut': async () => {
      const left = await credentials.removeAtlassian();
      inform(
        left === 'signedOut'
          ? 'Signed out. The token was removed from VS Code.'
          : 'The token was removed from VS Code, but the environment variables still sign in.',
      );
    },
  };
}

/** Where there are credentials that were given for another address, a person may have them used at this one. */
async function signInOrConfirm(parts: AtlassianSignInParts): Promise<void> {
  const { credentials, settings } = parts;
  // The same to the end: what a person was shown is where the token goes.
  const { atlassianSite, atlassianApi } = settings.current;
  const addresses = { atlassianSite, atlassianApi };
  const withheld = await credentials.withheld(addresses);
  if (withheld !== undefined) {
    const { email, givenFor } = withheld;
    const where = givenFor === undefined ? 'another address' : namesOf(givenFor.site, givenFor.api);
    const now = namesOf(atlassianSite.host, atlassianApi.host);
    const choices = [
      { label: 'Sign in again…', description: `at ${now}`, confirms: false },
      { label: `Send the token to ${now}`, description: 'only if you changed the address yourself', confirms: true },
    ];
    const placeHolder = `The token of ${email} was given for ${where}`;
    await chooseAndRun(
      () => pickOne(choices, { title: 'The Address of Jira Was Changed', placeHolder }),
      ({ confirms }) => (confirms ? credentials.confirm(addresses) : signIn(parts, addresses)),
    );
    return;
  }
  await signIn(parts, addresses);
}

function namesOf(site: string, api: string): string {
  return site === api ? site : `${site} and ${api}`;
}

/** Tries credentials: Jira says who it is, the alert API whether the team's alerts can be seen. */
async function check(
  { clients }: Pick<AtlassianSignInParts, 'clients'>,
  credentials: AtlassianCredentials,
  addresses: AtlassianAddresses,
): Promise<Result<SignInCheck, Failure>> {
  const connection = await clients.connectWith(credentials, addresses);
  const checked = await connection.checkSignIn();
  if (!checked.jira.ok) return checked.jira;
  return ok({ name: checked.jira.value.name, opsProblem: checked.ops.ok ? undefined : checked.ops.failure });
}

/** Where a person makes a token: the same page for every site. */
const tokenPage = 'https://id.atlassian.com/manage-profile/security/api-tokens';

/** Asks for e-mail address and token, tries them, and keeps them only when they work or the person insists. */
async function signIn(
  parts: Pick<AtlassianSignInParts, 'credentials' | 'clients'>,
  addresses: AtlassianAddresses,
): Promise<void> {
  const { credentials } = parts;
  let email = (await credentials.email()) ?? '';
  let problem: Explanation | undefined;
  let isTokenWrong = false;
  for (;;) {
    // A wrong token is typed again, and the address stays as it is.
    if (!isTokenWrong) {
      const said = problem;
      const answer = await withBack(() => askEmail(email, addresses, said));
      if (answer === undefined) return;
      email = answer;
    }
    const token = await askToken(addresses, isTokenWrong ? problem : undefined);
    if (token === undefined) return;
    isTokenWrong = false;
    if (token === 'back') {
      // What was wrong with the token says nothing about the address.
      problem = undefined;
      continue;
    }
    const attempt = { email, token: token.text.trim() };
    const checked = await progressInNotification(`Signing in to ${addresses.atlassianSite.host}…`, () =>
      check(parts, attempt, addresses),
    );
    if (checked.ok) {
      await credentials.storeAtlassian(attempt, addresses);
      welcome(checked.value);
      return;
    }
    problem = explain(checked.failure);
    isTokenWrong = checked.failure.kind === 'unauthorized';
    if (isTokenWrong) continue;
    // The token may be right while the network is not: nothing typed is lost.
    const again = 'Try Again';
    const keep = 'Keep Anyway';
    const choice = await showMessage('warning', `${problem.title}. ${problem.wayForward}`, again, keep);
    if (choice === keep) await credentials.storeAtlassian(attempt, addresses);
    if (choice !== again) return;
  }
}

async function askEmail(
  before: string,
  { atlassianSite: { host: site } }: AtlassianAddresses,
  problem: Explanation | undefined,
): Promise<string | undefined> {
  const email = await askLine({
    title: `Sign in to ${site} (1 of 2)`,
    prompt: problem === undefined ? 'E-mail address of your Atlassian account' : `${problem.title}.`,
    placeHolder: 'you@example.com',
    value: before,
    problem: (text) => (/^[^\s@]+@[^\s@]+$/.test(text.trim()) ? undefined : 'Enter an e-mail address.'),
  });
  return email?.trim();
}

function askToken(
  { atlassianSite: { host: site }, atlassianApi: { host: api } }: AtlassianAddresses,
  problem: Explanation | undefined,
): ReturnType<typeof askSecret> {
  const kept = `Stored securely by VS Code, and sent only to ${namesOf(site, api)}.`;
  return askSecret({
    title: `Sign in to ${site} (2 of 2)`,
    prompt: problem === undefined ? `API token without scopes. ${kept}` : `${problem.title}. ${problem.wayForward}`,
    page: { label: 'Create API Token', address: tokenPage },
    problem: (text) => (/^\S+$/.test(text.trim()) ? undefined : 'Enter a token. It has no spaces.'),
  });
}

function welcome({ name, opsProblem }: SignInCheck): void {
  if (opsProblem === undefined) {
    inform(`Signed in as ${name}.`);
    return;
  }
  const { title, wayForward } = explain(opsProblem);
  warn(`Signed in to Jira as ${name}, but without alerts: ${title}. ${wayForward}`);
}
