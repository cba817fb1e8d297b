import type { Os } from '../base/os.ts';
import { day, parseInstant, type Instant } from '../base/time.ts';
import { daysFrom, weekdayOf } from '../base/weekday.ts';

/** The release index, a file at the root of its repository (dre.md 5.2). */
export const releaseIndexFile = 'release-index.yaml';

/** A version of a release. The first one of a release is its base: it alone has a HostOS, the others are GuestOS only. */
export interface ReleaseVersion {
  /** Unique in its release: "base", the name of a feature build or of a hotfix. */
  readonly name: string;
  /** The commit of dfinity/ic in full. */
  readonly commit: string;
  readonly isSecurityFix: boolean;
  /** The systems whose release notes are on the main branch; undefined where that is not known. */
  readonly published: readonly Os[] | undefined;
}

/** A release as the release index has it. Keyed by its name. */
export interface Release {
  /** The candidate's branch: `rc--YYYY-MM-DD_HH-MM`, UTC. */
  readonly name: string;
  readonly versions: readonly ReleaseVersion[];
  /** The election proposals that count no more, so that they are submitted anew. */
  readonly ignoredProposals: readonly bigint[];
}

/** The systems of a version, by its place in the release. */
export function systemsOf(release: Release, version: ReleaseVersion): readonly Os[] {
  return release.versions[0] === version ? ['GuestOS', 'HostOS'] : ['GuestOS'];
}

/** Whether a version need not wait for Friday. Hotfixes are often entered without their mark, so that the name counts too. */
export function isHotfix({ name, isSecurityFix }: ReleaseVersion): boolean {
  return isSecurityFix || /hot-?fix|security/i.test(name);
}

/** What the name of a release candidate says. */
export interface CandidateName {
  /** The beginning (UTC) of the day of its branch. */
  readonly day: Instant;
  /** The month and day of its branch as people call it by: "08-20". */
  readonly shortName: string;
  /** When it was branched; undefined where the name has the day alone. */
  readonly cutAt: Instant | undefined;
}

/**
 * Reads the name of a release candidate, with what branches, versions and rollouts add to it: `rc--YYYY-MM-DD_HH-MM`, UTC.
 * Undefined for a name that is none, or has no such day.
 */
export function candidateOf(name: string): CandidateName | undefined {
  const [, date, monthAndDay, time] =
    /^rc--(?:github--)?(\d{4}-(\d\d-\d\d))(?![\d-])(?:_(\d\d-\d\d)(?!\d))?/.exec(name) ?? [];
  if (date === undefined || monthAndDay === undefined) return undefined;
  const begin = parseInstant(`${date}T00:00:00Z`);
  if (begin === undefined) return undefined;
  const cutAt = time === undefined ? undefined : parseInstant(`${date}T${time.replace('-', ':')}:00Z`);
  return { day: begin, shortName: monthAndDay, cutAt };
}

/** A name that a release is recognized by. */
export interface NamedRelease {
  /** The name of the release. */
  readonly name: string;
  /** So many characters of the text stand for it, from its first one on. */
  readonly length: number;
}

/**
 * The release whose candidate's branch, rollout or version's tag has this name (dre.md 5.1): `rc--2026-08-20_03-30`, also with
 * what rollouts and branches add, and `release-2026-08-20_03-30-base`. Undefined for other texts, and where there is no such
 * minute.
 */
export function releaseNamedBy(text: string): NamedRelease | undefined {
  const match =
    /^rc--(\d{4}-\d\d-\d\d_\d\d-\d\d)(?=$|_triggered_at_|--github$)/.exec(text) ??
    /^release-(\d{4}-\d\d-\d\d_\d\d-\d\d)-[\w-]{1,80}$/.exec(text);
  if (match?.[1] === undefined) return undefined;
  const name = `rc--${match[1]}`;
  return candidateOf(name)?.cutAt === undefined ? undefined : { name, length: match[0].length };
}

/**
 * When the elections of a release are due: the beginning (UTC) of the first Friday from the day of its candidate on.
 * Undefined where the name has no day.
 */
export function electionDay({ name }: Pick<Release, 'name'>): Instant | undefined {
  const cut = candidateOf(name)?.day;
  return cut === undefined ? undefined : cut + daysFrom(weekdayOf(cut), 'friday') * day;
}
