import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markdownBlocks } from '../../../../src/domain/documents/markdown.ts';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { documentOf } from '../../../../src/domain/documents/tree.ts';
import type { Payload } from '../../../../src/domain/proposals/payload.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import { proposalDocument, type ProposalContent } from '../../../../src/views/proposals/document.ts';
import { neverShown, preview, shownLetters, type Shown } from '../../../support/documents/preview.ts';
import { text } from '../../../support/documents/trees.ts';
import { proposal as linkedProposal } from '../../../support/feeds/linkRecords.ts';
import { processorTime } from '../../../support/base/processorTime.ts';
import { runs } from '../../../support/base/runs.ts';

const written = (markdown: string): string => serialise(documentOf(markdownBlocks(markdown)));
const shown = (markdown: string): Shown => preview(written(markdown));

describe('Markdown from outside', () => {
  it('is shown formatted, below the headings of the document', () => {
    const summary = [
      '# Elect new IC/GuestOS',
      '',
      'Author: **DRE**, *2 of 3*, ~~old~~ `new`  ',
      'see [the notes](https://github.com/dfinity/ic) and https://forum.dfinity.org/t/1.',
      '',
      '1. first',
      '2. second',
      '   - [x] done',
      '   - [ ] open',
      '',
      '| a | b |',
      '|--:|---|',
      '| 1 | `x \\| y` |',
      '',
      '```bash',
      'dre --dry-run',
      '```',
      '',
      '> quoted',
    ].join('\n');
    assert.equal(
      written(summary),
      [
        '### Elect new IC/GuestOS',
        '',
        'Author: **DRE**, *2 of 3*, ~~old~~ `new`\\',
        'see [the notes](https://github.com/dfinity/ic) and [https:/\\/forum.dfinity.org/t/1](https://forum.dfinity.org/t/1).',
        '',
        '1. first',
        '2. second',
        '   - ☑ done',
        '   - ☐ open',
        '',
        '| a | b |',
        '| -: | - |',
        '| 1 | `x \\| y` |',
        '',
        '```',
        'dre --dry-run',
        '```',
        '',
        '> quoted',
        '',
      ].join('\n'),
    );
  });

  it('has no colors that a theme may make unreadable: neither code of a language nor a link on the ground of code', () => {
    assert.equal(written('```ts\nconst a = 1;\n```'), '```\nconst a = 1;\n```\n');
    const link = 'fixed in [`3fa9c2d` by **`x`**](https://github.com/dfinity/ic) and `here`';
    assert.equal(written(link), 'fixed in [3fa9c2d by **x**](https://github.com/dfinity/ic) and `here`\n');
  });

  it('loses its HTML, and keeps the words of it', () => {
    const { text: all, elements } = shown(
      'a <b>bold</b> word<br>and <done>\n\n<details>\n<summary>More</summary>\n<script>alert(1)</script>\n<p>hidden</p>\n</details>\n\n<!-- x -->\n\n<div style="position:fixed">over</div>',
    );
    for (const name of neverShown) assert.equal(elements[name], undefined, name);
    assert.deepEqual(all.trim().split(/\n+/), ['a bold word', 'and <done>', 'More', 'hidden', 'over']);
  });

  it('has links instead of pictures, and links to https only', () => {
    const {
      text: all,
      links,
      elements,
    } = shown(
      [
        '![graph](https://example.com/g.png) ![](http://example.com/h.png)',
        '[run](command:evil) [file](file:///etc/passwd) [mail](mailto:a@example.com) <a@example.com>',
        '[here][1] [there][none] [https://good.example](https://evil.example) [www.good.example](https://evil.example)',
        '<https://example.com/auto> <http://example.com/auto>',
        '',
        '[1]: https://example.com/defined "title"',
      ].join('\n\n'),
    );
    assert.equal(elements['image'], undefined);
    assert.deepEqual(links, [
      'https://example.com/g.png',
      'https://example.com/defined',
      'https://evil.example',
      'https://evil.example',
      'https://example.com/auto',
    ]);
    assert.deepEqual(all.trim().split(/\n+/), [
      'Picture: graph Picture (http://example.com/h.png)',
      'run (command:evil) file (file:///etc/passwd) mail (mailto:a@example.com) a@example.com',
      'here [there][none] https://good.example (https://evil.example) www.good.example (https://evil.example)',
      'https://example.com/auto http://example.com/auto',
    ]);
  });

  it('is safe whatever it is, and of text alone shows every letter', function () {
    this.timeout(600_000);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (parts) => {
        const { elements, links } = shown(parts.join('\n'));
        for (const name of [...neverShown, 'frontMatter']) assert.equal(elements[name], undefined, name);
        for (const address of links) assert.match(address, /^https:\/\//);
        const plain = parts.join(' ').replaceAll(/[^\p{L}\p{N} ]/gu, '');
        assert.equal(shownLetters(shown(plain).text), shownLetters(plain));
      }),
      runs(500),
    );
  });

  it('takes a time that grows with the text, also for hostile ones', function () {
    this.timeout(120_000);
    const pieces = [
      '[',
      '*a ',
      '**a ',
      '_a',
      '`',
      '<',
      '![',
      '> ',
      '- ',
      '1. ',
      '&',
      '\\',
      '|',
      '~~a ',
      '<b>',
      '(',
      '\n- ',
      '[a](',
      '`a``',
      '*a_ ',
    ];
    for (const piece of [...pieces, '|a', '\n> ', '[a]: b\n', '<!--', '[x]', '](x', '<a href=x ']) {
      const took = processorTime(() => written(piece.repeat(Math.floor(30_000 / piece.length))));
      assert.ok(took < 5_000, `${piece}: ${took} ms`);
    }
    const table = `${'|a'.repeat(500)}|\n${'|-'.repeat(500)}|\n${'|b\n'.repeat(5_000)}`;
    assert.ok(processorTime(() => written(table)) < 5_000, 'a wide table');
  });
});

describe('the document of a proposal', () => {
  const unread = { proposal: undefined, read: undefined, reading: false, failure: undefined };

  it('has the summary formatted, and the link of the proposer where it may be followed', () => {
    const proposal: Proposal = {
      id: 138_123n,
      topic: 13,
      status: 'open',
      action: 'ExecuteNnsFunction',
      nnsFunction: undefined,
      title: 'Elect <b>',
      summary: '## Release\n\n* [notes](https://example.com)',
      url: 'https://forum.dfinity.org/t/1',
      proposer: undefined,
      createdAt: 0,
      deadline: undefined,
      tally: undefined,
    } as unknown as Proposal;
    const from = { now: 0, timeZone: 'UTC' };
    const {
      text: all,
      links,
      elements,
    } = preview(serialise(proposalDocument('138123', { ...unread, proposal }, from)));
    assert.match(all, /^Proposal 138123 Elect <b>\n/);
    assert.match(all, /Summary\nRelease\n+notes/);
    assert.deepEqual(links.slice(1), ['https://forum.dfinity.org/t/1', 'https://example.com']);
    assert.equal(elements['list_item'], 1);
  });

  it('says how it ended and why, that there is none, or why that is not known', () => {
    const from = { now: 0, timeZone: 'UTC' };
    const said = (content: Partial<ProposalContent>): string =>
      preview(serialise(proposalDocument('138123', { ...unread, ...content }, from))).text;
    const failed = linkedProposal(138_123n, {
      status: 'failed',
      endedAt: 1_788_000_000_000,
      failureReason: 'no *such* subnet',
    });
    assert.match(
      said({ proposal: failed }),
      /Status\s+failed\s+Failed\s+Sat 29 Aug 2026[^]*Reason\s+no \*such\* subnet/,
    );
    assert.doesNotMatch(said({ proposal: failed }), /Voting ends/);
    assert.match(said({ read: 'none' }), /There is no proposal with this ID/);
    assert.match(said({ reading: true }), /Reading…/);
    const failure = { kind: 'server', service: 'governance', operation: 'read proposal', status: 503 } as const;
    assert.doesNotMatch(said({ failure }), /There is no proposal|Not read/);
    assert.match(said({ failure }), /Proposal 138123\n[^]*\S/);
  });

  it('shows what an election does with the notes of its summary, and its payload as text that nothing in it can end', () => {
    const from = { now: 0, timeZone: 'UTC' };
    const commit = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';
    const retired = '1153c70d23bd42c9bb2d0c9ba7b9e8aea5ec9bd2';
    const payload: Payload = {
      kind: 'decoded',
      value: {
        replica_version_to_elect: [commit],
        replica_versions_to_unelect: [retired],
        release_package_urls: ['````', '<b>', '[x](command:y)'],
      },
    };
    // The release controller proposes with the release's notes as summary.
    const summary = 'Release Notes for **release-1**\n===\n\n## Bugfixes\n\n* Consensus: wait for no peer that left';
    const election = linkedProposal(138_123n, { topic: 13, nnsFunction: 38, payload, summary });
    const content = { ...unread, proposal: election };
    const { text: all, links } = preview(serialise(proposalDocument('138123', content, from, undefined, 'a/b')));
    assert.match(all, /What it does\s+Elects GuestOS\s+79c0105\b[^]*Retires\s+1153c70\b/);
    const failed = { ...unread, proposal: { ...election, status: 'failed' as const } };
    const afterwards = preview(serialise(proposalDocument('138123', failed, from))).text;
    assert.match(afterwards, /What it would have done\s+Elects GuestOS/);
    assert.match(all, /Release Notes for release-1[^]*Bugfixes[^]*Consensus: wait for no peer that left[^]*Payload/);
    assert.match(all, /- ````\n\s*- <b>\n\s*- \[x\]\(command:y\)/);
    assert.deepEqual(links.slice(1), [
      `https://dashboard.internetcomputer.org/release/${commit}`,
      `https://github.com/a/b/blob/main/replica-releases/${commit}.md`,
      `https://dashboard.internetcomputer.org/release/${retired}`,
    ]);
    const unknown: Payload = { kind: 'notDecoded', reason: 'unknownInterface', size: 9 };
    const other = { ...unread, proposal: linkedProposal(1n, { payload: unknown }) };
    assert.match(preview(serialise(proposalDocument('1', other, from))).text, /9 bytes, not decoded: the interface/);
  });
});
