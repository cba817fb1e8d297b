import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// The inputs that earlier versions handled wrongly, and the test of each, from the answer of the service to the row,
// document or notification that a person sees. Tests name them by what they are; this table names them by number.

const here = import.meta.dirname;
const inputs = join(here, '../../../../shared/cases');

const cases: readonly (readonly [number: string, file: string, title: string])[] = [
  ['01-alert-unreadable-looks-empty', 'alerts.test.ts', 'the only open alert, whose ${field} have another form'],
  ['02-oncall-team-takes-over', 'team.test.ts', 'a turn held by ${what} is next, and no gap'],
  ['03-oncall-two-rotations', 'team.test.ts', 'of rotations side by side, one’s own turn counts'],
  ['04-required-check-runs-on-push', 'checks.test.ts', 'counts the runs of the push of the same commit'],
  ['05-runs-wait-for-approval', 'checks.test.ts', 'has words for ${conclusion ?? status}'],
  ['06-updaters-share-a-path', 'checks.test.ts', 'shows each of several updaters that share one path'],
  ['07-search-pages-go-round', 'lists.test.ts', 'page tokens that lead ${what}: a few requests'],
  ['08-task-list-in-task-list', '../jira/ticketDocuments.test.ts', 'has each task of a list in a list in its own line'],
  ['09-pipe-in-code-in-a-cell', '../jira/ticketDocuments.test.ts', 'keeps a bar in the code of a cell'],
  ['10-command-that-begins-with-spaces', '../jira/ticketDocuments.test.ts', 'shows a command that begins with spaces'],
  ['11-neighbouring-marks', '../jira/ticketDocuments.test.ts', 'shows no signs of marks between neighbours'],
  ['12-text-in-attributes', '../jira/ticketDocuments.test.ts', 'keeps the words and addresses that nodes have'],
  ['13-one-status-name-two-ids', 'lists.test.ts', 'one status name with two ids is one group'],
  ['14-rank-refused', 'lists.test.ts', 'a rank that is refused: the tickets in another order'],
  ['15-alert-without-a-message', 'alerts.test.ts', 'an alert without a message is called by its alias'],
  ['16-direction-marks-in-a-message', 'alerts.test.ts', 'direction marks have no effect outside of the message'],
  [
    '17-description-in-html-and-with-addresses',
    '../ops/alertDocuments.test.ts',
    'is readable where the description is HTML',
  ],
  ['18-organisation-wants-the-token-authorised', 'answers.test.ts', 'a token that the organisation wants authorised'],
  ['19-repository-was-renamed', 'answers.test.ts', 'a repository that was renamed: that it was'],
  ['20-next-link-on-every-page', 'lists.test.ts', 'a link on every page, where the count agrees'],
];

describe('every input that was not done right', () => {
  for (const [number, file, title] of cases) {
    it(`${number} has its test in ${file}`, () => {
      const text = readFileSync(join(here, file), 'utf8');
      assert.ok(
        [`it('${title}`, `it(\`${title}`].some((start) => text.includes(start)),
        title,
      );
    });
  }

  it('is in the table, where the inputs lie beside the checkout', function () {
    if (!existsSync(inputs)) return this.skip();
    const files = readdirSync(inputs).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
    assert.deepEqual(files.sort(), cases.map(([number]) => number).sort());
  });
});
