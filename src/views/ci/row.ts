import { capitalized } from '../../domain/base/capitalized.ts';
import type { PullRequest } from '../../domain/ci/pullRequest.ts';
import type { WorkflowRun } from '../../domain/ci/workflowRun.ts';
import type { Links } from '../../domain/links/join.ts';
import { age, moment, shortAgo, spokenAgo, type Viewpoint } from '../kit/format.ts';
import type { Row, RowToken } from '../kit/row.ts';
import { titledTexts } from '../kit/rowWidth.ts';
import { noGist, recordHover, recordTokens } from '../links/words.ts';
import { githubWebUrl, repositoryPage } from '../kit/githubPages.ts';
import { checkIcons, checkWords, inRow, runIcons, runWords } from './words.ts';

/** Which repository is watched, and where: `githubApi` is the address of the API. */
export interface WatchedRepository {
  readonly githubApi: string;
  readonly repository: string;
}

/** A pull request as a row that has so many pixels for its texts. */
export function pullRow(
  pull: PullRequest,
  from: Viewpoint,
  watched: WatchedRepository,
  links: Links | undefined,
  pixels: number,
): Row {
  const { number, title, author, origin, branch, draft, autoMerge, labels, reviewers, checks, createdAt, updatedAt } =
    pull;
  const bump = bumpOf(title);
  const gist = links?.gistOf({ kind: 'pullRequest', pullRequest: pull }) ?? noGist;
  const byPerson = origin === 'person';
  const facts = [
    draft ? 'draft' : inRow(checkWords[checks.state]),
    age(updatedAt, from),
    // A login is no name that could be shortened: it is seen in whole where there is room.
    ...(byPerson ? [author] : bump === undefined ? [] : [bump]),
  ];
  // What it elects or releases says more than its number.
  const isNamed = knownTitle(title) !== undefined;
  const workflows = checks.workflows.join(', ');
  const verdict = `${draft ? 'Draft, ' : ''}${checkWords[checks.state]}${workflows === '' ? '' : `: ${workflows}`}`;
  // A check mark would say that it can be merged.
  const isUntroubledDraft = draft && (checks.state === 'unknown' || checks.state === 'passing');
  return {
    id: `pull/${number}`,
    ...titledTexts(
      isNamed ? shortTitle(title) : `#${number} ${shortTitle(title)}`,
      { decisive: facts, least: 2, further: isNamed ? [`#${number}`] : [] },
      pixels,
    ),
    icon: isUntroubledDraft ? { id: 'git-pull-request-draft' } : checkIcons[checks.state],
    record: { kind: 'pullRequest', key: `${number}` },
    hover: [
      `#${number} ${title}`,
      capitalized(verdict),
      ...(autoMerge ? ['Merges automatically when its checks pass'] : []),
      ...(reviewers.length === 0 ? [] : [`Review requested from ${reviewers.join(', ')}`]),
      `By ${author}, from ${branch}`,
      `Updated ${shortAgo(updatedAt, from)}, ${moment(updatedAt, from)}; opened ${moment(createdAt, from)}`,
      ...(labels.length === 0 ? [] : [`Labels: ${labels.join(', ')}`]),
      countedWords(pull),
      ...recordHover(gist, from),
    ],
    spoken: `Pull request ${number}, ${title}: ${verdict}, by ${author}, updated ${spokenAgo(updatedAt, from)}`,
    ...page('pullRequest', watched, `pull/${number}`, { id: number, name: title, tokens: recordTokens(gist) }),
  };
}

/** The titles of the release automation (dre.md 5.3, 6.2), so that what distinguishes them is visible. */
const knownTitles: readonly (readonly [form: RegExp, short: string])[] = [
  [/^Elect version ([0-9a-f]{7})[0-9a-f]* as (GuestOS|HostOS) candidate for rollout$/, '$2 $1'],
  [/^New release of `?dre`? version (\S+)$/, 'dre $1'],
];

/** A title without what those of automation share: "chore(deps): bump the", "from 1.2.0 to 2.0.0". */
function shortTitle(title: string): string {
  const known = knownTitle(title);
  if (known !== undefined) return plainTitle(title).replace(...known);
  const plain = plainTitle(title).replace(/ group(?: across \d+ director(?:y|ies))?(?= with \d+ updates?$)/, '');
  const bumped = plain.replace(/^bump (?:the )?(?=\S)/i, '');
  return bumped === plain ? capitalized(plain) : bumped.replace(/ from \S+ to \S+$/, '');
}

function knownTitle(title: string): (typeof knownTitles)[number] | undefined {
  return knownTitles.find(([form]) => form.test(plainTitle(title)));
}

function plainTitle(title: string): string {
  return title.replace(/^[a-z]+(?:\([^)]{0,40}\))?!?: (?=\S)/, '');
}

/** How far an upgrade goes, by the versions in its title. */
function bumpOf(title: string): 'major' | 'minor' | 'patch' | undefined {
  const [, from = '', to = ''] = / from v?(\d+(?:\.\d+)*)\S* to v?(\d+(?:\.\d+)*)/.exec(title) ?? [];
  if (from === '' || to === '') return undefined;
  const [before, after] = [from.split('.'), to.split('.')];
  if (before[0] !== after[0]) return 'major';
  return (before[1] ?? '0') === (after[1] ?? '0') ? 'patch' : 'minor';
}

/** A verdict says what it was made from. */
function countedWords({ checks: { looked } }: PullRequest): string {
  if (looked.length === 0) return 'Its workflow runs are not among the latest of the repository.';
  return `Looked at: ${looked.join(', ')}. Not at commit statuses or checks of other apps.`;
}

/** A workflow run as a row that has so many pixels for its texts. */
export function runRow(run: WorkflowRun, from: Viewpoint, watched: WatchedRepository, pixels: number): Row {
  const { id, workflow, file, title, event, branch, commit, startedAt, attempt, state, unknownState, actor } = run;
  const word = unknownState === undefined ? runWords[state] : `unknown: “${unknownState}”`;
  const facts = [inRow(word), age(startedAt, from), ...(attempt > 1 ? [`attempt ${attempt}`] : [])];
  return {
    id: `run/${id}`,
    ...titledTexts(workflow, { decisive: facts, least: 2 }, pixels),
    icon: runIcons[state],
    record: { kind: 'workflowRun', key: `${id}` },
    hover: [
      workflow,
      capitalized(attempt > 1 ? `${word}, attempt ${attempt}` : word),
      ...(title === '' || title === workflow ? [] : [title]),
      `Started ${shortAgo(startedAt, from)}, ${moment(startedAt, from)}, by ${actor === undefined ? event : `${actor} (${event})`} on ${branch}`,
      `${file}, commit ${commit}`,
    ],
    spoken: `${workflow}: ${word}, started ${spokenAgo(startedAt, from)}${title === '' ? '' : `, ${title}`}`,
    ...page('workflowRun', watched, `actions/runs/${id}`, { id, name: workflow, tokens: [] }),
  };
}

/** What opening needs: the address is ours, made from a number and a checked name. */
function page(
  kind: 'pullRequest' | 'workflowRun',
  { githubApi, repository }: WatchedRepository,
  path: string,
  of: { readonly id: number; readonly name: string; readonly tokens: readonly RowToken[] },
): Pick<Row, 'tokens' | 'link' | 'command' | 'copied' | 'name'> {
  const copied = `${of.id}`;
  const link = repositoryPage(githubWebUrl(githubApi), repository, path);
  return link === undefined
    ? { tokens: ['identified', ...of.tokens], copied }
    : {
        tokens: [kind, 'linked', 'identified', ...of.tokens],
        copied,
        name: of.name,
        link,
        command: 'drDre.ci.open',
      };
}
