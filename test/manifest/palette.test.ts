import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertVerbs } from '../../src/feeds/alerts/verbs.ts';
import { ticketVerbs } from '../../src/feeds/queue/verbs.ts';
import { rotationVerbCommands } from '../../src/feeds/rotation/verbs.ts';
import { tokens } from '../../src/views/kit/row.ts';

const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
const commands: readonly string[] = contributes.commands.map((each: { command: string }) => each.command);
const conditions: readonly { readonly command: string; readonly when: string }[] = contributes.menus.commandPalette;
const conditional = new Set(conditions.map(({ command }) => command));

/** What can be done at any time, and needs no record. */
const always = [
  ...['refresh', 'showLog', 'openSettings', 'journal.show', 'meter.show'],
  ...['alerts.openTeam', 'alerts.group', 'alerts.filter'],
  ...['queue.createTicket', 'queue.openGuidelines', 'queue.group', 'queue.filter'],
  ...['proposals.group', 'proposals.filter', 'ci.group', 'ci.filter'],
  // The newest rollout where the timeline shows none.
  ...['releases.openTimeline', 'releases.saveTimeline', 'releases.copyTimeline', 'releases.compareTimeline'],
  // They ask for what they need; where the workspace is not trusted or dre is missing, a message has the way out.
  ...['operations.open', 'operations.run', 'operations.openForm', 'operations.readRegistry', 'operations.upgrade'],
  ...['rotation.open', 'rotation.showActions', 'rotation.notPaged'],
];

/** What is for the selected row, or asks for which record. */
const asksForRecord = [
  // To take a schedule is offered while there is one to take.
  ...rotationVerbCommands()
    .filter(({ command: { fits } }) => fits !== 'takeable')
    .map(({ id }) => id.replace('drDre.', '')),
  ...['alerts.open', 'alerts.openInJira'],
  'releases.openStuck',
  ...['linkTicket', 'open', 'openInJira'].map((name) => `queue.${name}`),
  ...['proposals.open', 'proposals.openInDashboard', 'releases.findSubnet', 'operations.vote', 'ci.open'],
];

describe('the palette', () => {
  it('offers each command always, asks for its record, or offers it only while it can be done', () => {
    const named = [...always, ...asksForRecord].map((name) => `drDre.${name}`);
    assert.equal(new Set(named).size, named.length, 'each is named once');
    assert.deepEqual([...named, ...conditional].sort(), [...commands].sort());
    assert.equal(conditional.size, conditions.length);
  });

  it('offers what only a selected row can say for the rows whose menu has it', () => {
    const items: readonly { readonly command: string; readonly when: string }[] =
      contributes.menus['view/item/context'];
    const bySelection = conditions.filter(({ when }) => when.includes('drDre.selected'));
    assert.ok(bySelection.length > 5);
    for (const { command, when } of bySelection) {
      const pattern = /drDre\.selected =~ \/(.+?)\//.exec(when)?.[1] ?? assert.fail(command);
      const offered = tokens.filter((token) => new RegExp(pattern).test(`;${token};`));
      const inMenu = items
        .filter((item) => item.command === command)
        .map((item) => /viewItem =~ \/;(\w+);\/$/.exec(item.when)?.[1] ?? assert.fail(item.when));
      assert.deepEqual([...offered].sort(), [...new Set(inMenu)].sort(), command);
    }
  });

  it('offers what is done to alerts and tickets where it is not known that there is none', () => {
    const without = (when: string): readonly string[] =>
      conditions.filter((each) => each.when === when).map(({ command }) => command);
    const of = (noun: string, verbs: object): readonly string[] =>
      Object.keys(verbs).map((verb) => `drDre.${noun}.${verb}`);
    assert.deepEqual(without('!drDre.alerts.none').toSorted(), of('alerts', alertVerbs).toSorted());
    assert.deepEqual(
      without('!drDre.queue.none').toSorted(),
      [...of('queue', ticketVerbs), 'drDre.queue.quickFix'].toSorted(),
    );
    assert.deepEqual(without('editorHasSelection'), ['drDre.queue.createTicketFrom']);
  });

  it('offers to take the pager where it is not known that there is no schedule to take', () => {
    assert.equal(
      conditions.find(({ command }) => command === 'drDre.rotation.takePager')?.when,
      '!drDre.rotation.holdsAll',
    );
  });

  it('offers to sign in or out, to show or to hide, never both where one of them does nothing', () => {
    const when = (command: string): string | undefined =>
      conditions.find((each) => each.command === `drDre.${command}`)?.when;
    assert.equal(when('signIn'), '!drDre.signedIn || drDre.signInWanted');
    assert.equal(when('signOut'), 'drDre.tokenKept');
    assert.equal(when('github.signIn'), '!drDre.github.signedIn || drDre.github.signInWanted');
    assert.equal(when('github.signOut'), 'drDre.github.tokenKept');
    assert.equal(when('alerts.showClosed'), `!${when('alerts.hideClosed') ?? ''}`);
    assert.equal(when('times.showUtc')?.replace('!=', '=='), when('times.showLocal'));
  });
});
