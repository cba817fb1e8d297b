import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adfBlocks } from '../../../../../src/domain/documents/adf/blocks.ts';
import { adfToText } from '../../../../../src/domain/documents/adf/toText.ts';
import { serialise } from '../../../../../src/domain/documents/serialise.ts';
import { documentOf } from '../../../../../src/domain/documents/tree.ts';
import { doc, node, paragraph, text as adfText, type Adf } from '../../../../support/documents/adf.ts';
import { neverShown, preview, shownLetters, type Shown } from '../../../../support/documents/preview.ts';
import { processorTime } from '../../../../support/base/processorTime.ts';
import { text } from '../../../../support/documents/trees.ts';
import { runs } from '../../../../support/base/runs.ts';

const shown = (document: unknown): Shown => preview(serialise(documentOf(adfBlocks(document))));

const marks = fc.subarray<Adf>(
  [
    ...['strong', 'em', 'strike', 'code', 'underline', 'textColor'].map((type) => ({ type })),
    { type: 'link', attrs: { href: 'https://example.com/a|b' } },
    { type: 'link', attrs: { href: 'command:evil' } },
    { type: 'subsup', attrs: { type: 'sup' } },
  ],
  { maxLength: 3 },
);
const words = fc.tuple(text, marks).map(([value, each]) => adfText(value, ...each));
const named = (type: string, name: string): fc.Arbitrary<Adf> => text.map((value) => node(type, [], { [name]: value }));
const inline = fc.oneof(
  { weight: 6, arbitrary: words },
  fc.constant(node('hardBreak')),
  ...(['mention', 'emoji', 'status', 'placeholder', 'unknownInline'] as const).map((type) => named(type, 'text')),
  ...(['inlineCard', 'mediaInline'] as const).map((type) => named(type, 'url')),
  fc.constantFrom(node('date', [], { timestamp: '1787752140000' }), node('date', [], { timestamp: 'x' })),
);
const inlines = fc.array(inline, { minLength: 1, maxLength: 4 });

const { block } = fc.letrec<{ block: Adf; blocks: readonly Adf[] }>((tie) => {
  const holding = (type: string, attrs: Adf['attrs'] = {}): fc.Arbitrary<Adf> =>
    tie('blocks').map((content) => node(type, content, attrs));
  const listOf = (type: string, item: string): fc.Arbitrary<Adf> =>
    fc
      .tuple(fc.array(holding(item), { minLength: 1, maxLength: 2 }), fc.constantFrom(undefined, 1, 1e10, -1, 'x'))
      .map(([items, order]) => node(type, items, { order }));
  return {
    block: fc.oneof(
      { depthSize: 'xsmall' },
      inlines.map((content) => node('paragraph', content)),
      fc.tuple(inlines, fc.integer({ min: -1, max: 9 })).map(([content, level]) => node('heading', content, { level })),
      fc
        .tuple(text, fc.constantFrom('bash', 'mermaid', 'math', 'a\n```'))
        .map(([value, language]) => node('codeBlock', [adfText(value)], { language })),
      inlines.map((content) => node('taskList', [node('taskItem', content, { state: 'DONE' })])),
      named('blockCard', 'url'),
      text.map((alt) => node('mediaSingle', [node('media', [], { alt })])),
      listOf('bulletList', 'listItem'),
      listOf('orderedList', 'listItem'),
      holding('blockquote'),
      text.chain((title) => holding('expand', { title })),
      fc.constantFrom('info', '', '<b>|').chain((panelType) => holding('panel', { panelType })),
      holding('unknownBlock'),
      fc
        .array(fc.array(holding('tableCell'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
        .map((rows) =>
          node(
            'table',
            rows.map((cells) => node('tableRow', cells)),
          ),
        ),
    ),
    blocks: fc.array(tie('block'), { minLength: 1, maxLength: 2 }),
  };
});

/** The texts of a document, in order. */
function textsOf(adf: Adf): readonly string[] {
  const own = [adf.text, adf.attrs?.['title'], adf.attrs?.['text'], adf.attrs?.['alt']];
  return [...own.filter((each) => typeof each === 'string'), ...(adf.content ?? []).flatMap(textsOf)];
}

describe('a document from Jira', () => {
  it('shows each of its texts, in order, and nothing that runs, is drawn or is asked for', function () {
    this.timeout(600_000);
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), (content) => {
        const { text: all, elements, links } = shown(doc(...content));
        for (const name of [...neverShown, 'code_block']) assert.equal(elements[name], undefined, name);
        for (const address of links) assert.match(address, /^https:\/\//);
        const letters = shownLetters(all);
        let at = 0;
        for (const each of content.flatMap(textsOf).map(shownLetters)) {
          const found = letters.indexOf(each, at);
          assert.ok(found >= 0, `${JSON.stringify(each)} in ${JSON.stringify(letters.slice(at))}`);
          at = found + each.length;
        }
      }),
      runs(500),
    );
  });

  it('shows plain text of old tickets in its lines', () => {
    const { text: all, elements } = shown('one\r\n    two # <b>\rthree\n\n1. four');
    assert.deepEqual(all.trim().split('\n'), ['one', '\u00a0\u00a0\u00a0\u00a0two # <b>', 'three', '', '1. four']);
    assert.equal(elements['paragraph'], 1);
    assert.deepEqual(adfBlocks('  '), []);
  });

  it('shows nothing for what is not a document, and the readable part of a damaged one', () => {
    for (const none of [null, undefined, 7, [], {}]) assert.deepEqual(adfBlocks(none), []);
    const half = { content: [{ type: 'paragraph', content: [null, 3, { type: 'text' }, { text: 'kept' }] }] };
    assert.equal(shown(half).text.trim(), 'kept');
  });

  it('says of what it does not know that it is there', () => {
    const { text: all } = shown(
      doc(node('extension', [], { extensionKey: 'toc' }), paragraph('x ', node('inlineExtension'))),
    );
    assert.deepEqual(all.trim().split(/\n+/), ['(toc, see Jira)', 'x (inlineExtension, see Jira)']);
  });

  it('shows what is nested deeper than the preview goes', () => {
    let deep: Adf = paragraph('at the bottom');
    for (let depth = 0; depth < 30; depth++) deep = node('blockquote', [deep]);
    assert.match(shown(doc(deep)).text, /at the bottom/);
  });

  it('takes a time that grows with the text, also for hostile ones', function () {
    this.timeout(60_000);
    const many = (count: number, part: () => Adf): Adf => paragraph(...Array.from({ length: count }, part));
    const hostile: readonly Adf[] = [
      ...[' ', '\t', '\n', '\u00a0', '*', '_', '`', '[', '\\', '0', '1.', '@', '/', '&', '<', '😀', '_a', 'a\n'].map(
        (piece) => paragraph(piece.repeat(32_000)),
      ),
      many(2_000, () => adfText('a', 'strong')),
      many(1_000, () => adfText('`', 'code')),
    ];
    for (const each of hostile) {
      const took = processorTime(() => serialise(documentOf(adfBlocks(doc(each)))));
      assert.ok(took < 3_000, `${JSON.stringify(each).slice(80, 120)}: ${took} ms`);
    }
  });
});

describe('the words of a document from Jira', () => {
  it('are its texts and the addresses of its links', () => {
    const words = adfToText(
      doc(paragraph('on ', adfText('o3ow2', { type: 'link', attrs: { href: 'https://example.com/o3ow2' } }))),
    );
    assert.equal(words, 'on o3ow2 https://example.com/o3ow2\n\n\n');
    assert.deepEqual([adfToText('plain'), adfToText(null)], ['plain', '']);
  });
});
