import assert from 'node:assert/strict';
import { candidateOf, electionDay, releaseNamedBy } from '../../../../src/domain/releases/release.ts';

describe('the name of a release candidate', () => {
  it('says its day and when it was branched, whatever is added to it', () => {
    for (const name of [
      'rc--2026-08-20_03-30',
      'rc--github--2026-08-20_03-30',
      'rc--2026-08-20_03-30_triggered_at_2026-08-23_18-05',
      'rc--2026-08-20_03-30-hotfix',
    ]) {
      const { day, shortName, cutAt } = candidateOf(name) ?? assert.fail(name);
      const said = [day, shortName, cutAt];
      assert.deepEqual(said, [Date.UTC(2026, 7, 20), '08-20', Date.UTC(2026, 7, 20, 3, 30)], name);
    }
  });

  it('may say the day alone, and says nothing where it is no such name', () => {
    assert.equal(candidateOf('rc--2026-08-20')?.cutAt, undefined);
    assert.equal(candidateOf('rc--2026-08-20_99-99')?.cutAt, undefined);
    for (const name of ['rc--2026-13-40_03-30', 'rc--2026-08-201_03-30', 'rc--2026-08-20-1', 'manual__2026-08-20']) {
      assert.equal(candidateOf(name), undefined, name);
    }
  });

  it('is found in the name of a branch, a rollout or a tag, and in no other', () => {
    const name = 'rc--2026-08-20_03-30';
    for (const [text, length] of [
      [name, 20],
      [`${name}_triggered_at_2026-08-23_18-05`, 20],
      [`${name}--github`, 20],
      ['release-2026-08-20_03-30-base', 29],
    ] as const) {
      assert.deepEqual(releaseNamedBy(text), { name, length }, text);
    }
    for (const text of ['rc--2026-08-20_99-30', 'rc--2026-08-20', 'release-2026-08-20_03-30', `x${name}`, `${name}0`]) {
      assert.equal(releaseNamedBy(text), undefined, text);
    }
  });

  it('says on which Friday its elections are due', () => {
    assert.equal(electionDay({ name: 'rc--2026-08-20_03-30' }), Date.UTC(2026, 7, 21));
    assert.equal(electionDay({ name: 'rc--2026-08-21_03-30' }), Date.UTC(2026, 7, 21));
    assert.equal(electionDay({ name: 'rc--2026-08-22_03-30' }), Date.UTC(2026, 7, 28));
    assert.equal(electionDay({ name: 'hotfix' }), undefined);
  });
});
