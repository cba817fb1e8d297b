import assert from 'node:assert/strict';
import { checkedForm, operationForm, pageOperations } from '../../../../src/views/operations/page.ts';

const from = { now: 0, timeZone: 'UTC' };
const forms = pageOperations.map((operation) =>
  operationForm(operation, [], { valuesOfKind: () => [], registryReadAt: undefined }, from),
);

describe('the form of an operation', () => {
  it('never says of a field that is required that it may be left out', () => {
    const required = forms.flatMap(({ id, fields }) =>
      fields.filter(({ isRequired }) => isRequired).map(({ label, help }) => `${id}: ${label}. ${help}`),
    );
    assert.ok(required.includes('subnet.replace: Subnet. Id of the subnet to heal.'));
    assert.deepEqual(
      required.filter((words) => /; may be left out/.test(words)),
      [],
    );
  });

  it('takes for nodes the same words in its help and in its placeholder: whole ids, no parts of them', () => {
    const fields = forms.flatMap((form) => form.fields).filter(({ placeholder }) => /providers/.test(placeholder));
    assert.deepEqual([...new Set(fields.map(({ label }) => label))].toSorted(), ['Further nodes', 'Leave out', 'Only']);
    for (const { label, placeholder, help } of fields) {
      assert.match(placeholder, /^e\.g\. |^Data centers, providers or node ids, such as \w+1$/, label);
      assert.doesNotMatch(`${placeholder} ${help}`, /parts of|[Ff]eatures/, label);
    }
  });

  it('has no placeholder that could be taken for what is entered', () => {
    const placeholders = new Set(forms.flatMap(({ fields }) => fields.map(({ placeholder }) => placeholder)));
    const sentences = ['Why, for the voters', 'URL, omit, or discourse; dre prompts when empty'];
    for (const text of ['e.g. 143574', 'e.g. tdb26-jop6k-…', 'When empty: mainnet', ...sentences]) {
      assert.ok(placeholders.has(text), text);
    }
    assert.deepEqual(
      [...placeholders].filter((text) => !/^($|e\.g\. |[A-Z])/.test(text)),
      [],
    );
  });

  it('says of a fault whether anything is entered', () => {
    const operation = pageOperations.find(({ id }) => id === 'subnet.replaceNodes');
    assert.ok(operation);
    const { faults } = checkedForm(operation, { removeNodes: 'x', motivation: ' ' }, [], from);
    assert.deepEqual(
      faults.map(({ field, isMissing }) => [field, isMissing]),
      [
        ['removeNodes', false],
        ['motivation', true],
      ],
    );
  });

  it('says what reading the registry is for before it was ever read', () => {
    const form = forms.find(({ id }) => id === 'subnet.replace');
    assert.deepEqual(form?.registry, {
      words: 'Read the registry to pick from all nodes, data centers and providers.',
      isRead: false,
    });
  });
});
