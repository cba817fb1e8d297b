import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findMentions } from '../../../../src/domain/links/find.ts';
import { knowledgeOf } from '../../../../src/domain/links/knowledge.ts';
import { alert, node, provider, subnets, troubledSubnet, weekRollout } from '../../../support/feeds/linkRecords.ts';
import { revision } from '../../../support/feeds/rolloutBuilder.ts';
import { runs } from '../../../support/base/runs.ts';
import { assertLinear } from '../../../support/base/processorTime.ts';

const known = knowledgeOf({
  rollouts: [weekRollout()],
  alerts: [alert('a', { tags: ['prod', 'dc:dm1'] })],
  epic: 'DRE-350',
  repository: 'dfinity/dre',
});

/** What a text names, as `kind id «text»`; a known id as its first group. */
function found(text: string): string[] {
  return findMentions(text, known).map(
    ({ kind, id, start, end }) => `${kind} ${id.length > 30 ? id.slice(0, 5) : id} «${text.slice(start, end)}»`,
  );
}

describe('the finder of mentions', () => {
  it('finds principals by what they are known or said to be', () => {
    assert.deepEqual(found(`on ${troubledSubnet}.`), [`subnet o3ow2 «${troubledSubnet}»`]);
    assert.deepEqual(found('o3ow2 stalled, (lspz2)'), ['subnet o3ow2 «o3ow2»', 'subnet lspz2 «lspz2»']);
    assert.deepEqual(found('o3ow2-2ipam-6fcjo…'), ['subnet o3ow2 «o3ow2-2ipam-6fcjo»']);
    assert.deepEqual(found(`node="${node}"`), [`node anudy «${node}»`]);
    assert.deepEqual(found(`node_provider_id: ${provider}`), [`nodeProvider 7uioy «${provider}»`]);
    assert.deepEqual(found(node), [], 'a principal alone may be anybody');
    assert.deepEqual(found(`node ${node.replace('m6vfi', 'm6vfj')}`), [], 'its checksum is wrong');
    assert.deepEqual(found('subnet a2b3c and subnet which, subnet type2, node others'), ['subnet a2b3c «a2b3c»']);
  });

  it('goes on in lists', () => {
    assert.deepEqual(found('proposals 143590, 143591 and #143592; 143593'), [
      'proposal 143590 «143590»',
      'proposal 143591 «143591»',
      'proposal 143592 «143592»',
    ]);
  });

  it('finds proposals that are called so, and no bare number', () => {
    assert.deepEqual(found('Proposal 143590 passed'), ['proposal 143590 «143590»']);
    assert.deepEqual(found('see #143590.'), ['proposal 143590 «143590»']);
    assert.deepEqual(found("proposal: '138123'"), ['proposal 138123 «138123»']);
    assert.deepEqual(found('https://dashboard.internetcomputer.org/proposal/12.'), ['proposal 12 «12»']);
    assert.deepEqual(found('https://nns.ic0.app/proposal/?u=qoctq-giaaa-aaaaa-aaaea-cai&proposal=143590'), [
      'proposal 143590 «143590»',
    ]);
    const none = [
      '143590',
      'proposal 2026-08-20',
      'build #143590',
      'color: #143590',
      '&#143590;',
      '#12',
      'proposal 3: restart',
      'proposal -123456',
      'https://nns.ic0.app/proposal/?u=2jvtu-yaaaa-aaaaq-aaama-cai&proposal=143590',
      'https://example.com/proposal/143590#143590',
    ];
    for (const text of none) assert.deepEqual(found(text), [], text);
  });

  it('finds tickets of known projects', () => {
    assert.deepEqual(found('DRE-351, feature/DRE-12-fix'), ['ticket DRE-351 «DRE-351»', 'ticket DRE-12 «DRE-12»']);
    assert.deepEqual(found('https://example.atlassian.net/browse/NODE-7'), ['ticket NODE-7 «NODE-7»']);
    assert.deepEqual(found('UTF-8 SHA-256 DRE-2026-08-20 DRE-351.pdf XDRE-351 dre-351'), []);
  });

  it('finds pull requests', () => {
    assert.deepEqual(found('PR #12 and #13, dfinity/ic#77'), [
      'pullRequest dfinity/dre#12 «12»',
      'pullRequest dfinity/dre#13 «13»',
      'pullRequest dfinity/ic#77 «dfinity/ic#77»',
    ]);
    assert.deepEqual(found('Pull request 2038 has been red'), ['pullRequest dfinity/dre#2038 «2038»']);
    assert.deepEqual(found('https://github.com/someone/else/pull/5/files'), ['pullRequest someone/else#5 «5»']);
    assert.deepEqual(found('pull 3 images, open pull requests: 4, and/or#5, a/dfinity/ic#1, PR 5%'), []);
  });

  it('finds releases and versions', () => {
    assert.deepEqual(found('rc--2026-08-20_03-30 release-2026-08-20_03-30-base'), [
      'release rc--2026-08-20_03-30 «rc--2026-08-20_03-30»',
      'release rc--2026-08-20_03-30 «release-2026-08-20_03-30-base»',
    ]);
    assert.deepEqual(found(revision), [`version 79c01 «${revision}»`]);
    assert.deepEqual(found('Elect new IC/GuestOS revision (commit 79c0105)'), ['version 79c01 «79c0105»']);
    const other = 'a1'.repeat(20);
    assert.deepEqual(found(`replica version ${other}`), [`version a1a1a «${other}»`]);
    assert.deepEqual(found(`${other} 79c0105 commit ${other} version deadbee rc--2026-13-20_03-30`), []);
  });

  it('finds data centers that are known or called so', () => {
    assert.deepEqual(found('2 hosts in dm1 over 90 %, dc:zh2, data center an1'), [
      'dataCenter dm1 «dm1»',
      'dataCenter zh2 «zh2»',
      'dataCenter an1 «an1»',
    ]);
    assert.deepEqual(found('br1 and zh2; /dev/dm1 dm1=5 dm1.example.org host-dm1'), []);
  });

  it('finds alerts by their address', () => {
    const id = '9b251e07-73c9-4907-9996-8cb53a6a20d0-1767571200123';
    assert.deepEqual(found(`https://example.atlassian.net/jira/ops/alerts/${id}`), [`alert 9b251 «${id}»`]);
  });

  it('does not join words of several lines', () => {
    assert.deepEqual(found('every proposal\n143590 rows'), []);
  });
});

/** Ids that are evidence by themselves in this knowledge. */
const ids = [...subnets, 'o3ow2', 'DRE-351', 'rc--2026-08-20_03-30', revision, 'dfinity/dre#12'];

describe('the finder of mentions, whatever the text', () => {
  it('finds an id at its exact place in any punctuation', () => {
    const marks = fc.constantFrom(...Array.from('.,;:!?()[]{}<>"\'`´“”‘’«»|*~…–—=+ \t\n'));
    const some = fc.array(marks, { maxLength: 4 }).map((each) => each.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...ids), some, some, (id, before, after) => {
        const text = `word ${before}${id}${after} word`;
        const at = 5 + before.length;
        const mentions = findMentions(text, known);
        assert.deepEqual(
          mentions.map(({ start, end }) => [start, end]),
          [[at, at + id.length]],
          text,
        );
      }),
      runs(1_000),
    );
  });

  it('finds nothing in prose, hashes, UUIDs, addresses, times and file names', () => {
    const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
    const prose = fc.constantFrom(
      ...'the node of a subnet was proposed and its version is newer than those of other data centers nodes'.split(' '),
      ...'release commit pull request requests proposal provider alerts about under batch there which where'.split(' '),
    );
    const number = fc.oneof(fc.integer({ min: 0, max: 9_999 }).map(String), fc.double().map(String));
    const anything = fc.oneof(
      prose,
      number,
      ...[7, 12, 32, 40, 64].map((length) =>
        hex(length).filter((text) => /[a-f]/.test(text) && !revision.startsWith(text)),
      ),
      fc.uuid(),
      fc.ipV4(),
      fc.ipV6(),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      // Other signs may end a word: "nodes 2aaaa!" names a node.
      fc.emailAddress({ size: 'small' }).filter((address) => /^[\w.-]+@/.test(address)),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.stringMatching(/^[a-z]{1,8}\/[a-z]{1,8}\.(ts|rs|log|yaml)$/),
      fc.stringMatching(/^[a-z]{6,12}-[a-z0-9]{5}-[a-z0-9]{5}$/),
      fc.stringMatching(/^[a-z2-7]{5}(-[a-z2-7]{5}){9}-[a-z2-7]{3}$/),
      fc.stringMatching(/^(UTF|SHA|ISO|CVE|RFC)-[0-9]{1,4}$/),
    );
    // A hash after one of these words is what it says.
    const isTold = /(?:versions?|releases?|guestos|hostos)(?:\W{1,4}(?:ids?|number|no|and|or))*\W{1,4}[0-9a-f]{40}/i;
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), fc.constantFrom(' ', ', ', ': ', '\n', ' ('), (words, gap) => {
        const text = words.join(gap);
        fc.pre(!isTold.test(text));
        assert.deepEqual(findMentions(text, known), [], text);
      }),
      // Always the same random text: in enough random text an id is named by chance.
      { numRuns: 1_000, seed: 1 },
    );
  });

  it('gives ranges in order, without overlaps and inside of the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(...ids, 'subnet ', 'proposal 143590', 'PR #5', 'https://github.com/'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end } of findMentions(text, known)) {
          assert.ok(start >= last && end > start && end <= text.length);
          last = end;
        }
      }),
    );
  });

  it('takes a time that grows with the text, also for hostile ones', () => {
    const hostile = [
      'aaaaa-',
      'http://',
      'https://github.com/',
      '#1',
      'a/#123456',
      'version abcdef1 ',
      `${'aaaaa-'.repeat(10)}aaa `,
      'rc--2026-08-20_03-30_',
      'release-2026-08-20_03-30-',
      'DRE-1-',
      'subnet ',
      '-',
      '_',
      'a',
      '7',
      ':=#',
      'é',
      `${troubledSubnet}-`,
    ];
    for (const piece of hostile) assertLinear((text) => findMentions(text, known), piece, 100_000);
  });
});
