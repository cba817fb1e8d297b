import type { Os } from '../base/os.ts';
import { day, type Instant } from '../base/time.ts';

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

/**
 * When the elections of a release are due: the beginning (UTC) of the first Friday from the day of its candidate on.
 * Undefined where the name has no day.
 */
export function electionDay({ name }: Pick<Release, 'name'>): Instant | undefined {
  const [, date] = /^rc--(?:github--)?(\d{4}-\d\d-\d\d)(?!\d)/.exec(name) ?? [];
  const cut = date === undefined ? NaN : Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(cut)) return undefined;
  return cut + ((friday - new Date(cut).getUTCDay() + 7) % 7) * day;
}

const friday = 5;
