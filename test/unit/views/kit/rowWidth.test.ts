import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { titleBeside, titledTexts } from '../../../../src/views/kit/rowWidth.ts';

const principal = 'o3ow2-2ipam-6fcjo-3j5vt-fzbge-2g7my-5fz2m-p4o2t-dwlc4-gt2q7-5ae';
const commit = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';
const release = 'rc--2026-08-20_03-09-base';

/** The title beside shorter facts, and beside longer ones. */
function labels(title: string): readonly string[] {
  return [...new Set(Array.from({ length: 32 }, (_, length) => titleBeside(title, ['0'.repeat(length)], 247)))];
}

function shortOf(word: string): string {
  return word.replace(commit, '79c0105').replace(principal, 'o3ow2');
}

describe('a title that is cut', () => {
  it('has an id in whole or not at all', () => {
    assert.deepEqual(labels('Look at DRE-1234 again'), ['Look at DRE-1234 again', 'Look at DRE-1234…', 'Look at…']);
    assert.deepEqual(labels(`Recover ${release}`), [`Recover ${release}`, 'Recover…']);
    const words = fc.constantFrom('Look', 'at', 'recover', 'boundary', 'the', 'again,', 'replacement');
    const ids = fc.oneof(
      fc.constantFrom(principal, commit, release, 'bo1-dll01', 'feature/rows', 'chrony_offset'),
      fc.integer({ min: 1, max: 99_999 }).map((number) => `DRE-${number}`),
    );
    const titles = fc.tuple(
      fc.array(words, { minLength: 1, maxLength: 4 }),
      ids,
      fc.array(fc.oneof(words, ids), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(titles, fc.nat(30), ([before, id, after], length) => {
        const all = [...before, id, ...after];
        const label = titleBeside(all.join(' '), ['0'.repeat(length)], 247);
        const whole = new Set(all.flatMap((word) => [word, shortOf(word)]));
        for (const word of label.replace(/…$/, '').split(' ')) {
          assert.ok(whole.has(word) || whole.has(`${word},`) || /^[A-Za-z]{4,}$/.test(word), label);
        }
      }),
    );
  });

  it('has principals and commits by their first part', () => {
    assert.equal(titleBeside(`Retire ${commit} today`, [], 247), 'Retire 79c0105 today');
    assert.equal(titleBeside(`Subnet ${principal} is stuck again`, ['you · 6m'], 247), 'Subnet o3ow2 is stuck…');
    assert.equal(titleBeside(`${principal} has no quorum`, ['you · 6m'], 247), 'o3ow2 has no quorum');
    assert.deepEqual(titledTexts(`Retire ${commit} of the registry today`, { decisive: ['you', '6m'] }, 247), {
      label: 'Retire 79c0105 of the…',
      description: 'you · 6m · …registry today',
    });
  });

  it('leaves out marks at its end, however many there are', () => {
    assert.equal(titleBeside('Foo bar 2024-10-31::: x y z', ['9d'], 165), 'Foo bar 2024-10-31…');
  });

  it('begins with as much of a long first word as says something', () => {
    assert.deepEqual(
      [
        'mainnet-dashboard-backup-to-zurich',
        '#2036 python-dependencies with 5 updates',
        '#2044 actions/checkout',
        `${release} is not healthy`,
        'https://grafana.mainnet.example.org/d/abc is down',
        'DRE-1234: look again',
      ].map((title) => titleBeside(title, ['you · flagged · 9d'], 247)),
      [
        'mainnet-dashboar…',
        '#2036 python-…',
        '#2044 actions/…',
        'rc--2026-08-20_…',
        'https://grafana.…',
        'DRE-1234: look…',
      ],
    );
    assert.equal(titleBeside('DRE-1234: look again', ['as long as all of the row'], 247), 'DRE-1234…');
  });
});
