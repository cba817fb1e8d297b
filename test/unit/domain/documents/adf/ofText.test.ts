import assert from 'node:assert/strict';
import { adfOfText } from '../../../../../src/domain/documents/adf/ofText.ts';

describe('plain text as a document for Jira', () => {
  it('has a paragraph for each block of lines, in which the lines stay', () => {
    const text = (value: string): object => ({ type: 'text', text: value });
    assert.deepEqual(adfOfText('\n one\r\ntwo\n\n\nthree\n'), {
      type: 'doc',
      version: 1,
      content: [
        { type: 'paragraph', content: [text('one'), { type: 'hardBreak' }, text('two')] },
        { type: 'paragraph', content: [text('three')] },
      ],
    });
  });

  it('has no empty text, which Jira refuses', () => {
    assert.deepEqual(adfOfText(' \n \n ').content, []);
    assert.ok(!JSON.stringify(adfOfText('a\n \nb')).includes('"text":""'));
  });
});
