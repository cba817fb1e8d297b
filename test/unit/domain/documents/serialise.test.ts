import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { neverShown, preview, shownLetters } from '../../../support/documents/preview.ts';
import { documents } from '../../../support/documents/trees.ts';
import { runs } from '../../../support/runs.ts';

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

function letters(node: Nodes): string {
  if ('value' in node) return shownLetters(node.value);
  return 'children' in node ? node.children.map(letters).join('') : '';
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
        const before = { letters: letters(tree), tree: structuredClone(tree) };
        const markdown = serialise(tree);
        const shown = preview(markdown);
        assert.equal(shownLetters(shown.text), before.letters);
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
