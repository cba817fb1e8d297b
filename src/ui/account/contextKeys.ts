import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Log } from '../../engine/base/log.ts';
import type { FeedStatus, Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { pullRequestsKey } from '../../feeds/ci/pullRequests.ts';
import { workflowRunsKey } from '../../feeds/ci/workflowRuns.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import type { Credentials } from '../../platform/credentials.ts';
import type { GitHubCredentials } from '../../platform/githubCredentials.ts';
import { contextKey, type SetContextKey } from '../kit/contextKey.ts';
import type { Host } from '../kit/host.ts';

interface SignInContextParts extends Pick<Host, 'settings'> {
  readonly store: Store<Failure>;
  readonly log: Log;
  readonly credentials: Pick<Credentials, 'isKept' | 'onDidChange'>;
  readonly githubCredentials: Pick<GitHubCredentials, 'token' | 'isKept' | 'onDidChange'>;
}

/**
 * Sets the context keys for what the palette offers of signing in and out, besides whether there are credentials for Atlassian:
 * whether a service requires others, whether GitHub is read without a token, and whether some are kept for either.
 */
export function keepSignInContextKeys({
  store,
  log,
  settings,
  credentials,
  githubCredentials,
}: SignInContextParts): Disposable {
  const lifetime = new Lifetime();
  const setAtlassianRefuses = contextKey<boolean>('drDre.signInWanted');
  const setGitHubRefuses = contextKey<boolean>('drDre.github.signInWanted');
  // What is read with credentials may arrive after the end.
  const untilEnd =
    (set: SetContextKey<boolean>): SetContextKey<boolean> =>
    (holds) => {
      if (!lifetime.isOver) set(holds);
    };
  const setAtlassianKept = untilEnd(contextKey<boolean>('drDre.tokenKept'));
  const setGitHubRead = untilEnd(contextKey<boolean>('drDre.github.signedIn'));
  const setGitHubKept = untilEnd(contextKey<boolean>('drDre.github.tokenKept'));
  const ofFeeds = (): void => {
    setAtlassianRefuses([store.state(rotationsKey), store.state(alertsKey), store.state(queueKey)].some(isRefused));
    setGitHubRefuses([store.state(pullRequestsKey), store.state(workflowRunsKey)].some(isRefused));
  };
  const ofGitHub = async (): Promise<void> => {
    setGitHubRead((await githubCredentials.token(settings.current.githubApi)) !== undefined);
    setGitHubKept(await githubCredentials.isKept());
  };
  const updateAtlassian = (): void => {
    credentials
      .isKept()
      .then(setAtlassianKept)
      .catch((cause: unknown) =>
        log.error('credentials', 'whether there is a token for Atlassian could not be read', cause),
      );
  };
  const updateGitHub = (): void => {
    ofGitHub().catch((cause: unknown) =>
      log.error('credentials', 'whether there is a token for GitHub could not be read', cause),
    );
  };
  lifetime.own(store.onDidChange(ofFeeds));
  lifetime.own(credentials.onDidChange(updateAtlassian));
  lifetime.own(githubCredentials.onDidChange(updateGitHub));
  lifetime.own(settings.onDidChange(updateGitHub));
  ofFeeds();
  updateAtlassian();
  updateGitHub();
  return lifetime;
}

function isRefused({ status }: { readonly status: FeedStatus }): boolean {
  return status === 'notSignedIn' || status === 'notPermitted';
}
