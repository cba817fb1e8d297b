import assert from 'node:assert/strict';
import type { CommandLine, RunEnd } from '../../../src/domain/operations/run.ts';
import { describeEnd, readEnd, submittedProposals, withoutTitle, type SeenWarnings } from '../../../src/dre/output.ts';
import { readReport, type RunReport } from '../../../src/dre/report.ts';
import { runStandIn } from '../../support/dre/standIn.ts';

const submitting: CommandLine = { program: 'dre', args: [], title: 'Heal', effect: 'submits', dryRun: false };
const dryRun: CommandLine = { ...submitting, dryRun: true };
const reading: CommandLine = { ...submitting, effect: 'read' };

function report(changes: Partial<RunReport>): RunReport {
  return { exitCode: 0, signal: null, stdoutTail: '', startedAt: 1000, endedAt: 3500, ...changes };
}

const all: SeenWarnings = { warnings: [], sawAll: true };
const readOutcome = (line: CommandLine, from: RunReport, seen = all): RunEnd => readEnd(line, from, seen);

describe('reading the output of dre', () => {
  it('finds the proposal at the end', () => {
    assert.deepEqual(submittedProposals('Title: x\n\nproposal 143600\n'), ['143600']);
    assert.deepEqual(submittedProposals('proposal 143600'), ['143600']);
  });

  it('finds all that network printed, escape sequences or not', () => {
    assert.deepEqual(submittedProposals('x\r\n\u001b[1A\u001b[Kproposal 1\r\nproposal 2\r\n'), ['1', '2']);
  });

  it('does not take a line of a simulation for a submission', () => {
    assert.deepEqual(submittedProposals('Summary:\nproposal 7\nPayload: {}\n'), []);
    assert.deepEqual(submittedProposals('proposal 7\nPayload: {}\nproposal 8\n'), ['8']);
    assert.deepEqual(submittedProposals('my proposal 7\n'), []);
    assert.deepEqual(readOutcome(dryRun, report({ stdoutTail: 'proposal 7\n' })).proposals, []);
    assert.deepEqual(readOutcome(reading, report({ stdoutTail: 'proposal 7\n' })).proposals, []);
  });

  it('says what an end means', () => {
    const ending = (line: CommandLine, changes: Partial<RunReport>): string =>
      readOutcome(line, report(changes)).ending;
    assert.equal(ending(submitting, { stdoutTail: 'proposal 7\n' }), 'submitted');
    assert.equal(ending(submitting, { stdoutTail: 'Payload: {}\n' }), 'notSubmitted');
    assert.equal(ending(dryRun, {}), 'simulated');
    assert.equal(ending({ ...submitting, effect: 'votes' }, {}), 'voted');
    assert.equal(ending(reading, {}), 'done');
    assert.equal(ending(reading, { exitCode: 1 }), 'failed');
    assert.equal(ending(reading, { exitCode: 2 }), 'usageError');
    assert.equal(ending(reading, { exitCode: 101 }), 'panicked');
    assert.equal(ending(reading, { exitCode: 130 }), 'interrupted');
    assert.equal(ending(reading, { exitCode: null, signal: 'SIGINT' }), 'interrupted');
    assert.equal(ending(reading, { exitCode: null, signal: 'SIGHUP' }), 'killed');
    assert.equal(ending(reading, { exitCode: 127, spawnError: 'ENOENT' }), 'notStarted');
  });

  it('does not lose the proposals of a run that failed later', () => {
    const outcome = readOutcome(submitting, report({ exitCode: 1, stdoutTail: 'proposal 7\nproposal 8\n' }));
    assert.deepEqual(outcome.proposals, ['7', '8']);
    const { severity, advice } = describeEnd(submitting, outcome);
    assert.equal(severity, 'error');
    assert.match(advice ?? '', /7, 8/);
  });

  it('says of one that was cut short that it may have submitted something, and of no other', () => {
    const advice = (line: CommandLine, changes: Partial<RunReport>): string =>
      describeEnd(line, readOutcome(line, report(changes))).advice ?? '';
    for (const changes of [{ exitCode: 130 }, { exitCode: null, signal: 'SIGHUP' }, { exitCode: 1 }]) {
      assert.match(advice(submitting, changes), /may have submitted a proposal/);
      for (const line of [dryRun, reading, { ...submitting, effect: 'votes' as const }]) {
        assert.doesNotMatch(advice(line, changes), /submitted/);
      }
    }
    assert.doesNotMatch(advice(submitting, { exitCode: 2 }), /submitted/);
  });

  it('says what happened', () => {
    const said = (line: CommandLine, changes: Partial<RunReport>): string => {
      const { severity, sentence } = describeEnd(line, readOutcome(line, report(changes)));
      return `${severity}: ${sentence}`;
    };
    assert.equal(said(submitting, { stdoutTail: 'proposal 7\nproposal 8\n' }), 'info: submitted proposals 7, 8.');
    assert.equal(said(submitting, {}), 'warning: Nothing submitted.');
    assert.equal(said(reading, { exitCode: 1 }), 'error: failed with exit code 1.');
    const missing = readOutcome(reading, report({ exitCode: 127, spawnError: 'ENOENT' }));
    assert.match(describeEnd(reading, missing).advice ?? '', /drDre\.dre\.path/);
  });

  it('begins with a capital letter where no title is before it, but for the name of the tool', () => {
    const alone = (changes: Partial<RunReport>): string =>
      withoutTitle(describeEnd(reading, readOutcome(reading, report(changes))).sentence);
    assert.equal(alone({ exitCode: 1 }), 'Failed with exit code 1.');
    assert.equal(alone({ exitCode: 101 }), 'dre crashed (exit code 101).');
  });

  it('says of a dry run that found no key, and of one whose warnings are not known, that it proves less', () => {
    const noKey = { warnings: ["Couldn't detect neuron due to: No HSM detected."], sawAll: true };
    const { severity, advice } = describeEnd(dryRun, readOutcome(dryRun, report({}), noKey));
    assert.equal(severity, 'warning');
    assert.match(advice ?? '', /made-up/);
    assert.equal(describeEnd(dryRun, readOutcome(dryRun, report({}))).advice, undefined);
    const unseen = describeEnd(dryRun, readOutcome(dryRun, report({}), { warnings: [], sawAll: false }));
    assert.match(unseen.advice ?? '', /Couldn't detect neuron/);
  });

  it('reads what the stand-in prints: submission and refusal', async () => {
    const words = ['network', '--heal', '--yes', '--forum-post-link', 'omit'];
    const sent = await runStandIn(words, { DRE_SIM_PROPOSAL: '20' });
    assert.deepEqual(submittedProposals(sent.stdout), ['20', '21']);
    const without = await runStandIn(words, { DRE_SIM_NO_HSM: '1' });
    assert.equal(
      readOutcome(submitting, report({ exitCode: without.code, stdoutTail: without.stdout })).ending,
      'failed',
    );
  });
});

describe('the report of a run', () => {
  it('is read back as it was written', () => {
    const written = report({ stdoutTail: 'proposal 7\n', spawnError: 'EACCES' });
    assert.deepEqual(readReport(JSON.stringify(written)), { ok: true, value: written });
  });

  it('is refused when cut off or not a report', () => {
    for (const text of ['', '{', 'null', '[]', '{"exitCode":"0"}', JSON.stringify({ ...report({}), endedAt: 1.5 })]) {
      const read = readReport(text);
      assert.ok(!read.ok, text);
      assert.equal(read.failure.kind, 'malformed');
    }
  });
});
