import { createHash } from 'node:crypto';
import type { components } from '@octokit/openapi-types';
import { guestRevision, rcName } from '../world.ts';
import { repository } from './bodies.ts';

// Files of the repository's main branch: the release index and the notes of releases (dre.md 5.1, 5.2), as "Get
// repository content" answers them.

const hostRevision = '59c42492cd6ee3ef5e60cd35d7b766e7bfd085da';
const hotfixRevision = '3f1e2d4c5b6a79880716253443526170fedcba98';

/** With comments, a name that ends in blanks and an ignored proposal, as people write it. `next`: the commit of the pull requests with notes. */
function indexText(next: string): string {
  return `# yaml-language-server: $schema=release-index-schema.json
ignored_proposals:
  - 142125 # submitted with the wrong checksum
releases:
  - rc_name: rc--2026-08-26_04-10
    versions:
      - name: base
        version: ${next}
  - rc_name: ${rcName}
    versions:
      - name: base
        version: ${guestRevision}
      - name: 'hotfix-peers  '
        version: ${hotfixRevision}
        changelog_base:
          GuestOS:
            rc_name: ${rcName}
            name: base
  - rc_name: rc--2026-08-13_03-55
    versions:
      - name: base
        version: ${hostRevision}
`;
}

type File = components['schemas']['content-file'];
type Folder = components['schemas']['content-directory'];

/** The files and folders below the root, by their path. */
export function repositoryContents(next: string): ReadonlyMap<string, unknown> {
  const notes = (folder: string, commits: readonly string[]): readonly [string, Folder] => [
    folder,
    commits.map((commit) => entry(`${folder}/${commit}.md`)),
  ];
  const text = indexText(next);
  const index = { ...entry('release-index.yaml'), size: text.length, encoding: 'base64', content: wrapped(text) };
  return new Map<string, unknown>([
    ['release-index.yaml', index satisfies File],
    notes('replica-releases', [guestRevision, hotfixRevision, hostRevision]),
    notes('hostos-releases', [guestRevision, hostRevision]),
  ]);
}

/** Base64 in lines of 60 letters, each with its end, as GitHub writes it. */
function wrapped(text: string): string {
  return Buffer.from(text)
    .toString('base64')
    .replaceAll(/.{1,60}/g, '$&\n');
}

function entry(path: string): Folder[number] & { type: 'file' } {
  const sha = createHash('sha1').update(path).digest('hex');
  const url = `https://api.github.com/repos/${repository}/contents/${path}?ref=main`;
  const page = `https://github.com/${repository}/blob/main/${path}`;
  const blob = `https://api.github.com/repos/${repository}/git/blobs/${sha}`;
  return {
    type: 'file',
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha,
    size: 4_000,
    url,
    html_url: page,
    git_url: blob,
    download_url: `https://raw.githubusercontent.com/${repository}/main/${path}`,
    _links: { self: url, git: blob, html: page },
  };
}
