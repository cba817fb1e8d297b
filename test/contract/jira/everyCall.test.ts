import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Result } from '../../../src/domain/base/result.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import type { TicketChange } from '../../../src/sources/atlassian/jira/changes.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import { epicKey, people } from '../../simulator/world.ts';
import { jiraFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

// Every method of the client is called once. The fixture compares each request and each answer with Jira's own description.

const ticket = 'DRE-351';
const other = 'DRE-352';
const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'word' }] }] };

/** One change of each kind. A kind that is added to the type is missing here until it is sent, too. */
const changes: { readonly [K in keyof Required<TicketChange>]: TicketChange[K] } = {
  summary: 'Another summary',
  priority: 'High',
  due: '2026-12-01',
  assignee: people[0].accountId,
  addLabels: ['one', 'two'],
  removeLabels: ['one'],
  parent: epicKey,
  flag: '10019',
  comment: 'Waits.',
};
const takenAway: readonly TicketChange[] = [{ due: null }, { assignee: null }, { flag: null }, { parent: null }];

interface MethodCase {
  /** Calls the method in each form that its requests have. */
  readonly call: (jira: Jira) => Promise<void>;
  /** The requests that are its own, each once, with `{key}` for the key of a ticket. */
  readonly requests: readonly string[];
}

/** A case of one call that must succeed. */
function one(call: (jira: Jira) => Promise<Result<unknown, Failure>>, ...requests: readonly string[]): MethodCase {
  return { call: async (jira) => void valueOf(await call(jira)), requests };
}

const search = 'POST /3/search/jql';
const read = 'GET /3/issue/{key}';
const write = 'PUT /3/issue/{key}';
const meta = 'GET /3/issue/createmeta/{key}/issuetypes';

const methods: { readonly [K in keyof Jira]: MethodCase } = {
  searchChildren: one((jira) => jira.searchChildren(epicKey), search),
  // An empty list is proved by the account.
  searchTickets: one((jira) => jira.searchTickets('project = DRE AND summary ~ "nosuchword"'), search, 'GET /3/myself'),
  findIds: one((jira) => jira.findIds(`parent = ${epicKey}`), search),
  getIssue: one((jira) => jira.getIssue(ticket), read),
  getTicket: one((jira) => jira.getTicket(ticket), read),
  ticketWith: {
    async call(jira) {
      assert.deepEqual(Object.keys(valueOf(await jira.ticketWith(ticket, undefined))), ['ticket']);
      const read = {
        ...valueOf(await jira.ticketWith(ticket, 'comments')),
        ...valueOf(await jira.ticketWith(ticket, 'steps')),
      };
      const { editable } = valueOf(await jira.ticketWith(ticket, 'editable'));
      assert.deepEqual(read.ticket, valueOf(await jira.getTicket(ticket)));
      assert.deepEqual(read.steps, valueOf(await jira.transitions(ticket)));
      assert.deepEqual(editable, valueOf(await jira.editableFields(ticket)));
      assert.deepEqual(read.comments, valueOf(await jira.newestComments(ticket)).toReversed());
    },
    requests: [read, 'GET /3/issue/{key}/transitions', 'GET /3/issue/{key}/editmeta', 'GET /3/issue/{key}/comment'],
  },
  textsOf: one((jira) => jira.textsOf([ticket, other]), 'POST /3/issue/bulkfetch'),
  parentOf: one((jira) => jira.parentOf(ticket), read),
  editableFields: one((jira) => jira.editableFields(ticket), 'GET /3/issue/{key}/editmeta'),
  flagField: { call: async (jira) => assert.ok(await jira.flagField()), requests: ['GET /3/field'] },
  edit: {
    async call(jira) {
      const each = Object.entries(changes).map(([name, value]): TicketChange => ({ [name]: value }));
      for (const change of [...each, ...takenAway]) valueOf(await jira.edit(ticket, change));
    },
    requests: [write],
  },
  editDescription: one((jira) => jira.editDescription(ticket, body), write),
  transitions: one((jira) => jira.transitions(ticket), 'GET /3/issue/{key}/transitions'),
  transition: {
    async call(jira) {
      const steps = valueOf(await jira.transitions(ticket));
      const plain = steps.find(({ fields }) => fields.length === 0) ?? assert.fail('no plain step');
      valueOf(await jira.transition(ticket, { id: plain.id, fields: {}, comment: null }));
      const closing = valueOf(await jira.transitions(ticket)).find(({ fields }) =>
        fields.some(({ id }) => id === 'resolution'),
      );
      const [choice] = closing?.fields.find(({ id }) => id === 'resolution')?.choices ?? [];
      const fields = { resolution: { id: choice?.id } };
      valueOf(await jira.transition(ticket, { id: closing?.id ?? '', fields, comment: 'Done.' }));
    },
    requests: ['GET /3/issue/{key}/transitions', 'POST /3/issue/{key}/transitions'],
  },
  addComment: one((jira) => jira.addComment(ticket, body), 'POST /3/issue/{key}/comment'),
  newestComments: one((jira) => jira.newestComments(ticket), 'GET /3/issue/{key}/comment'),
  descriptionOf: one((jira) => jira.descriptionOf(ticket), read),
  assignablePeople: one((jira) => jira.assignablePeople(ticket), 'GET /3/user/assignable/search'),
  linkTypes: one((jira) => jira.linkTypes(), 'GET /3/issueLinkType'),
  link: one((jira) => jira.link('Blocks', ticket, other), 'POST /3/issueLink'),
  removeLink: {
    async call(jira) {
      valueOf(await jira.link('Blocks', ticket, other));
      valueOf(await jira.removeLink(ticket, 'blocks', other));
    },
    requests: ['POST /3/issueLink', read, 'DELETE /3/issueLink/{id}'],
  },
  creationForm: one((jira) => jira.creationForm(epicKey), meta, `${meta}/{id}`),
  createTicket: {
    async call(jira) {
      const form = valueOf(await jira.creationForm(epicKey)) ?? assert.fail('nothing may be made');
      const request = { epic: epicKey, form, summary: 'New', description: body, labels: ['one'], requestId: 'r1' };
      valueOf(await jira.createTicket({ ...request, values: { priority: { id: '2' } } }));
      valueOf(await jira.createTicket({ ...request, description: undefined, labels: [], values: {} }));
    },
    requests: [meta, `${meta}/{id}`, 'POST /3/issue'],
  },
  findCreated: one((jira) => jira.findCreated(epicKey, 'r1'), search),
  commentsOf: one((jira) => jira.commentsOf(ticket), 'GET /3/issue/{key}/comment'),
  historyOf: one((jira) => jira.historyOf(ticket), 'GET /3/issue/{key}/changelog'),
};

/** The functions of jira.js that the client imports: each sends one kind of request. */
function usedFunctions(): ReadonlySet<string> {
  const folder = new URL('../../../src/sources/atlassian/jira/', import.meta.url);
  const imports = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return /import \{([^}]*)\} from 'jira\.js\/cloud'/.exec(text)?.[1]?.split(',') ?? [];
  });
  return new Set(imports.map((name) => name.trim()).filter((name) => name !== ''));
}

function template(call: string): string {
  return call
    .replace(/\/(?:[A-Z][A-Z0-9]+-\d+|createmeta\/DRE)(?=\/|$)/, (part) => part.replace(/[^/]+$/, '{key}'))
    .replace(/(issueLink|issuetypes)\/\d+$/, '$1/{id}');
}

describe('every method of the client of Jira', () => {
  const fixture = jiraFixture();

  it('is in the table of this test', () => {
    const names = Object.entries(fixture.jira()).map(([name]) => name);
    assert.deepEqual(names.sort(), Object.keys(methods).sort());
    assert.equal(names.length, 26);
  });

  for (const [name, { call, requests }] of Object.entries(methods)) {
    it(`${name} sends what Jira describes, and reads what Jira describes`, async () => {
      const jira = fixture.jira();
      // It is read once, whatever is asked for first.
      if (name !== 'flagField') await jira.flagField();
      fixture.wire.calls.length = 0;
      await call(jira);
      const sent = new Set(fixture.wire.calls.map(template));
      assert.deepEqual([...sent].sort(), [...requests].sort());
    });
  }

  it('covers every request of which the client imports the function', () => {
    const covered = new Set(Object.values(methods).flatMap(({ requests }) => requests));
    // The account is read by the connection itself.
    covered.delete('GET /3/myself');
    assert.equal(covered.size, usedFunctions().size, [...covered].join('\n'));
  });
});
