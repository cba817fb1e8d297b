import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { commandLink, linkedRecord, recordLink } from '../../../../src/domain/documents/commandLink.ts';
import { serialise, serialiseHover } from '../../../../src/domain/documents/serialise.ts';
import { asText } from '../../../../src/domain/documents/text.ts';
import { documentOf, paragraph } from '../../../../src/domain/documents/tree.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { FeedState } from '../../../../src/engine/read/store.ts';
import { Subjects } from '../../../../src/domain/links/subjects.ts';
import { knowledgeOf } from '../../../../src/domain/links/knowledge.ts';
import { pullRow, runRow } from '../../../../src/views/ci/row.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { freshState } from '../../../support/feeds/freshState.ts';
import { joinLinks } from '../../../support/feeds/joinLinks.ts';
import { alert, pullRequest, troubledSubnet, weekRollout } from '../../../support/feeds/linkRecords.ts';
import { at } from '../../../support/feeds/rolloutBuilder.ts';
import { workflowRun } from '../../../support/feeds/workflowRunBuilder.ts';
import { problemRow } from '../../../../src/views/kit/frame.ts';
import { hoverTree, plainHoverTree } from '../../../../src/views/kit/hover.ts';
import { tokens, type RecordRef, type Row } from '../../../../src/views/kit/row.ts';
import { rowHoverTree } from '../../../../src/views/rowHover.ts';
import { tooltipActions } from '../../../../src/views/rotation/actions.ts';
import { text } from '../../../support/documents/trees.ts';
import { runs } from '../../../support/base/runs.ts';
import { drawnHover } from '../../../support/ui/hoverOracle.ts';
import { hostile } from '../../../support/ui/oracle.ts';
import { hovered } from '../../../support/ui/painted.ts';
import { listedKinds } from '../../../support/views/everyView.ts';
import { spoiled } from '../../../support/views/spoiled.ts';

const { rowOfLink } = await import('../../../../src/ui/kit/rowOfLink.ts');

/** All that a hover of ours has: lines of text, the first one strong. */
const allowed = new Set(['paragraph', 'strong', 'text', 'escape', 'space', 'link']);
const from = { now: Date.UTC(2026, 7, 26, 13, 50), timeZone: 'UTC' };

/** What must not be there: an element that outside text made, or a link that is none of ours. */
function faultOf(markdown: string, ours: readonly string[]): string | undefined {
  const { links, elements } = drawnHover(markdown);
  const made = [...elements].find((element) => !allowed.has(element));
  return made ?? links.find((link) => !ours.includes(link));
}

/** A page, or a command that the hover may run, for a record whose key has its shape. */
function isOurs(link: string, trusted: readonly string[]): boolean {
  if (
    /^https:\/\/(?:example\.atlassian\.net|github\.com|dashboard\.internetcomputer\.org|forum\.dfinity\.org)(?:\/|$)/.test(
      link,
    )
  ) {
    return true;
  }
  const [, command = '', query = ''] = /^command:(drDre\.\w+\.\w+)\?(.+)$/.exec(link) ?? [];
  return trusted.includes(command) && rowOfLink(JSON.parse(decodeURIComponent(query)))?.record !== undefined;
}

function troubled(words: string): Row | undefined {
  const failure: Failure = { kind: 'rejected', service: 'jira', operation: words, status: 400, detail: words };
  const state: FeedState<unknown, Failure> = {
    status: 'failing',
    records: new Map(),
    asOf: 0,
    completeness: { kind: 'complete', remark: words },
    skipped: 0,
    failure,
    failures: 1,
    loading: false,
  };
  return problemRow(state, from);
}

/** The letters of a line as they are shown, without spaces. */
function letterOf(line: string): string {
  return asText(line).replaceAll(/\s/gu, '');
}

describe('hovers', () => {
  it('make nothing but letters of text from outside, in every row of every view', async function () {
    this.timeout(600_000);
    let hovers = 0;
    const check = async (words: string): Promise<void> => {
      for (const { name, record, view } of listedKinds) {
        const model = view([spoiled(record(1), words) as object, spoiled(record(2), words) as object]);
        for (const { id, hover, trusted } of await hovered(model)) {
          if (hover === '') continue;
          hovers++;
          const above = hover.split('\n\n').slice(0, -1).join('\n\n');
          assert.deepEqual(drawnHover(above).links, [], 'links of ours are in the last line alone');
          const ours = drawnHover(hover).links.filter((link) => isOurs(link, trusted));
          assert.equal(faultOf(hover, ours), undefined, `${name}, ${id}: ${hover}`);
        }
      }
      const hover = serialiseHover(plainHoverTree(troubled(words)?.hover ?? [], []));
      assert.equal(faultOf(hover.markdown, []), undefined, words);
    };
    await check(hostile);
    await fc.assert(fc.asyncProperty(text, check), runs(60));
    assert.ok(hovers > 1_000);
  });

  it('show the text that went in, and no element and no link that the tree does not hold', function () {
    this.timeout(600_000);
    const actions = tooltipActions('rotation', false);
    const commands = actions.map(({ command }) => `command:${command}`);
    const labels = actions.map(({ label }) => label);
    fc.assert(
      fc.property(fc.array(fc.oneof(text, fc.string()), { minLength: 1, maxLength: 4 }), (lines) => {
        const { markdown } = serialiseHover(plainHoverTree(lines, actions));
        const letters = lines.map((line) => letterOf(line)).join('');
        const { links, letters: drawn } = drawnHover(markdown);
        if (letters === '') {
          assert.equal(markdown, '');
          return;
        }
        assert.equal(faultOf(markdown, commands), undefined, markdown);
        assert.deepEqual(links, commands, markdown);
        assert.equal(drawn, letters + letterOf(labels.join('·')), markdown);
      }),
      runs(1_000),
    );
  });

  it('ask for no HTML, no icons and no trust but for commands of ours', async () => {
    const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8'));
    const ours: readonly string[] = contributes.commands.map(({ command }: { readonly command: string }) => command);
    const rows = (await Promise.all(listedKinds.map(({ record, view }) => hovered(view([record(1)]))))).flat();
    assert.ok(rows.every(({ isPlain, trusted }) => isPlain && trusted.every((command) => ours.includes(command))));
  });

  it('offer what fits the record, as links that name it alone', () => {
    const actions = (row: Pick<Row, 'record' | 'tokens'>): readonly string[] => {
      const { markdown, commands } = serialiseHover(rowHoverTree({ ...row, hover: ['x'] }));
      const { links } = drawnHover(markdown);
      const record = encodeURIComponent(JSON.stringify([{ record: row.record }]));
      assert.deepEqual(
        links,
        commands.map((command) => `command:${command}?${record}`),
      );
      return [...markdown.matchAll(/\[([^\]]+)\]\(command:/g)].map(([, label = '']) => label);
    };
    const alert = { kind: 'alert', key: '70413a06-38d6-4c85-92b8-5ebc900d42e2-1782727123456' } as const;
    assert.deepEqual(actions({ record: alert, tokens: ['alert', 'live', 'ackable'] }), [
      'Acknowledge',
      'Add Note',
      'Open',
    ]);
    assert.deepEqual(actions({ record: alert, tokens: ['alert'] }), ['Open']);
    const ticket = { kind: 'ticket', key: 'DRE-351' } as const;
    assert.deepEqual(actions({ record: ticket, tokens: ['ticket', 'notMine', 'linked'] }), [
      'Assign to Me',
      'Comment',
      'Open',
    ]);
    assert.deepEqual(actions({ record: ticket, tokens: ['ticket', 'linked'] }), ['Comment', 'Open']);
    assert.deepEqual(actions({ record: { kind: 'proposal', key: '138123' }, tokens: ['proposal'] }), ['Open']);
    const run = { kind: 'run', key: '0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0' } as const;
    const always = ['Show Terminal', 'Open Output', 'Run Again…', 'Copy Command'];
    assert.deepEqual(actions({ record: run, tokens: ['run'] }), always);
    assert.deepEqual(actions({ record: run, tokens: ['run', 'submittable'] }), ['Submit…', ...always]);
    assert.deepEqual(actions({ record: run, tokens: ['run', 'linked'] }), ['Add to Ticket…', ...always]);
    // A key that is none comes from a record that no command may be run for.
    assert.deepEqual(actions({ record: { kind: 'ticket', key: 'DRE-1>)[y](command:z)' }, tokens: ['ticket'] }), []);
  });

  it('offer of a rollout, batch or subnet, of a pull request and of a workflow run what their menus do', () => {
    const labels = (row: Row): readonly string[] =>
      [...serialiseHover(rowHoverTree(row)).markdown.matchAll(/\[([^\]]+)\]\((?:command|https):/g)].map(
        ([, label = '']) => label,
      );
    const alerts = ['a1', 'a2'].map((id) => alert(id, { entity: troubledSubnet, createdAt: at(2, 13, 6) }));
    const pull = pullRequest(2038, { title: 'For o3ow2 in rc--2026-08-20_03-30' });
    const rollouts = [weekRollout()];
    const records = { alerts, rollouts, tickets: [], proposals: [], pullRequests: [pull] };
    const known = knowledgeOf({ rollouts, repository: 'dfinity/dre' });
    const links = joinLinks(records, new Subjects(known));
    const model = releasesView(freshState(rollouts), from, 'https://airflow.example.org', links);
    const within = (rows: readonly Row[]): readonly Row[] =>
      rows.flatMap((row) => [row, ...within(row.children ?? [])]);
    const rows = within(model.rows);
    const found = (id: RegExp): Row => rows.find((row) => id.test(row.id)) ?? assert.fail(`${id}`);
    const ofRollout = ['Open Timeline', 'Open in Airflow', 'Open Rollout Dashboard'];
    assert.deepEqual(labels(found(/^rollout\//)), [...ofRollout, 'Open Commit on GitHub']);
    const batch = rows.find((row) => row.batch === 'batch-12' && row.copied === undefined) ?? assert.fail();
    // They have no page in Airflow.
    const ofBatch = ['Open Related Alerts', 'Open Timeline', 'Open Rollout Dashboard'];
    assert.deepEqual(labels(batch), ofBatch);
    const target = rows.find(({ copied }) => copied === troubledSubnet) ?? assert.fail();
    assert.deepEqual(labels(target), [...ofBatch, 'Open in ICP Dashboard', 'Open Commit on GitHub']);
    assert.deepEqual(
      rowOfLink([{ record: { kind: 'rollout', key: target.record?.key, batch: 'batch-12', place: troubledSubnet } }])
        ?.copied,
      troubledSubnet,
    );
    const watched = { githubApi: 'https://api.github.com/', repository: 'dfinity/dre' };
    assert.deepEqual(labels(pullRow(pull, from, watched, links, 300)), [
      'Open on GitHub',
      'Open Related Alerts',
      'Open Timeline',
    ]);
    assert.deepEqual(labels(runRow(workflowRun(1, from.now, {}), from, watched, 300)), ['Open on GitHub']);
  });

  it('call what they offer as the menu of the row does', () => {
    const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8'));
    const titles = new Map<string, string>(
      contributes.commands.map(
        (each: { readonly command: string; readonly title: string; readonly shortTitle?: string }) => [
          each.command,
          each.shortTitle ?? each.title,
        ],
      ),
    );
    const rollout = 'rollout_ic_os_to_mainnet_subnets/rc--2026-08-20_03-30';
    const links = Object.entries({ run: 'r1', rollout, pullRequest: '2038', workflowRun: '7' }).flatMap(
      ([kind, key]) => {
        const tree = rowHoverTree({ hover: ['x'], record: { kind, key } as RecordRef, tokens });
        return [...serialiseHover(tree).markdown.matchAll(/\[([^\]]+)\]\(command:([\w.]+)/g)];
      },
    );
    assert.equal(links.length, 16);
    for (const [, label, command = ''] of links) assert.equal(label, titles.get(command), command);
  });

  it('run commands of ours alone', () => {
    assert.throws(() => commandLink('workbench.action.terminal.new', 'x'));
    assert.throws(() => recordLink('drDre.queue.open?x', 'x', { kind: 'ticket', key: 'DRE-351' }));
    const tree = hoverTree(['x'], [commandLink('drDre.signIn', 'Sign In')]);
    assert.deepEqual(serialiseHover(tree).commands, ['drDre.signIn']);
    // A document may run none: there the link is its label.
    assert.equal(serialise(documentOf(paragraph(commandLink('drDre.signIn', 'Sign In')))), 'Sign In\n');
  });

  it('pass only the record to a command, and refuse what is none', () => {
    const record = { kind: 'ticket', key: 'DRE-351' };
    assert.deepEqual(rowOfLink([{ record }])?.record, record);
    assert.equal(rowOfLink([]), undefined);
    for (const wrong of [
      { ...record, key: '../351' },
      { ...record, kind: 'run' },
      { ...record, kind: 'rotation' },
      { ...record, batch: 'batch-1' },
      { kind: 'rollout', key: 'rollout_ic_os_to_mainnet_subnets/rc--2026-08-20_03-30', place: 'o3ow2' },
      { kind: 'rollout', key: 'rollout_ic_os_to_mainnet_subnets/rc--2026-08-20_03-30', batch: '../x' },
      { kind: 'workflowRun', key: '1/2' },
      { kind: 'alert', key: 7 },
      'DRE-351',
      null,
    ]) {
      assert.throws(() => rowOfLink([{ record: wrong }]));
      assert.equal(linkedRecord(wrong), undefined);
    }
  });

  it('are held against something that finds what does harm', () => {
    for (const words of [
      '[x](command:y)',
      '![x](https://evil.example/p.png)',
      '<img src=x>',
      'https://evil.example',
      'www.evil.example',
      'a@evil.example',
      '`x`',
      '# x',
      '- x',
      '| a |\n| - |',
      '[x]: https://evil.example\n[x]',
    ]) {
      assert.notEqual(faultOf(words, []), undefined, words);
    }
  });
});
