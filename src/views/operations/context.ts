import type { Alert } from '../../domain/alerts/alert.ts';
import { isAlertId, isIssueKey, isProposalId } from '../../domain/base/ids.ts';
import type { Link, Links } from '../../domain/links/join.ts';
import type { Subject } from '../../domain/links/mention.ts';
import type { RunOrigin } from '../../domain/operations/run.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import { targetKind, type Rollout } from '../../domain/releases/rollout.ts';
import { rowId } from '../../domain/releases/timeline/rowId.ts';
import type { About } from '../../dre/suggestions.ts';
import type { Row } from '../kit/row.ts';
import { subjectText } from '../links/words.ts';

/** Where an operation is chosen from: what its run was started from, and what it may be about. */
export interface RunContext {
  readonly origin: RunOrigin;
  readonly about: About;
}

/** The records that rows can stand for, by their keys. */
export interface ContextRecords {
  readonly alerts: ReadonlyMap<string, Alert>;
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly proposals: ReadonlyMap<string, Proposal>;
  readonly rollouts: ReadonlyMap<string, Rollout>;
  /** Undefined while the records are not joined yet. */
  readonly links: Links | undefined;
  readonly now: number;
}

/** What the rows from which an operation is chosen say of it: it is about all of them, and started from the first. */
export function runContext(rows: readonly Row[], records: ContextRecords): RunContext {
  const [first = nothing, ...others] = rows.map((row) => contextOf(row, records));
  if (others.length === 0) return first;
  const all = [first, ...others].map(({ about }) => about);
  const versions = new Set(all.map(({ version }) => version));
  return {
    origin: first.origin,
    about: {
      subjects: all.flatMap(({ subjects }) => subjects),
      version: versions.size === 1 ? first.about.version : undefined,
    },
  };
}

const nothing: RunContext = { origin: {}, about: { subjects: [] } };

function contextOf(row: Row, records: ContextRecords): RunContext {
  const { links, now } = records;
  const key = row.record?.key ?? '';
  switch (row.record?.kind) {
    case 'alert': {
      const alert = records.alerts.get(key);
      if (!isAlertId(key)) return nothing;
      const startedFrom = alert === undefined ? 'an alert' : `alert #${alert.tinyId}`;
      const subjects = alert === undefined ? [] : named(links?.ofAlert(alert, now));
      return { origin: { startedFrom, alertId: key }, about: { subjects } };
    }
    case 'ticket': {
      const ticket = records.tickets.get(key);
      if (!isIssueKey(key)) return nothing;
      const subjects = ticket === undefined ? [] : named(links?.ofTicket(ticket));
      return { origin: { startedFrom: `ticket ${key}`, ticket: key }, about: { subjects } };
    }
    case 'proposal': {
      const proposal = records.proposals.get(key);
      if (!isProposalId(key)) return nothing;
      const places = proposal === undefined ? [] : named(links?.ofProposal(proposal));
      // The version of a proposal is elected or deployed by the proposal itself: it only goes with its nodes.
      const version = places.find(({ kind }) => kind === 'version')?.id;
      const subjects = [{ kind: 'proposal', id: key } as const, ...places.filter(({ kind }) => kind !== 'version')];
      return { origin: { startedFrom: `proposal ${key}`, proposal: key }, about: { subjects, version } };
    }
    case 'rollout': {
      const rollout = records.rollouts.get(key);
      return rollout === undefined ? nothing : ofRollout(row, rollout);
    }
    case 'rotation':
    case 'shift':
    case 'override':
    case 'pullRequest':
    case 'workflowRun':
    case 'run':
    case 'setting':
    case undefined:
      return nothing;
  }
}

/** What a text names: itself, or the record of it. */
function named(links: readonly Link[] = []): readonly Subject[] {
  return links.flatMap(({ to, reason }): readonly Subject[] => {
    if (reason.kind !== 'names') return reason.kind === 'same' ? [reason.subject] : [];
    if (to.kind === 'subject') return [to.subject];
    return to.kind === 'proposal' ? [{ kind: 'proposal', id: to.id }] : [];
  });
}

/** Of a rollout, one of its batches, or a subnet or node in it. */
function ofRollout({ batch: batchRow, copied }: Row, rollout: Rollout): RunContext {
  const kind = targetKind(rollout);
  const batch = rollout.batches.find((each) => batchRow === rowId(each));
  const targets = batch?.targets.filter(({ id }) => copied === undefined || id === copied) ?? [];
  const ids = copied !== undefined && batchRow !== undefined ? [copied] : targets.map(({ id }) => id);
  const subjects = ids.map((id) => ({ kind, id }) as const);
  const [only, another] = subjects;
  const version = targets.find(({ revision }) => revision !== undefined)?.revision ?? rollout.revision;
  const startedFrom =
    only !== undefined && another === undefined
      ? subjectText(only)
      : `${batch === undefined ? '' : `batch ${batch.number} of `}${rollout.name}`;
  return { origin: { startedFrom, rollout: rollout.name }, about: { subjects, version } };
}
