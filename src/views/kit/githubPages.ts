import { isRepository } from '../../domain/base/ids.ts';

// Pages of GitHub. They are made here from checked parts; addresses that the service sends along are not opened.

/** Where people see what an API address serves: github.com, or the server of a company (its API is below `/api/v3`). */
export function githubWebUrl(apiUrl: string): string {
  const { host, origin } = new URL(apiUrl);
  return host === 'api.github.com' ? 'https://github.com' : origin;
}

/** A repository's page, or one below it: `pull/12`. Undefined when the name is none. */
export function repositoryPage(webUrl: string, repository: string, path: string): string | undefined {
  return isRepository(repository) ? new URL(`/${repository}/${path}`, webUrl).href : undefined;
}
