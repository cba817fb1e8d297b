import { guestRevision } from '../world.ts';

/** As people write them: with tables, tasks, code, a picture and HTML. */
export const releaseNotes = `# Release Notes for a hot fix

Changes since [${guestRevision.slice(0, 9)}](https://github.com/dfinity/ic/tree/${guestRevision}).<br>
**Verify** the image before you vote; see https://forum.dfinity.org/t/proposal-to-elect-new-release.

## Bugfixes
* [\`3fa9c2d\`](https://github.com/dfinity/ic/commit/3fa9c2d) Consensus: *do not* wait for a peer that left
* Networking: ~~retry for ever~~ give up after 30 s

## Verification
1. Fetch the image
2. Compare its hash
   - [x] built twice
   - [ ] built by another team

| Artifact | SHA-256 |
|---|---|
| \`update-img.tar.zst\` | \`9b1c…e0\` |

\`\`\`bash
curl -fL https://example.com/update-img.tar.zst | sha256sum
\`\`\`

<details><summary>Older builds</summary>
<p>None since <b>Monday</b>.</p>
</details>

![build](https://example.com/badge.svg)
`;
