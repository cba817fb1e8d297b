import assert from 'node:assert/strict';
import { jqlWithin } from '../../../../src/domain/queue/jql.ts';

describe('a query within others', () => {
  it('finds what both find, whatever the words of either are', () => {
    assert.equal(
      jqlWithin(['parent = DRE-350', 'project = NODE OR labels = x'], 'a = 1 OR b = 2'),
      '((parent = DRE-350) OR (project = NODE OR labels = x)) AND (a = 1 OR b = 2)',
    );
  });

  it('has no order of any of them, but leaves texts alone that speak of one', () => {
    assert.equal(
      jqlWithin(['project = NODE ORDER  BY rank'], 'summary ~ "order by \\" day" order by created DESC'),
      '((project = NODE)) AND (summary ~ "order by \\" day")',
    );
    assert.equal(jqlWithin(['a = 1'], "x = 'order by'"), "((a = 1)) AND (x = 'order by')");
    assert.equal(jqlWithin(['a = 1'], 'border by = 1'), '((a = 1)) AND (border by = 1)');
  });

  it('is all of the others when it is an order alone', () => {
    assert.equal(jqlWithin(['a = 1', ' '], 'ORDER BY rank'), '(a = 1)');
  });

  it('leaves what has an open quote as it is: the service says what is wrong', () => {
    assert.equal(jqlWithin(['a = 1'], 'b = "x order by y'), '((a = 1)) AND (b = "x order by y)');
  });
});
