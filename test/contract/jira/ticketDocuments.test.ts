import assert from 'node:assert/strict';
import { doc, link, node, paragraph, text, type Adf } from '../../support/documents/adf.ts';
import { neverShown } from '../../support/documents/preview.ts';
import { documentServices } from '../../support/documents/services.ts';

describe('the document of a ticket, from what Jira answers', () => {
  const services = documentServices();
  /** What is shown of the description. */
  const described = async (...content: readonly Adf[]) => {
    const { markdown, text: shown, ...rest } = await services.ticket({ description: doc(...content) });
    const [, written = ''] = markdown.split('## Description\n\n');
    const [, below = ''] = shown.split('Description\n');
    const [description = ''] = below.split('Comments');
    return {
      markdown: written.replace(/## Comments[^]*$/, '').trimEnd(),
      text: description.trim(),
      ...rest,
    };
  };

  it('has each task of a list in a list in its own line with its tick', async () => {
    const task = (state: string, words: string): Adf => node('taskItem', [text(words)], { state });
    const { markdown } = await described(
      node('taskList', [
        task('TODO', 'Replace dead nodes'),
        node('taskList', [task('DONE', 'find them'), task('TODO', 'submit')]),
      ]),
    );
    assert.equal(markdown, '- ☐ Replace dead nodes\n  - ☑ find them\n  - ☐ submit');
  });

  it('keeps a bar in the code of a cell, and the cells after it', async () => {
    const row = (type: string, ...cells: readonly Adf[]): Adf =>
      node(
        'tableRow',
        cells.map((cell) => node(type, [paragraph(cell)])),
      );
    const command = 'journalctl -u ic-replica | grep ERROR';
    const { elements, text: shown } = await described(
      node('table', [
        row('tableHeader', text('What'), text('Command'), text('Owner')),
        row('tableCell', text('errors'), text(command, 'code'), text('on call')),
      ]),
    );
    assert.deepEqual(
      shown.split('\n').filter((line) => line !== ''),
      ['What', 'Command', 'Owner', 'errors', command, 'on call'],
    );
    assert.equal(elements['code_inline'], 1);
  });

  it('shows a command that begins with spaces as it is written', async () => {
    const { text: shown, elements } = await described(
      paragraph('Run this:'),
      paragraph('    dre --dry-run network & echo <done>'),
    );
    assert.match(shown, /^Run this:\n+\u00a0{4}dre --dry-run network & echo <done>$/);
    assert.equal(elements['code_block'], undefined);
  });

  it('shows no signs of marks between neighbours, within a word or before a letter', async () => {
    const { text: shown, elements } = await described(
      paragraph(text('Impact:', 'strong'), 'none'),
      paragraph(text('a', 'strong'), text('b', 'strong', 'em'), text('c', 'strong')),
      paragraph('un', text('believ', 'em'), 'able'),
    );
    assert.equal(shown, 'Impact:none\nabc\nunbelievable');
    const { elements: bare } = await described(paragraph('Impact'));
    const added = (name: string): number => (elements[name] ?? 0) - (bare[name] ?? 0);
    assert.deepEqual([added('strong'), added('em')], [2, 2]);
  });

  it('keeps the words and addresses that nodes have in attributes', async () => {
    const {
      text: shown,
      links,
      elements,
    } = await described(
      paragraph(
        'See ',
        node('mediaInline', [], { id: 'm', type: 'file', collection: '' }),
        ' and ',
        node('placeholder', [], { text: 'fill this in' }),
      ),
      node('embedCard', [], { url: 'https://grafana.example.org/d/1', layout: 'wide' }),
      node('expand', [paragraph('hidden words')], { title: '' }),
      node('mediaSingle', [
        node('media', [], { type: 'external', url: 'https://x.example.org/a.png', alt: 'graph of lag' }),
        node('caption', [text('lag since noon')]),
      ]),
      paragraph('10', text('6', { type: 'subsup', attrs: { type: 'sup' } }), ' requests'),
    );
    assert.deepEqual(
      shown.split('\n').filter((line) => line !== ''),
      [
        'See Attachment, see Jira and fill this in',
        'https://grafana.example.org/d/1',
        'hidden words',
        'Picture, see Jira: graph of lag https://x.example.org/a.png',
        'lag since noon',
        '10^6 requests',
      ],
    );
    assert.deepEqual(links.slice(1), ['https://grafana.example.org/d/1', 'https://x.example.org/a.png']);
    assert.equal(elements['hr'], undefined);
  });

  it('says the due date', async () => {
    assert.match((await services.ticket({ duedate: '2026-09-01' })).text, /Due\nTuesday, 1 September 2026\n/);
    for (const duedate of [null, undefined, 'soon', 7]) {
      assert.doesNotMatch((await services.ticket({ duedate })).text, /Due/, String(duedate));
    }
  });

  it('opens with half an emoji in every text', async () => {
    const half = 'cut \ud83d';
    const { text: shown } = await services.ticket({
      summary: half,
      labels: [half],
      description: doc(paragraph(half)),
      comment: {
        comments: [
          { id: '1', created: '2026-08-25T10:00:00Z', author: { accountId: 'x', displayName: half }, body: half },
        ],
        total: 1,
      },
    });
    assert.doesNotMatch(shown, /\p{Surrogate}/u);
    assert.equal(shown.split('cut \ufffd').length, 6);
  });

  it('lists attachments by name, each with the address of its file in Jira', async () => {
    const attachment = [
      { id: '10001', filename: 'df <b>.txt', size: 2_310, content: 'https://evil.example/x' },
      { id: '../../myself', filename: 'no id' },
      { id: '10002' },
    ];
    const { text: shown, links } = await services.ticket({ attachment });
    assert.match(shown, /Attachments \(2\)\n+df <b>\.txt, 2 kB\n+Attachment 10002/);
    const [one, two] = links.slice(-2).map((address) => new URL(address).pathname);
    assert.deepEqual([one, two], ['/rest/api/3/attachment/content/10001', '/rest/api/3/attachment/content/10002']);
    assert.ok(links.every((address) => !address.includes('evil')));
  });

  it('says of comments that were not read how many there are', async () => {
    const created = '2026-08-25T10:00:00Z';
    const comment = { comments: [{ id: '1', created, body: doc(paragraph('first')) }], total: 120 };
    assert.match((await services.ticket({ comment })).text, /Comments \(120\)\n+119 more are only in Jira\./);
  });

  it('distinguishes a ticket without comments from one whose comments Jira did not send', async () => {
    const shown = async (comment: unknown): Promise<string> => (await services.ticket({ comment })).text;
    assert.match(await shown({ comments: [], total: 0 }), /Comments \(0\)\n+No comments\./);
    for (const comment of [null, undefined, {}]) assert.match(await shown(comment), /Comments\n+Not known/);
  });

  const image = '![x](https://evil.example/p.png)';
  const page =
    '<img src=https://evil.example/p.png><a href="command:evil">Submit proposal</a><style>*{color:red}</style>';
  const inside = (block: Adf): readonly Adf[] => [
    block,
    node('bulletList', [node('listItem', [block])]),
    node('orderedList', [node('listItem', [block])], { order: 7 }),
    node('blockquote', [block]),
    node('panel', [block], { panelType: page }),
    node('table', [node('tableRow', [node('tableCell', [block]), node('tableCell', [paragraph('next')])])]),
    node('expand', [block], { title: page }),
  ];
  const attacks: Readonly<Record<string, readonly Adf[]>> = {
    'a carriage return in code': inside(node('codeBlock', [text(`a\r\r${image}\r\n\r${page}\r# x`)])),
    'a bar in the code of a cell': inside(paragraph(text(`a | ${image}`, 'code'), text(`|${page}|`))),
    'a bar in a link in a cell': inside(paragraph(text(`x|${page}`, link(`https://example.com/|${page}`)))),
    'a bar in a card in a cell': inside(paragraph(node('inlineCard', [], { url: `https://example.com/a|${page}` }))),
    'neighbouring code with a backtick': inside(
      paragraph(text('a`', 'code'), text(`\`${page}`, 'code'), text('`b', 'code')),
    ),
    'code of the language mermaid': inside(node('codeBlock', [text('graph TD; A-->B')], { language: 'mermaid' })),
    'code of the language math': inside(node('codeBlock', [text('\\href{command:evil}{x}')], { language: 'math' })),
    'code of a language that is no word': inside(node('codeBlock', [text('x')], { language: `a\n\`\`\`\n${page}` })),
    'a list that begins with ten digits': [
      node('orderedList', [node('listItem', [paragraph(page)])], { order: 9_999_999_999 }),
    ],
    'a diagram in a container': inside(
      paragraph(`:::mermaid`, node('hardBreak'), 'graph TD; A-->B', node('hardBreak'), ':::'),
    ),
    'mathematics in a line': inside(paragraph('$\\href{command:evil}{x}$ and $$x$$')),
    'a link that runs a command': inside(
      paragraph(text('Submit', link('command:evil')), text('x', link('file:///etc/passwd'))),
    ),
    'a line end in a text': inside(paragraph(text(`x\n\n${page}\n\n    ${image}`))),
  };
  for (const [name, content] of Object.entries(attacks)) {
    it(`makes nothing but text of ${name}`, async () => {
      const { elements, links } = await services.ticket({ description: doc(...content) });
      for (const element of neverShown) assert.equal(elements[element], undefined, element);
      for (const address of links) {
        assert.match(address, /^(?:https:\/\/example\.com\/|http:\/\/127\.0\.0\.1:\d+\/browse\/)/);
      }
    });
  }
});
