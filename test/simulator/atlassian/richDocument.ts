import { type AdfNode, code, doc, heading, link, mention, panel, paragraph, steps, text } from './adf.ts';

// A description with everything that people put into one, and with what somebody may put there to do harm.

const cell = (type: 'tableHeader' | 'tableCell', ...content: (string | AdfNode)[]): AdfNode => ({
  type,
  attrs: {},
  content: [paragraph(...content)],
});
const row = (...content: AdfNode[]): AdfNode => ({ type: 'tableRow', content });
const item = (...content: AdfNode[]): AdfNode => ({ type: 'listItem', content });
const task = (state: 'DONE' | 'TODO', words: string): AdfNode => ({
  type: 'taskItem',
  attrs: { localId: words, state },
  content: [text(words)],
});

/** Text that is shown as it is written here, and does nothing. */
export const harmfulTexts = [
  '[Submit proposal](command:workbench.action.terminal.new)',
  '<img src=https://evil.example/p.png><h1>Approve</h1>',
  '![lag](https://evil.example/lag.png)',
  '$(check) $$x^2$$ :::mermaid',
] as const;

export const richDocument: AdfNode = doc(
  heading(2, 'What happened'),
  paragraph(
    'Since ',
    { type: 'date', attrs: { timestamp: '1787702400000' } },
    ' the scraper of ',
    text('dm1', 'code'),
    ' is ',
    { type: 'status', attrs: { text: 'DEGRADED', color: 'yellow' } },
    ', says ',
    mention('712020:22222222-0000-4000-8000-000000000000', 'Eli Second'),
    ' ',
    { type: 'emoji', attrs: { shortName: ':fire:', text: '🔥' } },
    '. See ',
    text('the dashboard', link('https://grafana.example.com/d/scraper')),
    ' and ',
    { type: 'inlineCard', attrs: { url: 'https://forum.dfinity.org/t/1' } },
    '.',
  ),
  panel('warning', paragraph('Do ', text('not', 'strong'), ' restart it before ', text('Monday', 'em'), '.')),
  heading(2, 'What to do'),
  steps(
    'Look at its log',
    paragraph('Compare with version ', text('79c01052b5f7', 'code')),
    paragraph('Ask before anything is restarted'),
  ),
  {
    type: 'bulletList',
    content: [
      item(paragraph('Hosts'), {
        type: 'bulletList',
        content: [
          item(paragraph('dm1-dll01'), {
            type: 'bulletList',
            content: [item(paragraph('and its ', text('spare', 'strike')))],
          }),
          item(paragraph('dm1-dll02')),
        ],
      }),
    ],
  },
  {
    type: 'taskList',
    attrs: { localId: 'tasks' },
    content: [
      task('DONE', 'Replace dead nodes'),
      { type: 'taskList', attrs: { localId: 'within' }, content: [task('DONE', 'find them'), task('TODO', 'submit')] },
    ],
  },
  {
    type: 'table',
    attrs: {},
    content: [
      row(cell('tableHeader', 'What'), cell('tableHeader', 'Command'), cell('tableHeader', 'Owner')),
      row(
        cell('tableCell', 'errors'),
        cell('tableCell', text('journalctl -u ic-replica | grep ERROR', 'code')),
        cell('tableCell', 'on call'),
      ),
      row(
        cell('tableCell', '10', text('6', { type: 'subsup', attrs: { type: 'sup' } }), ' requests'),
        cell('tableCell', '—'),
        cell('tableCell', 'nobody'),
      ),
    ],
  },
  code('bash', 'dre --dry-run network \\\n  --ensure-operator-nodes-unassigned'),
  { type: 'blockquote', content: [paragraph('A restart of the orchestrator helped.')] },
  {
    type: 'mediaSingle',
    attrs: { layout: 'center' },
    content: [
      { type: 'media', attrs: { type: 'external', url: 'https://x.example.org/lag.png', alt: 'graph of lag' } },
    ],
  },
  { type: 'expand', attrs: { title: 'Older notes' }, content: [paragraph('None.')] },
  { type: 'rule' },
  ...harmfulTexts.map((words) => paragraph(words)),
);
