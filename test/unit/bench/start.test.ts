import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensionIn, firstRowsIn } from '../../bench/startFiles.ts';
import { reportStarts, type MeasuredStarts } from '../../bench/startReport.ts';

describe('the bench of a start', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dr-dre-start-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  it('names the other extension as VS Code does', () => {
    write('package.json', '{ "displayName": "Other" }');
    assert.deepEqual(extensionIn(folder), { folder, name: 'Other' });
    write('package.json', '{ "displayName": "%name%" }');
    write('package.nls.json', '{ "name": "The Other" }');
    assert.deepEqual(extensionIn(folder), { folder, name: 'The Other' });
    write('package.json', '{}');
    assert.throws(() => extensionIn(folder), /is not the folder of an extension/);
  });

  it('takes from the log of the newest start when its first rows came', () => {
    const log = (start: string): string => `logs/${start}/window1/exthost/output/1-Dr. DRE.log`;
    write(log('20260826T135011'), '[info] [views] first rows after 80 ms\n');
    assert.equal(firstRowsIn(folder), 80);
    mkdirSync(join(folder, 'logs/20260826T135111'));
    assert.equal(firstRowsIn(folder), undefined);
    write(log('20260826T135111'), '[info] [views] first rows after 0 ms\n');
    assert.equal(firstRowsIn(folder), 0);
  });

  const work = (ownMs: number, name: string) => ({ ownMs, work: [{ name, ms: ownMs / 2 }] });
  const measured: MeasuredStarts = {
    coldMs: 900,
    requests: [{ service: 'github' }, { service: 'github' }, { service: 'rollouts' }],
    alone: {
      times: [
        { rows: 60, activation: 8 },
        { rows: 50, activation: 6 },
        { rows: 70, activation: 7 },
      ],
      works: [work(20, 'slowAlone'), work(10, 'quickAlone')],
    },
  };

  /** What is printed beside the figures, and these, without those that are always the same. */
  const report = (
    starts: MeasuredStarts,
  ): { readonly printed: readonly string[]; readonly figures: readonly string[] } => {
    const printed: string[] = [];
    const { log } = console;
    console.log = (line: string) => void printed.push(...line.trim().split('\n'));
    try {
      const figures = reportStarts(starts).map(
        ({ name, value, limit }) => `${name}: ${value}, at most ${limit ?? '-'}`,
      );
      return { printed, figures };
    } finally {
      console.log = log;
    }
  };

  it('reports the functions of the start that worked least, and the medians', () => {
    const { printed, figures } = report(measured);
    assert.deepEqual(printed, ['Own work up to the first rows, alone, in ms', '5.00  quickAlone']);
    assert.deepEqual(figures, [
      'activation, as VS Code reports it, alone: 7, at most -',
      'own processor time up to the first rows, alone: 20, at most 30',
      'first rows after activation, snapshot, alone: 60, at most 100',
      'first rows after activation, from the network: 900, at most -',
      'requests in the first minute, all services: 3, at most -',
      '  of these to github: 2, at most -',
      '  of these to rollouts: 1, at most -',
    ]);
  });

  it('reports them beside another extension, too, and a quarter of its activation as the limit', () => {
    const { printed, figures } = report({
      ...measured,
      comparison: {
        name: 'Other',
        otherAlone: [40],
        times: [{ rows: 90, activation: 9, otherActivation: 44 }],
        works: [work(30, 'beside')],
      },
    });
    assert.deepEqual(printed.slice(2), ['Own work up to the first rows, beside Other, in ms', '15.00  beside']);
    assert.deepEqual(figures.slice(0, -4), [
      'activation, as VS Code reports it, alone: 7, at most 10',
      'own processor time up to the first rows, alone: 20, at most 30',
      'first rows after activation, snapshot, alone: 60, at most 100',
      'activation of Other, alone: 40, at most -',
      'activation, as VS Code reports it, beside Other: 9, at most -',
      'own processor time up to the first rows, beside Other: 30, at most 30',
      'first rows after activation, snapshot, beside Other: 90, at most -',
      'activation of Other, beside Dr. DRE: 44, at most -',
    ]);
  });
});
