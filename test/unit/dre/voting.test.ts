import assert from 'node:assert/strict';
import { voteSentence } from '../../../src/dre/voting.ts';

describe('what a vote accepts', () => {
  const said = (...args: readonly string[]): string | undefined => voteSentence({ args, effect: 'votes' });

  it("is spelled out with dre's own proposers and topic where none are named", () => {
    assert.equal(
      said('vote'),
      'It accepts proposals about IC OS Version Deployment by the neurons 80, 39, 40, 46, 58, 61, 77, ' +
        '17511507705568200227, and looks for them every 60s until Ctrl+C.',
    );
  });

  it('is spelled out from the arguments, in each of their forms', () => {
    assert.equal(
      said('vote', '--accepted-neurons', '40,17511507705568200227', '--accepted-topics=12,13', '--sleep-time', '0s'),
      'It accepts proposals about IC OS Version Deployment, IC OS Version Election by the neurons 40, ' +
        '17511507705568200227, and looks for them once.',
    );
    assert.match(
      said('vote', '--accepted-topics', '7', '--accepted-topics', '99') ?? '',
      /Subnet Management, Topic 99 by/,
    );
  });

  it('is nothing that other commands have', () => {
    assert.equal(voteSentence({ args: ['network'], effect: 'submits' }), undefined);
  });
});
