import type { SavedFilter } from '../../domain/base/savedFilter.ts';
import { wordFilter } from '../../domain/base/wordFilter.ts';
import type { PullRequest } from '../../domain/ci/pullRequest.ts';
import type { WorkflowRun } from '../../domain/ci/workflowRun.ts';
import type { ActiveFilter, ChosenFilter } from '../kit/filter.ts';
import { activeWordFilter, type WordFiltering } from '../kit/wordFilters.ts';
import { checkWords, inRow, originLabels, runWords } from './words.ts';

/** What the CI view lists. */
type CiRecord = PullRequest | WorkflowRun;

/** Whether every word of a text occurs somewhere in what a person knows a pull request or a run by, or in its row. */
const ciMatches = wordFilter<CiRecord>((record) =>
  (isPull(record) ? wordsOfPull(record) : wordsOfRun(record)).join('\n'),
);

function wordsOfPull(pull: PullRequest): readonly string[] {
  const { number, title, author, branch, origin, draft, labels, reviewers, checks } = pull;
  return [
    ...[`#${number}`, title, author, branch, originLabels[origin]],
    ...[checkWords[checks.state], inRow(checkWords[checks.state])],
    ...(draft ? ['draft'] : []),
    ...labels,
    ...reviewers,
    ...checks.workflows,
  ];
}

function wordsOfRun({
  workflow,
  file,
  title,
  branch,
  event,
  commit,
  state,
  actor = '',
}: WorkflowRun): readonly string[] {
  return [workflow, file, title, branch, event, commit, runWords[state], inRow(runWords[state]), actor];
}

function isPull(record: CiRecord): record is PullRequest {
  return 'number' in record;
}

/** How the CI view is filtered: by words, and by the login of whoever is signed in to GitHub. */
export function ciFiltering(saved: readonly SavedFilter[], login: string | undefined): WordFiltering<CiRecord> {
  return {
    matches: ciMatches,
    saved,
    setting: 'drDre.ci.filters',
    isMine: login === undefined ? undefined : (record) => isOf(record, login.toLowerCase()),
    mineUnknown: "Can't tell who is signed in to GitHub. Run “Dr. DRE: Sign In to GitHub…”.",
  };
}

/** A pull request of one's own, or one that waits for one's review; a run that one started. Case counts in no login. */
function isOf(record: CiRecord, login: string): boolean {
  const logins = isPull(record) ? [record.author, ...record.reviewers] : [record.actor ?? ''];
  return logins.some((each) => each.toLowerCase() === login);
}

/** Makes a chosen filter of the CI view ready for use. */
export function activeCiFilter(
  chosen: ChosenFilter,
  saved: readonly SavedFilter[],
  login: string | undefined,
): ActiveFilter<CiRecord> {
  return activeWordFilter(chosen, ciFiltering(saved, login));
}
