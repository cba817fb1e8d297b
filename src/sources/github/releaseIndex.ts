import { parse } from 'yaml';
import * as z from 'zod/mini';
import { isCommit } from '../../domain/base/ids.ts';
import { completenessOf, type Listed } from '../../domain/base/listed.ts';
import type { Release, ReleaseVersion } from '../../domain/releases/release.ts';
import { cutReason, recordOf, rowsOf, type Report } from '../records.ts';

// release-index.yaml of dfinity/dre (dre.md 5.2), and the folders of its release notes, as GitHub's REST API gives them:
// "Get repository content" of a file and of a folder.

/** GitHub lists so many files of a folder at most. */
const mostFiles = 1_000;

const fileSchema = z.object({ encoding: z.literal('base64'), content: z.string() });

/** The text of a file; undefined for anything else, and for a file of more than a megabyte, which comes without it. */
export function toFileText(body: unknown): string | undefined {
  const file = fileSchema.safeParse(body);
  return file.success ? Buffer.from(file.data.content, 'base64').toString('utf8') : undefined;
}

/** The commits whose notes are in a folder. `isWhole`: no others are. */
export interface NotesFolder {
  readonly commits: ReadonlySet<string>;
  readonly isWhole: boolean;
}

/** The folder of notes; undefined when it is none. */
export function toNotesFolder(body: unknown): NotesFolder | undefined {
  const found = rowsOf(body);
  if (found === undefined) return undefined;
  const names = found.rows.map((row) => recordOf(row)?.['name']);
  const commits = names.flatMap((name) => {
    const [, commit] = typeof name === 'string' ? (/^([0-9a-f]{40})\.md$/.exec(name) ?? []) : [];
    return commit === undefined ? [] : [commit];
  });
  const isWhole = found.cut === 0 && names.length < mostFiles && names.every((name) => typeof name === 'string');
  return { commits: new Set(commits), isWhole };
}

/** The release index, newest release first; undefined for a text that is none. What is published is not in it. */
export function toReleases(text: string, report: Report): Listed<Release> | undefined {
  let index: unknown;
  try {
    // All words stay texts: a commit of digits alone is no number.
    index = parse(text, { schema: 'failsafe', logLevel: 'error' });
  } catch {
    // Whatever does not parse is no release index: the caller says so.
    return undefined;
  }
  const root = recordOf(index);
  const found = rowsOf(root?.['releases']);
  if (found === undefined) return undefined;
  const ignored = (rowsOf(root?.['ignored_proposals'])?.rows ?? []).flatMap((id) => {
    if (typeof id === 'string' && /^\d{1,18}$/.test(id)) return [BigInt(id)];
    report.unclear('release index', 'ignored_proposals', 'id');
    return [];
  });
  const releases = found.rows.map((raw) => toRelease(raw, ignored, report)).filter((each) => each !== undefined);
  return {
    records: releases,
    skipped: found.rows.length - releases.length,
    completeness: completenessOf(cutReason(found.cut)),
  };
}

/** A release with all of its versions: the first is the base, so that none may be missing. */
function toRelease(raw: unknown, ignoredProposals: readonly bigint[], report: Report): Release | undefined {
  const record = recordOf(raw) ?? {};
  const name = trimmed(record['rc_name']);
  if (name === undefined) {
    report.skipped('release', record['rc_name'], 'rc_name');
    return undefined;
  }
  const versions = (rowsOf(record['versions'])?.rows ?? []).map(toVersion);
  const whole = versions.filter((version) => version !== undefined);
  if (whole.length === 0 || whole.length < versions.length) {
    report.skipped('release', name, 'versions');
    return undefined;
  }
  return { name, versions: whole, ignoredProposals };
}

function toVersion(raw: unknown): ReleaseVersion | undefined {
  const record = recordOf(raw) ?? {};
  const name = trimmed(record['name']);
  const commit = trimmed(record['version']);
  if (name === undefined || !isCommit(commit)) return undefined;
  return { name, commit, isSecurityFix: record['security_fix'] === 'true', published: undefined };
}

function trimmed(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 200) return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}
