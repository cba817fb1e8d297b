import fc from 'fast-check';
import type { BlockContent, PhrasingContent } from 'mdast';
import {
  documentOf,
  emphasis,
  heading,
  inlineCode,
  link,
  list,
  paragraph,
  quote,
  strong,
  table,
  type Document,
} from '../../../src/domain/documents/tree.ts';

// Random documents, made of texts that mean something in Markdown.

/** Pieces of text that are more than text somewhere: in Markdown, HTML, in VS Code's preview or in an address. */
const sharp = fc.constantFrom(
  ...['*', '**', '_', '__', '~', '~~', '`', '``', '```', '\\', '|', '||', '<', '>', '&', '&amp;', '&#42;', '#', '## '],
  ...['-', '- ', '+ ', '1. ', '1)', '=', '===', '---', '***', '[', ']', '](', '![', '(', ')', ':', '://', '//', '@'],
  ...['$', '$$', '$x$', '\\begin{x}', ':::mermaid', '```mermaid', '<b>', '</b>', '<!--', '-->', '<?', '<![CDATA['],
  ...[
    'https://example.com',
    'http://a.example/b_c*d',
    '//example.com',
    'a@example.com',
    'mailto:a@b.example',
    'www.a.de',
  ],
  ...[
    '[x](command:y)',
    '![x](https://e.example/p.png)',
    '[x]: https://e.example',
    '[^1]',
    '| --- | --- |',
    '\t',
    '    ',
  ],
  ...['\r', '\n', '\r\n', '\n\n', '\u2028', '\u00a0', '\ufeff', '\u0000', '\u001b', '\ud800', '\udc00', '\u202e', '😀'],
  ...['é', 'a', 'b c', '0', '.', '!', '?', '“', '”', '\u3000', '{', '}', '^', '%', '"', "'", '/', '+', 'ß', '日本'],
);
const piece = fc.oneof({ weight: 3, arbitrary: sharp }, fc.string({ unit: 'binary', maxLength: 4 }));

/** Text with at least one letter, as no document shows what is empty. */
export const text: fc.Arbitrary<string> = fc
  .tuple(fc.array(piece, { maxLength: 4 }), fc.constantFrom('a', 'Z', '7', 'é'), fc.array(piece, { maxLength: 4 }))
  .map(([before, letter, after]) => [...before, letter, ...after].join(''));

const address = fc
  .array(fc.constantFrom('a', '(', ')', '_', '*', '?x=', '&', '&copy', '#', '%20', '$', '~', '[', '|', '/'), {
    maxLength: 6,
  })
  .map((parts) => `https://example.com/${parts.join('')}`);

const { part } = fc.letrec<{ part: PhrasingContent; parts: PhrasingContent[] }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'xsmall', withCrossShrink: true },
    text.map((value): PhrasingContent => ({ type: 'text', value })),
    text.map(inlineCode),
    tie('parts').map((children) => strong(...children)),
    tie('parts').map((children) => emphasis(...children)),
    tie('parts').map((children): PhrasingContent => ({ type: 'delete', children })),
    fc.tuple(address, tie('parts')).map(([url, children]) => link(url, ...children)),
  ),
  parts: fc.array(tie('part'), { minLength: 1, maxLength: 3 }),
}));
const parts = fc.array(part, { minLength: 1, maxLength: 3 });
const linesOfParts = fc
  .array(parts, { minLength: 1, maxLength: 3 })
  .map((all) => all.flatMap((each, index) => (index === 0 ? each : [{ type: 'break' } as const, ...each])));

const { block } = fc.letrec<{ block: BlockContent; blocks: BlockContent[] }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'xsmall', withCrossShrink: true },
    linesOfParts.map((children) => paragraph(...children)),
    fc.tuple(fc.integer({ min: 1, max: 6 }), parts).map(([level, children]) => heading(level, ...children)),
    fc
      .tuple(fc.constantFrom('', 'bash', 'mermaid', 'math', 'rust mermaid', '`', 'ts\n```'), text)
      .map(([lang, value]): BlockContent => ({ type: 'code', lang, value })),
    fc
      .integer({ min: 1, max: 3 })
      .chain((width) =>
        fc.array(fc.array(parts, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 3 }),
      )
      .map((rows) => table(rows)),
    fc.constant<BlockContent>({ type: 'thematicBreak' }),
    tie('blocks').map((children) => quote(...children)),
    fc
      .tuple(
        fc.array(tie('blocks'), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(undefined, 1, 7, 4_294_967_296, -3, 0.5),
      )
      .map(([items, first]) => list(items, first)),
  ),
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 2 }),
}));

/** Any document. */
export const documents: fc.Arbitrary<Document> = fc
  .array(block, { minLength: 1, maxLength: 3 })
  .map((blocks) => documentOf(blocks));
