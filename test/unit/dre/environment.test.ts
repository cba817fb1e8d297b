import assert from 'node:assert/strict';
import { dotenvNames, dotenvPaths, runEnvironment } from '../../../src/dre/environment.ts';
import { findProgram } from '../../../src/dre/program.ts';
import { runStandIn } from '../../support/dre/standIn.ts';

describe('the environment of a run', () => {
  it('lacks what a terminal has by accident, and names it', () => {
    const { variables, stripped } = runEnvironment({ YES: '1', PATH: '/bin' });
    assert.deepEqual(variables, { PATH: '/bin' });
    assert.deepEqual(
      stripped.map(({ name, value }) => [name, value]),
      [['YES', '1']],
    );
  });

  it('keeps what says who acts, and does not show secrets', () => {
    const { variables, kept } = runEnvironment({ NEURON_ID: '40', HSM_PIN: '1234', https_proxy: 'http://p:3128' });
    assert.deepEqual(variables, { NEURON_ID: '40', HSM_PIN: '1234', https_proxy: 'http://p:3128' });
    assert.deepEqual(
      kept.map(({ name, value }) => [name, value]),
      [
        ['HSM_PIN', undefined],
        ['NEURON_ID', '40'],
        ['https_proxy', 'http://p:3128'],
      ],
    );
  });

  it('holds none of our tokens, nothing of the editor, and nothing by which a program loads code', () => {
    const { variables } = runEnvironment({
      DR_DRE_ATLASSIAN_EMAIL: 'dana@example.com',
      DR_DRE_ATLASSIAN_TOKEN: 't',
      DR_DRE_GITHUB_TOKEN: 't',
      DR_DRE_SLACK_TOKEN: 't',
      NODE_OPTIONS: '--require ./evil.js',
      NODE_PATH: '.',
      ELECTRON_RUN_AS_NODE: '1',
      VSCODE_IPC_HOOK: '/tmp/x',
      LD_PRELOAD: './evil.so',
      HOME: '/home/dana',
      UNSET: undefined,
    });
    assert.deepEqual(variables, { HOME: '/home/dana' });
  });

  it('lacks whatever makes a good command fail', async () => {
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
      assert.deepEqual(runEnvironment({ [name]: value }).variables, {});
    }
  });
});

describe('the program of a run', () => {
  const isThere =
    (...files: readonly string[]) =>
    (file: string): boolean =>
      files.includes(file);

  it('is what the PATH has first, in full, whatever folder is open', () => {
    assert.equal(findProgram('dre', '/a:/b', isThere('/b/dre', '/a/dre')), '/a/dre');
    assert.equal(
      findProgram('dre', '.:node_modules/.bin::/b', () => true),
      '/b/dre',
    );
    assert.equal(
      findProgram('dre', '.:', () => true),
      undefined,
    );
  });

  it('is the one that the setting names, never one of a relative path', () => {
    assert.equal(findProgram('/opt/dre', '/a', isThere('/opt/dre')), '/opt/dre');
    assert.equal(findProgram('/opt/dre', '/a', isThere('/a/dre')), undefined);
    assert.equal(
      findProgram('./dre', '/a', () => true),
      undefined,
    );
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

  it('are listed with the variables that they set', () => {
    assert.deepEqual(dotenvNames('# YES=1\nexport NEURON_ID=40\n  HTTPS_PROXY = x\nOTHER=1\nYES=true'), [
      'YES',
      'NEURON_ID',
      'HTTPS_PROXY',
    ]);
  });
});
