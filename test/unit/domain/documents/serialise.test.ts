import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { visibleLines } from '../../../../src/domain/base/harmless.ts';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { neverShown, preview, shownWords } from '../../../support/documents/preview.ts';
import { documents } from '../../../support/documents/trees.ts';
import { runs } from '../../../support/base/runs.ts';

/** The names of markdown-it for our nodes. */
const names: Readonly<Partial<Record<Nodes['type'], string>>> = {
  heading: 'heading',
  blockquote: 'blockquote',
  listItem: 'list_item',
  code: 'fence',
  table: 'table',
  tableRow: 'tr',
  thematicBreak: 'hr',
};
/** Neighbours of these become one. */
const mergedNames: Readonly<Partial<Record<Nodes['type'], string>>> = {
  strong: 'strong',
  emphasis: 'em',
  delete: 's',
  inlineCode: 'code_inline',
  link: 'link',
};

/** All text, lines and blocks a line end apart. */
function text(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if ('value' in node) return node.type === 'code' ? `${visibleLines(node.value)}\n` : visibleLines(node.value);
  if (!('children' in node)) return '';
  const inside = node.children.map(text).join('');
  return node.type in mergedNames ? inside : `${inside}\n`;
}

/** Where links lead. One in another link is shown as text. */
function addresses(node: Nodes): readonly string[] {
  if (node.type === 'link') return [node.url];
  return 'children' in node ? node.children.flatMap(addresses) : [];
}

/** Each address once, however its signs are written: neighbours with the same one are one link. */
function distinct(links: readonly string[]): ReadonlySet<string> {
  return new Set(links.map(decodeURIComponent));
}

function count(node: Nodes, type: string): number {
  const inside = 'children' in node ? node.children.reduce((sum, child) => sum + count(child, type), 0) : 0;
  return inside + (node.type === type ? 1 : 0);
}

describe('a document as Markdown', () => {
  it('shows in the preview of VS Code the text that went in, and no element that the tree does not hold', function () {
    this.timeout(600_000);
    fc.assert(
      fc.property(documents, (tree) => {
        const before = { words: shownWords(text(tree)), tree: structuredClone(tree) };
        const markdown = serialise(tree);
        const shown = preview(markdown);
        assert.equal(shownWords(shown.text), before.words);
        assert.deepEqual(distinct(shown.links), distinct(addresses(before.tree)));
        for (const name of [...neverShown, 'frontMatter', 'code_block']) {
          assert.equal(shown.elements[name], undefined, name);
        }
        for (const [type, name] of Object.entries(names)) {
          assert.equal(shown.elements[name] ?? 0, count(before.tree, type), name);
        }
        for (const [type, name] of Object.entries(mergedNames)) {
          assert.ok((shown.elements[name] ?? 0) <= count(before.tree, type), name);
        }
        assert.deepEqual(tree, before.tree, 'the tree itself is left alone');
      }),
      runs(500),
    );
  });
});
