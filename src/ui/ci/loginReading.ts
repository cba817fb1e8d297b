import type { CiGrouping } from '../../domain/ci/groupings.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { GitHubLogin } from '../../feeds/ci/login.ts';
import { pullRequestsKey } from '../../feeds/ci/pullRequests.ts';
import type { GitHubCredentials } from '../../platform/githubCredentials.ts';
import type { Host } from '../kit/host.ts';
import { RepeatedReading } from '../kit/repeatedReading.ts';
import type { ViewOptions } from '../kit/viewOptions.ts';

export interface LoginReadingParts extends Pick<Host, 'clock' | 'log' | 'settings'> {
  readonly gitHubLogin: GitHubLogin;
  readonly githubCredentials: Pick<GitHubCredentials, 'onDidChange'>;
  readonly ciOptions: ViewOptions<CiGrouping>;
  readonly windows: Pick<Windows, 'attention' | 'onDidChangeAttention'>;
}

/** Reads who is signed in to GitHub while this window filters the CI view by that. */
export function loginReading(parts: LoginReadingParts): RepeatedReading {
  const { gitHubLogin, githubCredentials, ciOptions, windows, settings, clock, log } = parts;
  return new RepeatedReading({
    clock,
    log,
    scope: 'ci',
    trouble: 'the GitHub account was not read',
    events: [githubCredentials.onDidChange, ciOptions.onDidChange, windows.onDidChangeAttention, settings.onDidChange],
    read() {
      if (ciOptions.filter?.kind !== 'mine' || windows.attention(pullRequestsKey.name) === 'quiet') return undefined;
      return gitHubLogin.readWhenDue();
    },
  });
}
