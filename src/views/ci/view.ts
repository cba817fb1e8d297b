import { capitalized } from '../../domain/base/capitalized.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { CiGrouping } from '../../domain/ci/groupings.ts';
import type { PullRequest, PullRequestOrigin } from '../../domain/ci/pullRequest.ts';
import type { WorkflowRun } from '../../domain/ci/workflowRun.ts';
import type { Links } from '../../domain/links/join.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { eachRow } from '../kit/faults.ts';
import { filterRow, showAllRow, type ActiveFilter } from '../kit/filter.ts';
import { counted, grouped, type Viewpoint } from '../kit/format.ts';
import { frame, troubleText } from '../kit/frame.ts';
import type { Row, Situation, ViewModel } from '../kit/row.ts';
import { pixelsInGroup, pixelsInSubgroup } from '../kit/rowWidth.ts';
import { sectionRow, type Section } from '../kit/section.ts';
import { pullRow, runRow, type WatchedRepository } from './row.ts';
import {
  checkOrder,
  checkWords,
  originLabels,
  originOrder,
  runOrder,
  runWords,
  troubledChecks,
  troubledRuns,
  troubledWords,
} from './words.ts';

/** What a person chose of the view. */
export interface CiChoice {
  /** By origin when absent. */
  readonly grouping?: CiGrouping;
  /** Which pull requests and runs are shown; all when absent. */
  readonly filter?: ActiveFilter<PullRequest | WorkflowRun> | undefined;
}

/**
 * The CI view: open pull requests and the latest workflow runs. Each part shows its own trouble. What needs a person comes
 * first: the runs stand above the pull requests while one of them does, else below; of the pull requests the origins, and
 * in each list the records. Beside the view's name stands what of the main branch needs a person, whatever is shown.
 */
export function ciView(
  pulls: FeedState<PullRequest, Failure>,
  runs: FeedState<WorkflowRun, Failure>,
  from: Viewpoint,
  watched: WatchedRepository,
  links?: Links,
  { grouping = 'origin', filter }: CiChoice = {},
): ViewModel {
  const shows = (record: PullRequest | WorkflowRun): boolean => filter === undefined || filter.shows(record);
  const shownPulls = [...pulls.records.values()].filter(shows);
  const shownRuns = [...runs.records.values()].filter(shows);
  const parts = [
    part(pulls, from, {
      id: 'pulls',
      label: 'Pull requests',
      count: countText(shownPulls.length, shownPulls.filter(isFailing).length),
      noun: 'pull requests',
      empty: 'No open pull requests.',
      hidden: pulls.records.size - shownPulls.length,
      rows: pullRows(shownPulls, { grouping, isFiltered: filter !== undefined }, (pull, pixelsIn) =>
        pullRow(pull, from, watched, links, pixelsIn(from)),
      ),
    }),
    part(runs, from, {
      id: 'runs',
      label: 'Workflow runs',
      count: countText(shownRuns.length, shownRuns.filter(hasFailed).length),
      noun: 'workflow runs',
      empty: 'No workflow runs on the main branch.',
      hidden: runs.records.size - shownRuns.length,
      rows: runRows(shownRuns, grouping, (run, pixelsIn) => runRow(run, from, watched, pixelsIn(from))),
    }),
  ];
  const [first, second] = parts;
  const trouble = troubleText(runs, from, troubleOf([...runs.records.values()]));
  const above = filter === undefined ? [] : [rowOfFilter(filter, shownPulls, pulls, shownRuns, runs, from)];
  const shared = first?.model.situation === second?.model.situation ? first?.model.situation : undefined;
  // One sentence and its ways forward are shown for both parts.
  if (first !== undefined && shared !== undefined && waits.has(shared) && pulls.failure?.kind === runs.failure?.kind) {
    const { model } = first;
    return { ...model, rows: waitsForPerson.has(shared) ? model.rows : [...above, ...model.rows], trouble };
  }
  const older = [pulls, runs].sort((a, b) => (a.asOf ?? 0) - (b.asOf ?? 0))[0] === pulls ? first : second;
  return {
    situation: 'rows',
    rows: [
      ...above,
      // One failed run of the main branch concerns more people than any pull request does.
      ...(shownRuns.some(isTroubled) ? parts.toReversed() : parts).map((each) => each.row),
      ...(shared === 'filteredOut' ? [showAllRow(viewId, 'row')] : []),
    ],
    trouble,
    asOf: older?.model.asOf,
    isCurrent: [pulls, runs].every(({ status }) => status === 'fresh'),
  };
}

const viewId = 'drDre.ci';

const waitsForPerson: ReadonlySet<Situation> = new Set(['notSignedIn', 'notPermitted', 'notConfigured']);
const waits: ReadonlySet<Situation> = new Set(['loading', 'failing', ...waitsForPerson]);

/** One filter is on both parts: its row says how much of both is shown. */
function rowOfFilter(
  filter: ActiveFilter<never>,
  pulls: readonly PullRequest[],
  allPulls: FeedState<PullRequest, Failure>,
  runs: readonly WorkflowRun[],
  allRuns: FeedState<WorkflowRun, Failure>,
  from: Viewpoint,
): Row {
  const [pullCount, runCount] = [allPulls.records.size, allRuns.records.size];
  const ofPulls = `${grouped(pulls.length)} of ${counted(pullCount, 'pull request')}`;
  const ofRuns = `${grouped(runs.length)} of ${counted(runCount, 'workflow run')}`;
  const short = `${grouped(pulls.length + runs.length)} of ${grouped(pullCount + runCount)}`;
  return filterRow(filter, { short, full: `${ofPulls} and ${ofRuns}` }, viewId, from);
}

/** One part of the view, and what the whole view would be like if there were only that. */
function part(
  state: FeedState<unknown, Failure>,
  from: Viewpoint,
  section: Section,
): { readonly model: ViewModel; readonly row: Row } {
  const count = state.asOf === undefined ? '' : section.count;
  return { model: frame(state, from, section), row: sectionRow(state, from, { ...section, count, expanded: true }) };
}

function isFailing(pull: PullRequest): boolean {
  return pull.checks.state === 'failing';
}

function hasFailed(run: WorkflowRun): boolean {
  return run.state === 'failure';
}

/**
 * The runs that need a person, counted by their words; the first count names them. Pull requests do not count here: one of
 * automation may stay open and failing for weeks.
 */
function troubleOf(runs: readonly WorkflowRun[]): readonly string[] {
  const counts = troubledWords
    .map((word) => ({ word, count: runs.filter(({ state }) => runWords[state] === word).length }))
    .filter(({ count }) => count > 0);
  return counts.map(({ word, count }, index) => {
    const number = index === 0 ? counted(count, 'run') : grouped(count);
    return `${number} ${count === 1 ? word : word.replace(/^needs /, 'need ')}`;
  });
}

function isTroubled({ state }: WorkflowRun): boolean {
  return troubledRuns.includes(state);
}

function countText(all: number, failing: number): string {
  return failing === 0 ? `${all}` : `${all}, ${failing} failed`;
}

/** `pixelsIn`: how much room the texts of the row have where it stands. */
type ToRow<R> = (record: R, pixelsIn: typeof pixelsInGroup) => Row;

function pullRows(
  pulls: readonly PullRequest[],
  { grouping, isFiltered }: { readonly grouping: CiGrouping; readonly isFiltered: boolean },
  toRow: ToRow<PullRequest>,
): readonly Row[] {
  const ordered = byUrgency(pulls, ({ checks }) => checkOrder.indexOf(checks.state));
  const rows = (some: readonly PullRequest[], pixelsIn: typeof pixelsInGroup): readonly Row[] =>
    eachRow(
      some,
      ({ number }) => `pull/${number}`,
      (pull) => toRow(pull, pixelsIn),
    );
  switch (grouping) {
    case 'origin':
      return byUrgency(originOrder, (origin) => rankOfOrigin(origin, pulls)).flatMap((origin) => {
        const own = ordered.filter((pull) => pull.origin === origin);
        const failing = own.filter(isFailing).length;
        // What people work on is theirs; the on-call engineer drives the rest. What a filter finds is unfolded: VS Code
        // unfolds a group by itself only when it is a new one.
        const id = isFiltered ? `pulls/filtered/${origin}` : `pulls/${origin}`;
        const expanded = isFiltered || origin !== 'person';
        return groupRows({ id, label: originLabels[origin], failing, expanded }, rows(own, pixelsInSubgroup));
      });
    case 'status':
      return checkOrder.flatMap((state) => {
        const own = ordered.filter(({ checks }) => checks.state === state);
        return groupRows(statusGroup('pulls', checkWords[state]), rows(own, pixelsInSubgroup));
      });
    case 'none':
      return rows(ordered, pixelsInGroup);
  }
}

function runRows(runs: readonly WorkflowRun[], grouping: CiGrouping, toRow: ToRow<WorkflowRun>): readonly Row[] {
  const rows = (some: readonly WorkflowRun[], pixelsIn: typeof pixelsInGroup): readonly Row[] =>
    eachRow(
      some,
      ({ id }) => `run/${id}`,
      (run) => toRow(run, pixelsIn),
    );
  switch (grouping) {
    case 'status':
      // Several states have one word.
      return [...new Set(runOrder.map((state) => runWords[state]))].flatMap((word) => {
        const own = runs.filter(({ state }) => runWords[state] === word);
        return groupRows(statusGroup('runs', word), rows(own, pixelsInSubgroup));
      });
    case 'origin':
    case 'none':
      return rows(
        byUrgency(runs, (run) => (isTroubled(run) ? troubledWords.indexOf(runWords[run.state]) : troubledWords.length)),
        pixelsInGroup,
      );
  }
}

/** The origins with a pull request that needs a person first. What people work on is theirs: it stays the last. */
function rankOfOrigin(origin: PullRequestOrigin, pulls: readonly PullRequest[]): number {
  if (origin === 'person') return 2;
  return pulls.some((pull) => pull.origin === origin && troubledChecks.includes(pull.checks.state)) ? 0 : 1;
}

interface PullGroup {
  readonly id: string;
  readonly label: string;
  readonly failing: number;
  readonly expanded: boolean;
}

/** The word of the group says how they stand. */
function statusGroup(of: 'pulls' | 'runs', word: string): PullGroup {
  return { id: `${of}/${word}`, label: capitalized(word), failing: 0, expanded: true };
}

function groupRows({ id, label, failing, expanded }: PullGroup, children: readonly Row[]): readonly Row[] {
  if (children.length === 0) return [];
  const description = countText(children.length, failing);
  return [{ id, label, description, tokens: [], spoken: `${label}: ${description}`, children, expanded }];
}

/** Those of a lower rank first; the order of before, of records the newest first, holds within a rank. */
function byUrgency<T>(items: readonly T[], rankOf: (item: T) => number): readonly T[] {
  return items.toSorted((one, other) => rankOf(one) - rankOf(other));
}
