import assert from 'node:assert/strict';
import { cleanEnvironment, dotenvPaths } from '../../../src/dre/environment.ts';
import { runStandIn } from '../../support/standInDre.ts';

describe('the environment of a run', () => {
  it('is freed of what a terminal carries by accident, also when it is not seen from here', () => {
    const { unset, stripped } = cleanEnvironment({ YES: '1', PATH: '/bin' });
    for (const name of ['YES', 'DRY_RUN', 'VERBOSE', 'NETWORK', 'NNS_URLS', 'HSM_KEY_ID']) {
      assert.equal(unset[name], null);
    }
    assert.equal('PATH' in unset, false);
    assert.deepEqual(
      stripped.map(({ name, option, value }) => [name, option, value]),
      [['YES', '--yes', '1']],
    );
  });

  it('keeps what says who acts, and does not show secrets', () => {
    const { unset, kept } = cleanEnvironment({ NEURON_ID: '40', HSM_PIN: '1234' });
    assert.equal('NEURON_ID' in unset || 'HSM_PIN' in unset, false);
    assert.deepEqual(
      kept.map(({ name, value }) => [name, value]),
      [
        ['HSM_PIN', undefined],
        ['NEURON_ID', '40'],
      ],
    );
  });

  it('takes away whatever makes a good command fail', async () => {
    const spoiled = {
      YES: 'false',
      VERBOSE: '1',
      NETWORK: 'nowhere',
      HSM_KEY_ID: '1',
      NNS_URLS: 'x',
      FORUM_POST_LINK: '?',
    };
    for (const [name, value] of Object.entries(spoiled)) {
      const words = ['network', '--heal', '--dry-run'];
      assert.notEqual((await runStandIn(words, { [name]: value })).code, 0, name);
      assert.equal(cleanEnvironment({ [name]: value }).unset[name], null);
    }
  });
});

describe('the .env files that dre reads', () => {
  it('are those of the folder and of all parents, nearest first', () => {
    assert.deepEqual(dotenvPaths('/home/dana/code/'), [
      '/home/dana/code/.env',
      '/home/dana/.env',
      '/home/.env',
      '/.env',
    ]);
    assert.deepEqual(dotenvPaths('/'), ['/.env']);
  });
});
