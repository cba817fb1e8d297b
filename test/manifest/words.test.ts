import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** All that people read of the product, and the comments beside it. */
const texts = [
  'package.json',
  'README.md',
  ...readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `src/${file}`),
].map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** What was said once, and what is said in its place. A template has its values as `${…}`. */
const table: readonly (readonly [old: RegExp, now: string])[] = [
  [/hangs together with/i, "'Related'"],
  [/reached it \$\{|batch \d+ reached it/, "'before' : 'after'} ${name}"],
  [/no note known|No note is known/, "'notes not read'"],
  [/\$\{.*min ago/, 'return `Acknowledged${by}${since(acknowledgedAt)}`'],
  [/nobody took it/, 'Unacknowledged since ${'],
  [/not confirmed by the service/, '} unconfirmed`'],
  [/the service did not say|Look at the row/, "Couldn't confirm ${"],
  [/does not permit this/, "You don't have permission (403)"],
  [/Take Back Failed/, 'Discard Failed Action'],
  [/title\} applied\.`/, "before: 'Handed over'"],
  [/\} holds`|You hold'/, 'Hand over ${schedule} to ${'],
  [/ \(question\)[`'"]/, 'Hand over ${schedule} to ${'],
  [/In place of /, '`Replaces ${'],
  [/whoever.s turn it is/i, 'Active now. The scheduled person takes over immediately.'],
  [/not getting paged/i, 'Troubleshoot Paging'],
  [/keeps pages away/, "'Blocking'"],
  [/makes them fewer/, "'Limiting'"],
  [/What is fine/, "'OK'"],
  [/Clear the Filter of/, 'Clear Alert Filter'],
  [/Type words that must/, 'Filter by text, or pick a saved filter'],
  [/in the syntax of the service/, 'Advanced Query…'],
  [/Came 10 times/, 'Fired 10+ times'],
  [/By what\?/, "'Group by'"],
  [/To which one\?/, "'New priority'"],
  [/Which ones\?/, "'Select tags'"],
  [/is simulated first/, 'Operations that submit or vote start with a dry run'],
  [/the simulation ended well/, 'Dry run succeeded; nothing '],
  [/kept in the secret store|goes to the secret store/, 'stored securely by VS Code'],
  [/not looked at closely/, "'in background'"],
  [/in sight and on shift/, "'visible, on shift'"],
  [/not told;|whole again at/, ', resets at ${'],
  [/on call is \$\{/, 'on call: ${'],
  [/Night or weekend|drawn short/, 'Nights and weekends (compressed)'],
  [/Airflow retries by itself/, 'Airflow is retrying'],
  [/do not run in a workspace that is not trusted/, 'dre operations need a trusted workspace.'],
  [/cannot be reached\$|cannot be reached`/, "Can't reach ${"],
  [/did not accept the token\$|Sign in again with a fresh/, 'Token rejected: sign in again'],
  [/\} could not be read|What there is of/, "`Can't read ${counted(skipped, oneOf(noun))}"],
  [/This (?:row|view|image) cannot be|'row'\)\} cannot be/, "Can't update this view"],
  [/(?:Alerts|schedules|overrides) cannot be read/, "Can't read alerts"],
  [/Filter \$\{name\} cannot be/, "Can't use filter ${name}"],
  [/The link could not be|does not find what/, "Can't open the link"],
  [/\} cannot start|or the dashboard cannot read/, "} can't start: "],
  [/that nobody took/, "'unacknowledged alert'"],
  [/below are of then|those of before/, 'All rows below are from then.'],
  [/fired \$\{grouped/i, "'twice'"],
  [/number \$\{reason/, ' failures in a row'],
  [/to be snoozed/, 'the chosen time has passed'],
  [/Sign in anew/, 'Sign in again…'],
  [/Submit Simulated/, 'Submit dre Operation After Dry Run…'],
  [/"title": "Operations"/, '"title": "Open Operations"'],
  [/told together|quiet screen|hear at once/, 'combined into the next notification'],
  [/notified to you/, 'When you are notified of alerts'],
  [/the queue tell/, 'Which guidelines of the queue are checked'],
  [/like a quiet queue/, 'like an empty queue'],
  [/placeHolder: .*\?['`]|placeHolder: ['`]Choose/, "'Select a proposal'"],
];

describe('the words of the product', () => {
  for (const [old, now] of table) {
    it(`are “${now}”, and nowhere ${old.source}`, () => {
      const found = texts.filter(({ text }) => old.test(text)).map(({ file }) => file);
      assert.deepEqual(found, []);
      assert.ok(texts.some(({ text }) => text.includes(now)));
    });
  }
});
