import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adfEdited, adfToEdit } from '../../../../../src/domain/documents/adf/edit.ts';
import type { AdfJson } from '../../../../../src/domain/documents/adf/json.ts';
import { serialise } from '../../../../../src/domain/documents/serialise.ts';
import { doc, link, node, paragraph, text, type Adf } from '../../../../support/documents/adf.ts';
import { adfDocuments, adfProblems, adfSchemaFile } from '../../../../support/documents/adfSchema.ts';
import { documents } from '../../../../support/documents/trees.ts';
import { describeWithReference } from '../../../../support/base/reference.ts';
import { runsWithin } from '../../../../support/base/runs.ts';

const counting = (): (() => string) => {
  let count = 0;
  return () => `task-${++count}`;
};
const nodesOf = (document: unknown): readonly AdfJson[] => (document as AdfJson).content ?? [];

describeWithReference('any document of Jira, edited as Markdown', adfSchemaFile, () => {
  const problems = adfProblems();

  it('comes back as it was when nothing was edited', () => {
    fc.assert(
      fc.property(adfDocuments(), (document) => {
        const markdown = adfToEdit(document) ?? assert.fail('no document');
        assert.deepEqual(adfEdited(document, markdown, counting()), document);
      }),
      runsWithin(60, 2_000),
    );
  });

  it('keeps every node above and below what a person adds, and is what Jira takes', () => {
    fc.assert(
      fc.property(adfDocuments(), (document) => {
        const markdown = adfToEdit(document) ?? assert.fail('no document');
        const before = nodesOf(document);
        const above = adfEdited(document, `Added above.\n\n${markdown}`, counting());
        assert.equal(problems(above), undefined);
        assert.deepEqual(nodesOf(above).slice(1), before);
      }),
      runsWithin(40, 2_000),
    );
  });

  it('is what Jira takes, whatever is done to the text', () => {
    fc.assert(
      fc.property(
        adfDocuments(),
        fc.nat(),
        fc.nat(40),
        fc.constantFrom('', 'x', '\n\n', '> ', '- '),
        (document, at, length, put) => {
          const markdown = adfToEdit(document) ?? assert.fail('no document');
          const from = at % (markdown.length + 1);
          const edited = `${markdown.slice(0, from)}${put}${markdown.slice(from + length)}`;
          assert.equal(problems(adfEdited(document, edited, counting())), undefined);
        },
      ),
      runsWithin(60, 2_000),
    );
  });

  it('is what Jira takes for any Markdown that a person writes', () => {
    fc.assert(
      fc.property(documents, (tree) => {
        assert.equal(problems(adfEdited(undefined, serialise(tree), counting())), undefined);
      }),
      runsWithin(100, 2_000),
    );
  });
});

describe('a document of Jira, edited as Markdown', () => {
  const red = { type: 'textColor', attrs: { color: '#ff0000' } };
  const cell = (type: string, words: string): Adf => node(type, [paragraph(words)], { background: '#ffff00' });
  const task = (words: string, state: string): Adf =>
    node('taskItem', [text(words)], { localId: `id ${words.length}`, state });
  const item = (...blocks: readonly Adf[]): Adf => node('listItem', blocks);
  const corpus = doc(
    node('heading', [text('Requirements')], { level: 2 }),
    paragraph(
      ...['Ask ', node('mention', [], { id: '5b10ac:1', text: '@Dana Oncall', localId: 'q' }), ' about the '],
      ...[text('red', 'strong', red), ' line by ', node('date', [], { timestamp: '1787752140000' })],
      ...[' (', node('inlineCard', [], { url: 'https://example.com/x' }), '), see https://example.com.'],
    ),
    paragraph(),
    node('bulletList', [
      item(paragraph('one'), node('orderedList', [item(paragraph('inner'))])),
      item(paragraph('two')),
    ]),
    node('taskList', [task('find', 'DONE'), node('taskList', [task('submit', 'TODO')], { localId: 'l' })], {
      localId: 'k',
    }),
    node('panel', [paragraph('Careful.'), paragraph('Really.')], { panelType: 'custom', panelColor: '#ff0000' }),
    node('table', [
      node('tableRow', [cell('tableHeader', 'What'), cell('tableHeader', 'Who')]),
      node('tableRow', [cell('tableHeader', 'a | b'), node('tableCell', [node('bulletList', [item(paragraph('x'))])])]),
    ]),
    node('codeBlock', [text('dre vote')], { language: 'bash', wrap: true }),
    node('mediaSingle', [node('media', [], { type: 'file', id: 'x', collection: 'c', alt: 'graph.png' })]),
    node('expand', [paragraph('hidden')], { title: 'More' }),
    { type: 'strangeThing', attrs: { any: 1 }, content: [paragraph('inside')] },
  );
  const markdown = [
    '## Requirements',
    '',
    'Ask [@Dana Oncall](mention:5b10ac:1) about the [**red**](kept:0) line by [2026-08-26](kept:1) ([https://example.com/x](kept:2)), see https://example.com.',
    '',
    '- one',
    '  1. inner',
    '- two',
    '',
    '<!-- -->',
    '',
    '- [x] find',
    '  - [ ] submit',
    '',
    '> [!CUSTOM]',
    '> Careful.',
    '>',
    '> Really.',
    '',
    '| What | Who |',
    '| - | - |',
    '| a \\| b | [List](kept:3) |',
    '',
    '```bash',
    'dre vote',
    '```',
    '',
    '[Picture: graph.png](kept:4)',
    '',
    '> [Expand: More](kept:5)',
    '>',
    '> hidden',
    '',
    '[strangeThing](kept:6)',
    '',
  ].join('\n');
  /** The corpus with one text in place of another, in both forms. */
  const change = (from: string, to: string): readonly [Adf, AdfJson] => [
    JSON.parse(JSON.stringify(corpus).replace(from, to)) as Adf,
    adfEdited(corpus, markdown.replace(from, to), counting()),
  ];

  it('is Markdown that can be read, with a link for what Markdown cannot hold', () => {
    assert.equal(adfToEdit(corpus), markdown);
  });

  for (const [from, to] of [
    ['Requirements', 'What is needed'],
    ['about', 'on'],
    ['red', 'redder'],
    ['inner', 'within'],
    ['submit', 'propose'],
    ['Careful', 'Be careful'],
    ['Who', 'By whom'],
    ['dre vote', 'dre heal'],
    ['hidden', 'shown'],
  ] as const) {
    it(`changes “${from}” alone, and keeps all around it`, () => {
      const [expected, found] = change(from, to);
      assert.deepEqual(found, expected);
    });
  }

  it('changes a paragraph behind an empty one, wherever it stands, and keeps the empty one', () => {
    const beside = (last: string): Adf[] => [paragraph(), paragraph(text(last))];
    const panel = (last: string): Adf => node('panel', beside(last), { panelType: 'info' });
    for (const [before, after] of [
      [doc(...beside('Old words')), doc(...beside('New words'))],
      [doc(panel('Old words')), doc(panel('New words'))],
      [
        doc(node('bulletList', [node('listItem', beside('Old words'))])),
        doc(node('bulletList', [node('listItem', beside('New words'))])),
      ],
    ] as const) {
      const markdown = adfToEdit(before) ?? assert.fail('no document');
      assert.deepEqual(adfEdited(before, markdown.replace('Old', 'New'), counting()), after);
    }
  });

  it('loses what a person takes out, and moves what they move', () => {
    const moved = markdown.replace('[Picture: graph.png](kept:4)\n\n', '').replace('## Req', '[P](kept:4)\n\n## Req');
    const before = corpus.content ?? [];
    assert.deepEqual(nodesOf(adfEdited(corpus, moved, counting())), [
      before[8],
      ...before.slice(0, 8),
      ...before.slice(9),
    ]);
    assert.deepEqual(
      nodesOf(adfEdited(corpus, markdown.replace('[strangeThing](kept:6)\n', ''), counting())),
      before.slice(0, 10),
    );
  });

  it('has what a person writes anew: tasks with ids, panels, mentions and addresses', () => {
    const written =
      '- [ ] vote\n\n> [!WARNING]\n> Ask [@Eli](mention:e1) at https://example.com/a.\n\na\\\nb  \n![p](https://example.com/p.png)';
    const address = (href: string, words = href): Adf => ({ type: 'text', text: words, marks: [link(href)] });
    assert.deepEqual(nodesOf(adfEdited(undefined, written, counting())), [
      {
        type: 'taskList',
        attrs: { localId: 'task-2' },
        content: [
          { type: 'taskItem', attrs: { localId: 'task-1', state: 'TODO' }, content: [{ type: 'text', text: 'vote' }] },
        ],
      },
      {
        type: 'panel',
        attrs: { panelType: 'warning' },
        content: [
          {
            type: 'paragraph',
            content: [
              { type: 'text', text: 'Ask ' },
              { type: 'mention', attrs: { id: 'e1', text: '@Eli' } },
              { type: 'text', text: ' at ' },
              address('https://example.com/a'),
              { type: 'text', text: '.' },
            ],
          },
        ],
      },
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'a' },
          { type: 'hardBreak' },
          { type: 'text', text: 'b' },
          { type: 'hardBreak' },
          address('https://example.com/p.png', 'p'),
        ],
      },
    ]);
  });

  it('runs no link or HTML that a person pastes, and keeps their words', () => {
    const [only] = nodesOf(adfEdited(undefined, '[x](javascript:alert) <b>bold</b> [y](kept:9)', counting()));
    assert.deepEqual(only?.content, [{ type: 'text', text: 'x <b>bold</b> y' }]);
  });

  it('takes the formatting of a line along only to where Jira takes it', () => {
    const fontSize = { type: 'fontSize', attrs: { fontSize: 'small' } };
    const small: Adf = { type: 'paragraph', content: [text('small')], marks: [fontSize] };
    const row = node('tableRow', [node('tableCell', [node('nestedExpand', [small])])]);
    const original = doc(node('expand', [node('table', [row])], {}));
    const markdown = adfToEdit(original) ?? assert.fail('no document');
    const [, quote] = nodesOf(adfEdited(original, markdown.slice(1), () => 'id'));
    assert.equal(quote?.type, 'blockquote');
    const lines = quote.content ?? [];
    assert.deepEqual(
      lines.flatMap(({ content = [] }) => content.map((part) => part.text)),
      ['small'],
    );
    assert.ok(lines.every(({ marks = [] }) => marks.length === 0));
  });
});
