import { createHash } from 'node:crypto';
import type { World } from '../world.ts';

// The open pull requests. Who opens which, and the names of branches: dre.md section 6.

export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly login: string;
  readonly bot: boolean;
  readonly branch: string;
  readonly sha: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly checks: 'success' | 'failure' | 'in_progress';
}

export function makePulls(world: World): PullRequest[] {
  const sha = (number: number): string => createHash('sha1').update(`${world.seed}/${number}`).digest('hex');
  const nextRevision = sha(0);
  const make = (
    number: number,
    title: string,
    login: string,
    branch: string,
    created: string,
    more: Partial<PullRequest> = {},
  ): PullRequest => ({
    number,
    title,
    login,
    bot: login.endsWith('[bot]'),
    branch,
    sha: sha(number),
    createdAt: world.at(created),
    updatedAt: world.at(created) + 3_600_000,
    draft: false,
    labels: [],
    checks: 'success',
    ...more,
  });
  const believable = [
    make(
      2041,
      `chore(release): Elect version ${nextRevision} as GuestOS candidate for rollout`,
      'sa-github-api',
      `replica-release-notes-${nextRevision}`,
      '2026-08-26T11:20:00Z',
    ),
    make(
      2042,
      `chore(release): Elect version ${nextRevision} as HostOS candidate for rollout`,
      'sa-github-api',
      `HostOS-release-notes-${nextRevision}`,
      '2026-08-26T11:21:00Z',
    ),
    make(
      2038,
      'chore: Update dependencies',
      'pr-automation-bot-public[bot]',
      'bot-update-deps',
      '2026-08-24T01:47:00Z',
      { checks: 'failure' },
    ),
    make(
      2035,
      'chore(deps): bump the cargo-dependencies group across 1 directory with 14 updates',
      'dependabot[bot]',
      'dependabot/cargo/cargo-dependencies-1f2e3d',
      '2026-08-24T07:18:00Z',
      { labels: ['dependencies', 'rust'] },
    ),
    make(
      2036,
      'chore(deps): bump the python-dependencies group with 3 updates',
      'dependabot[bot]',
      'dependabot/pip/python-dependencies-9a8b7c',
      '2026-08-24T07:19:00Z',
      { labels: ['dependencies', 'python'], checks: 'in_progress' },
    ),
    make(
      2033,
      'feat(dre): show the cordoned features that a run respects',
      'eli-second',
      'eli/cordoned',
      '2026-08-21T14:02:00Z',
    ),
    make(
      2029,
      'fix(release-controller): link HostOS proposals to their own post',
      'noor-third',
      'noor/post-url',
      '2026-08-19T09:40:00Z',
      { draft: true },
    ),
    make(
      2040,
      'docs: explain the NNS batch of the next Monday',
      'dana-oncall',
      'dana/docs-nns',
      '2026-08-25T16:12:00Z',
    ),
  ];
  const random = world.random('pulls');
  const more = Array.from(
    { length: Math.max(0, (world.sizeOf('pullRequests') ?? 0) - believable.length) },
    (_, index) =>
      make(
        3000 + index,
        `chore(deps): bump crate-${index} from 1.${index}.0 to 1.${index + 1}.0`,
        'dependabot[bot]',
        `dependabot/cargo/crate-${index}`,
        new Date(Date.parse('2026-08-01T00:00:00Z') + Math.floor(random() * 2_000_000_000)).toISOString(),
      ),
  );
  return [...believable, ...more].sort((a, b) => b.createdAt - a.createdAt);
}
