import type { Alert } from '../../domain/alerts/alert.ts';
import { moreUrgent } from '../../domain/alerts/groups.ts';
import { alertText } from '../../domain/alerts/name.ts';
import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import {
  documentOf,
  heading,
  inlineCode,
  link,
  list,
  paragraph,
  remark,
  type Block,
  type Document,
  type Inline,
} from '../../domain/documents/tree.ts';
import type { Links } from '../../domain/links/join.ts';
import { recordAddress } from '../../domain/links/recordAddress.ts';
import { rowId } from '../../domain/releases/timeline/rowId.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { batchKey } from '../../domain/releases/batchKey.ts';
import { rolloutKey } from '../../domain/releases/rollout.ts';
import { stepState } from '../../domain/releases/steps.ts';
import { type StuckBatch, type StuckReason } from '../../domain/releases/stuck.ts';
import type { KindEstimates, Usual } from '../../domain/releases/times/estimates.ts';
import { cellStateText, inSentence } from '../../domain/releases/words.ts';
import { factTable } from '../kit/documentParts.ts';
import { duration, fullMoment, shorten, type Viewpoint } from '../kit/format.ts';
import { placeOf } from '../links/places.ts';
import { linkTo } from './opening.ts';
import { nextSteps, stuckName, stuckSentence } from './stuckWords.ts';

/** What is known around the stuck batches. */
export interface StuckSurroundings {
  readonly from: Viewpoint;
  readonly airflowUrl: string;
  readonly links: Links | undefined;
  readonly estimates: (kind: StuckBatch['rollout']['kind']) => KindEstimates;
  /** The votes on a proposal in words, where they are known. */
  readonly tallyOf: (proposal: Proposal) => string | undefined;
}

/** The same with one batch (`batchKey`) first, where it is among them. */
export function firstOf(all: readonly StuckBatch[], id: string): readonly StuckBatch[] {
  const isIt = ({ rollout, batch }: StuckBatch): boolean => batchKey(rollout, batch) === id;
  return [...all.filter(isIt), ...all.filter((each) => !isIt(each))];
}

/** All that a person needs to get the stuck batches going, the worst first. Undefined where it is not known which are stuck now. */
export function stuckDocument(all: readonly StuckBatch[] | undefined, around: StuckSurroundings): Document {
  if (all === undefined) {
    const unknown =
      "Can't tell whether a batch is stuck: the rollouts were not read lately. The Releases view says why.";
    return documentOf(heading(1, 'Stuck Batches'), remark(unknown));
  }
  if (all.length === 0) return documentOf(heading(1, 'Stuck Batches'), remark('No batch is known to be stuck.'));
  return documentOf(heading(1, 'Stuck Batches'), ...all.map((stuck) => part(stuck, around)));
}

function part(stuck: StuckBatch, around: StuckSurroundings): readonly Block[] {
  const { rollout, batch, since, began, targets, reason } = stuck;
  const { from, airflowUrl, links } = around;
  const timeline = link(
    recordAddress({ kind: 'rollout', key: rolloutKey(rollout), batch: rowId(batch) }),
    rollout.name,
  );
  const held = targets[0] ?? batch;
  const log = linkTo(held.url, airflowUrl);
  const when = since === undefined ? undefined : `${fullMoment(since, from)} (${duration(from.now - since)})`;
  const step = stepState(held);
  const usual = step === undefined ? undefined : around.estimates(rollout.kind).tasks[step];
  return [
    heading(2, stuckName(stuck)),
    paragraph(`${stuckSentence(stuck, from)}.`),
    ...nextStepPart(reason, log),
    ...factTable([
      ['Rollout', [timeline]],
      ['State', cellStateText(held)],
      [began ? 'Since' : 'At least since', when],
      ['Usually', usual === undefined ? undefined : usualText(usual)],
      ['Task', taskText(held.comment)],
      ['Airflow', log === undefined ? undefined : [link(log, 'Open task and log')]],
    ]),
    ...proposalPart(stuck, around),
    ...alertPart(stuck, links),
  ];
}

/** `log`: the address of its task in Airflow, where it is known. */
function nextStepPart(reason: StuckReason, log: string | undefined): readonly Block[] {
  const { task, text, command } = nextSteps[reason];
  const lead = task === undefined ? [] : [log === undefined ? task : link(log, task)];
  const run =
    command === undefined
      ? []
      : [paragraph('To do so, select its row in the Releases view and run ', inlineCode(command), '.')];
  return [heading(3, 'Next step'), paragraph(...lead, text), ...run, heading(3, 'Details')];
}

function usualText({ median, low, high, count }: Usual): string {
  return `${duration(median)}, half of ${count} between ${duration(low)} and ${duration(high)}`;
}

/** What the dashboard says of a task, "Task batch_12.join in state Failed", without its first word. */
function taskText(comment: string): readonly Inline[] | undefined {
  const text = comment.replace(/^Task /, '');
  return text === '' ? undefined : [inlineCode(shorten(text, 200))];
}

/** The proposals that the subnets wait for, or the batch as a whole. */
function proposalPart(
  { reason, rollout, targets }: StuckBatch,
  { links, tallyOf }: StuckSurroundings,
): readonly Block[] {
  if (reason !== 'votes') return [];
  const found =
    targets.length === 0
      ? [links?.openProposal('deploys', rollout)]
      : targets.map((target) => links?.openProposal('deploys', rollout, target.revision, placeOf(rollout, target)));
  const proposals = new Set(found.filter((proposal) => proposal !== undefined));
  const title = heading(3, 'Proposals');
  if (proposals.size === 0) return [title, remark('No open proposal for it is known: look in the Proposals view.')];
  const items = [...proposals].map((proposal) => {
    const tally = tallyOf(proposal);
    const votes = tally === undefined ? '' : ` (${tally})`;
    const address = recordAddress({ kind: 'proposal', key: `${proposal.id}` });
    return [paragraph(link(address, `Proposal ${proposal.id}`), ` ${shorten(proposal.title, 160)}${votes}`)];
  });
  return [title, list(items)];
}

function alertPart({ rollout, batch, targets }: StuckBatch, links: Links | undefined): readonly Block[] {
  const title = heading(3, 'Alerts on its subnets and nodes');
  if (links === undefined) return [title, remark('Not known yet.')];
  const concerned = targets.length === 0 ? batch.targets : targets;
  const alerts = new Set<Alert>(concerned.flatMap((target) => links.alertsAt(placeOf(rollout, target))));
  if (concerned.length === 0) return [];
  if (alerts.size === 0) return [title, remark('None is known.')];
  const items = [...alerts].toSorted(moreUrgent).map((alert) => {
    const address = recordAddress({ kind: 'alert', key: alert.id });
    return [
      paragraph(
        link(address, `${priorityWord(alert)} alert`),
        ` ${shorten(alertText(alert), 160)}, ${inSentence(alert.status)}`,
      ),
    ];
  });
  return [title, list(items)];
}
