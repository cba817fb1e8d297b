import assert from 'node:assert/strict';
import { operationForm, pageOperations } from '../../../../src/views/operations/page.ts';

const from = { now: 0, timeZone: 'UTC' };
const forms = pageOperations.map((operation) =>
  operationForm(operation, [], { known: () => [], registryReadAt: undefined }, from),
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

  it('says what reading the registry is for before it was ever read', () => {
    const form = forms.find(({ id }) => id === 'subnet.replace');
    assert.deepEqual(form?.registry, {
      words: 'Read the registry to pick from all nodes, data centers and providers.',
      isRead: false,
    });
  });
});
