import { createGitHub } from '../../src/sources/github/client.ts';
import { createHttp } from '../../src/sources/http.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { tokens } from '../simulator/world.ts';
import type { Figure } from './figures.ts';

const polls = 50;

/** The share of GitHub's answers that are 304 while nothing changes, in per cent. */
export async function share304(simulator: Simulator): Promise<Figure> {
  let [answers, unchanged] = [0, 0];
  const github = createGitHub({
    http: createHttp({
      fetch,
      now: Date.now,
      onExchange: ({ status }) => {
        answers++;
        if (status === 304) unchanged++;
      },
    }),
    apiUrl: new URL(simulator.addresses.github),
    token: () => Promise.resolve(tokens.github),
    now: Date.now,
    log: () => undefined,
  });
  for (let poll = 0; poll < polls; poll++) {
    await github.pullRequests('dfinity/dre');
    await github.workflowRuns('dfinity/dre');
  }
  const value = (100 * unchanged) / answers;
  return { name: 'GitHub polls answered 304', value, unit: '%', limit: 95, atLeast: true, note: 'nothing changes' };
}
