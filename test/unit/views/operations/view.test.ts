import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import type { Run, RunEnd } from '../../../../src/domain/operations/run.ts';
import type { ProposalStatus } from '../../../../src/domain/proposals/proposal.ts';
import { runDocument, type TerminalState } from '../../../../src/views/operations/document.ts';
import { listedOperations } from '../../../../src/views/operations/page.ts';
import { runsView } from '../../../../src/views/operations/view.ts';
import { dreRun, runEnd } from '../../../support/operations/runBuilder.ts';
import { narrowText } from '../../../support/ui/narrowRows.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const now = Date.UTC(2026, 7, 26, 14, 5);
const from = { now, timeZone: 'UTC' };

function run(changes: Partial<Run>, end?: Partial<RunEnd>): Run {
  const whole = end === undefined ? undefined : runEnd(now - 60_000, { ending: 'submitted', ...end });
  return dreRun('r1', now - 300_000, { args: ['network', '--heal'], dryRun: false, end: whole, ...changes });
}

describe('the Operations page', () => {
  it('says how long an operation took the last time', () => {
    const took = (ms: number): string | undefined =>
      listedOperations([run({}, { endedAt: now - 300_000 + ms })], new Set(), from).find(
        ({ title }) => title === 'Heal the network',
      )?.duration;
    assert.match(took(240_000) ?? '', /4 min last time$/);
    assert.match(took(4_000) ?? '', /Seconds last time$/);
  });
});

describe('the Runs view', () => {
  it('has what runs first, then the newest, each with how it stands', () => {
    const view = runsView(
      [
        run({ id: 'a' }, { proposals: ['138123'] }),
        run({ id: 'b', startedAt: now - 1_000_000, dryRun: true }),
        run({ id: 'c', startedAt: now - 100_000, dryRun: true }, { ending: 'simulated', output: 'Title: x\n' }),
        run({ id: 'd', startedAt: now - 400_000 }, { ending: 'failed', exitCode: 1 }),
        run({ id: 'e', startedAt: now - 500_000 }, { ending: 'notSubmitted' }),
      ],
      from,
    );
    assert.equal(
      renderRows(view.rows),
      [
        '$(loading~spin) Heal the network  dry run, 16m · network --heal  ;run;',
        '$(beaker) Heal the network  dry run passed · 1m · network --heal  ;run;submittable;',
        '$(pass) Heal the network  submitted · 138123 · 1m · network --heal  ;run;linked;',
        '$(error) Heal the network  failed · 1m · exit 1 · network --heal  ;run;',
        '$(circle-slash) Heal the network  not submitted · 1m · network --heal  ;run;',
      ].join('\n'),
    );
    assert.deepEqual(view.badge, { value: 1, tooltip: '1 dre operation running' });
    assert.equal(view.rows[2]?.link, 'https://dashboard.internetcomputer.org/proposal/138123');
  });

  it('says of a vote that it runs, and since when', () => {
    const voting = run({ title: 'Keep voting', effect: 'votes', startedAt: now - 180_000 });
    const view = runsView([voting], from);
    assert.equal(renderRows(view.rows), '$(loading~spin) Keep voting  running 3m · network --heal  ;run;');
    assert.deepEqual(view.badge, { value: 1, tooltip: '1 dre operation running' });
  });

  it('says at 300 px which proposal was analyzed or submitted, and cuts no title for it', () => {
    const analyzed = run(
      { id: 'a', title: 'Analyze a proposal', effect: 'read', args: ['proposals', 'analyze', '143574'] },
      { ending: 'done' },
    );
    const submitted = run({ id: 'b', startedAt: now - 400_000 }, { proposals: ['143600'] });
    assert.equal(
      narrowText(runsView([analyzed, submitted], from).rows, 'DejaVu Sans'),
      ['$(pass) Analyze proposal 143574  done · 1m …', '$(pass) Heal the network  submitted · 143600…'].join('\n'),
    );
    assert.match(runsView([analyzed], from).rows[0]?.spoken ?? '', /^Analyze proposal 143574, done/);
  });

  it('says in the hover how a run stands, with which exit code, since when, who started it and what it is about', () => {
    const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
    const args = ['subnet', 'replace', '--subnet-id', subnet, '--dry-run'];
    const hoverOf = (each: Run): readonly string[] => runsView([each], from).rows[0]?.hover ?? [];
    const title = 'Replace unhealthy nodes of a subnet';
    const started = 'Started 5m ago, Wed 26 Aug 2026, 14:00:00 UTC, by Dana Doe';
    assert.deepEqual(hoverOf(run({ title, args, dryRun: true }, { ending: 'failed', exitCode: 3 })), [
      'Replace unhealthy nodes of subnet tdb26 (dry run)',
      'Failed with exit code 3 in the dry run.',
      started,
      'Ended 1m ago, Wed 26 Aug 2026, 14:04:00 UTC, after 4m',
      `Subnet ${subnet}`,
    ]);
    assert.deepEqual(hoverOf(run({ startedFrom: 'ticket DRE-7' })), [
      'Heal the network',
      'Running',
      `${started}, from ticket DRE-7`,
    ]);
    assert.deepEqual(hoverOf(run({}, { proposals: ['143600'] })).slice(0, 3), [
      'Heal the network',
      'Submitted 143600',
      started,
    ]);
  });

  it('says that nothing was run', () => {
    assert.deepEqual(runsView([], from).message, 'No dre operation has been run yet.');
  });
});

describe('a run whose proposals are watched', () => {
  const submitted = run({ startedFrom: 'ticket DRE-7', ticket: 'DRE-7' }, { proposals: ['138123', '138124'] });
  const shown = (known: Readonly<Record<string, ProposalStatus>>) => {
    const [row = assert.fail('there is no row')] = runsView([submitted], from, (id) => known[id]).rows;
    return row;
  };

  it('says what became of them, the worst first, and of each in its hover and document', () => {
    assert.equal(shown({}).description, 'submitted 2 · 1m · from ticket DRE-7 · network --heal');
    assert.equal(shown({ 138123: 'executed' }).description, 'submitted 2 · 1m · from ticket DRE-7 · network --heal');
    assert.equal(shown({ 138123: 'executed', 138124: 'rejected' }).description?.split(' · ')[0], '1 of 2 rejected');
    const executed = { 138123: 'executed', 138124: 'executed' } as const;
    assert.equal(shown(executed).description?.split(' · ')[0], 'executed 2');
    assert.ok(shown({ 138123: 'failed', 138124: 'open' }).hover?.includes('Submitted 138123 (failed), 138124 (open)'));
    assert.equal(shown({ 138123: 'failed', 138124: 'open' }).icon?.id, 'error');
    const text = serialise(runDocument(submitted, from, { statusOf: (id) => ({ 138123: 'executed' as const })[id] }));
    assert.match(text, /\[138123 \(executed\)\]\(.*\), \[138124\]\(/);
    assert.match(text, /\[ticket DRE-7\]\(vscode:/);
  });
});

describe('the document of a run', () => {
  it('says what came of it, with the exact command, and links only to proposals', () => {
    const hostile = '[x](command:evil) $(check) `a`';
    const text = serialise(
      runDocument(
        run(
          { dryRun: true, args: ['network', '--heal', '--dry-run'] },
          { ending: 'simulated', warnings: [hostile], output: `Title: ${hostile}\n` },
        ),
        from,
      ),
    );
    assert.match(text, /^# Heal the network \(dry run\)\n/);
    assert.match(text, /\/bin\/dre network --heal --dry-run/);
    assert.match(text, /Would make 1 proposal\./);
    assert.doesNotMatch(text.replaceAll(/```[^]*?```|`[^`]*`/g, ''), /[^\\]\]\(command:/);
  });

  it('says what its command is about, with links that lead there', () => {
    const args = ['proposals', 'analyze', '143574'];
    const text = serialise(
      runDocument(run({ title: 'Analyze a proposal', effect: 'read', args }, { ending: 'done' }), from),
    );
    assert.match(text, /^# Analyze proposal 143574\n/);
    assert.match(
      text,
      /\*\*Proposal in the command\*\* *\| \[143574\]\(vscode:\/\/dfinity\.dr-dre\/proposal\/143574\)/,
    );
  });

  it('says of one that failed what failed, where its output is and what follows, the last lines first', () => {
    const shown = (terminal: TerminalState, changes: Partial<Run>, end: Partial<RunEnd>): string =>
      serialise(runDocument(run(changes, { ending: 'failed', exitCode: 3, ...end }), from, { terminal }));
    const top = (text: string): string => text.split('\n\n|')[0] ?? '';
    const again = '[Run Again as Dry Run…](vscode://dfinity.dr-dre/run/r1/runAgain)';
    const terminal = '[Show Terminal](vscode://dfinity.dr-dre/run/r1/showTerminal)';
    assert.equal(
      top(shown('open', { dryRun: true }, {})),
      `# Heal the network (dry run)\n\n> **Failed with exit code 3 in the dry run.** Output is in the terminal.\n>\n> ${terminal} · ${again}`,
    );
    assert.equal(
      top(shown('closed', {}, { output: 'one\ntwo\n' })),
      [
        '# Heal the network',
        '> **Failed with exit code 3 in the run that submits.** It may have submitted a proposal: look for one before you run it again. The end of its standard output is below, and its terminal is closed.\n>',
        `> ${again}`,
        '```\none\ntwo\n```',
      ]
        .join('\n\n')
        .replaceAll('>\n\n>', '>\n>'),
    );
    assert.match(
      top(shown('notKnown', { effect: 'read' }, { ending: 'killed', exitCode: null, signal: 'SIGKILL' })),
      /\*\*Ended by SIGKILL\.\*\* There is nothing on its standard output\. This window does not have its terminal; another window may\.\n>\n> \[Run Again…\]/,
    );
    assert.match(
      top(shown('closed', {}, { exitCode: null })),
      /Failed with an exit code that is not known in the run that submits/,
    );
    assert.match(top(shown('closed', {}, { ending: 'lost' })), /How it ended is not known\.\*\* .* was not read, and/);
    const long = shown('open', {}, { output: Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n') });
    assert.match(top(long), /below; the terminal has all output\.[^]*```\nline 15\n[^]*line 29\n```/);
    assert.match(long, /## Output\n\n```\nline 0\n/);
    assert.doesNotMatch(shown('open', {}, { output: 'short' }), /## Output/, 'what stands first is not shown again');
    assert.doesNotMatch(shown('open', {}, { ending: 'submitted', exitCode: 0 }), />/);
  });

  it('shows the end of a long output from the start of a line, and says so', () => {
    const shown = (output: string): string => serialise(runDocument(run({}, { ending: 'done', output }), from));
    const text = shown('a line of fixed length\n'.repeat(2_000));
    assert.match(text, /## Output\n+\*Only its end: .*\*\n+```\na line of fixed length\n/);
    assert.doesNotMatch(shown('short\n'), /Only its end/);
  });
});
