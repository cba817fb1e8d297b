import * as vscode from 'vscode';
import type { Alert } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { EndedWrite, WriteKind } from '../../engine/writes/kind.ts';
import type { AlertWrites } from '../../feeds/alerts/writes.ts';
import { alertVerbs, type AlertVerb } from '../../views/alerts/verbs.ts';
import { counted, shorten } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';
import {
  askAssignee,
  askEscalation,
  askNewTags,
  askNote,
  askOldTags,
  askPriority,
  askSnooze,
  type AlertQuestionParts,
} from './questions.ts';
import { chooseAlerts, isSure, stillFitting, type TargetParts } from './targets.ts';
import type { Commands, Handler, Handlers } from '../kit/commands.ts';
import type { Views } from '../kit/views.ts';
import { performWrites, reportEnds, type Start } from '../writes/reports.ts';

export interface AlertVerbParts extends TargetParts, AlertQuestionParts {
  readonly commands: Commands;
  readonly writeKinds: () => Promise<{ readonly alerts: AlertWrites }>;
  readonly views: Pick<Views, 'selection' | 'focusedRow' | 'select'>;
}

type Kind<P> = WriteKind<Alert, P, Failure>;

/** Asks for what a verb needs; the writes for the alerts in their order, or undefined when a person thinks better of it. */
type Prepare = (
  kinds: AlertWrites,
  alerts: readonly Alert[],
  title: string,
) => Promise<readonly Start[] | undefined> | readonly Start[];

/** What can be done with alerts. */
export function alertVerbCommands(context: AlertVerbParts): Handlers {
  const { writes } = context;
  const start =
    <P>(kind: Kind<P>, { id }: Alert, payload: P): Start =>
    (signal) =>
      writes.run(kind, id, payload, signal);
  const handle =
    (verb: AlertVerb, warning: (kinds: AlertWrites) => string | undefined, prepare: Prepare): Handler =>
    ({ rows }) =>
      act(context, verb, rows, warning, prepare);
  const nothing = (): undefined => undefined;

  return {
    'drDre.alerts.acknowledge': handle(alertVerbs.acknowledge, nothing, ({ acknowledge }, alerts) =>
      alerts.map((alert) => start(acknowledge, alert, null)),
    ),
    'drDre.alerts.acknowledgeWithNote': handle(alertVerbs.acknowledge, nothing, async (kinds, alerts, title) => {
      const text = await askNote(context, { title: `${title} with a Note`, kind: kinds.addNoteAfter, alerts });
      if (text === undefined) return undefined;
      // A note goes with no acknowledgement (atlassian.md 0.1 fact 5): it is a write of its own, after it.
      return alerts.flatMap((alert) => [
        start(kinds.acknowledge, alert, null),
        start(kinds.addNoteAfter, alert, { text }),
      ]);
    }),
    'drDre.alerts.unacknowledge': handle(
      alertVerbs.unacknowledge,
      (kinds) => kinds.unacknowledge.warning,
      ({ unacknowledge }, alerts) => alerts.map((alert) => start(unacknowledge, alert, null)),
    ),
    'drDre.alerts.close': handle(
      alertVerbs.close,
      (kinds) => kinds.close.warning,
      ({ close }, alerts) => alerts.map((alert) => start(close, alert, null)),
    ),
    'drDre.alerts.snooze': handle(alertVerbs.snooze, nothing, async ({ snooze }, alerts, title) => {
      const wanted = await askSnooze(context, { title, kind: snooze, alerts });
      return wanted === undefined ? undefined : alerts.map((alert) => start(snooze, alert, wanted));
    }),
    'drDre.alerts.assign': handle(alertVerbs.assign, nothing, async ({ assign }, alerts, title) => {
      const assignee = await askAssignee(context, title);
      return assignee === undefined ? undefined : alerts.map((alert) => start(assign, alert, assignee));
    }),
    'drDre.alerts.escalate': handle(
      alertVerbs.escalate,
      (kinds) => kinds.escalate.warning,
      async ({ escalate }, alerts, title) => {
        const escalation = await askEscalation(context, title);
        return escalation === undefined ? undefined : alerts.map((alert) => start(escalate, alert, escalation));
      },
    ),
    'drDre.alerts.addNote': handle(alertVerbs.addNote, nothing, async ({ addNote }, alerts, title) => {
      const text = await askNote(context, { title, kind: addNote, alerts });
      return text === undefined ? undefined : alerts.map((alert) => start(addNote, alert, { text }));
    }),
    'drDre.alerts.addTags': handle(alertVerbs.addTags, nothing, async ({ addTags }, alerts, title) => {
      const tags = await askNewTags(context, { title, kind: addTags, alerts });
      return tags === undefined ? undefined : alerts.map((alert) => start(addTags, alert, { tags }));
    }),
    'drDre.alerts.removeTags': handle(alertVerbs.removeTags, nothing, async ({ removeTags }, alerts, title) => {
      const chosen = await askOldTags(title, alerts);
      return chosen === undefined
        ? undefined
        : alerts.flatMap((alert) => {
            const tags = chosen.filter((tag) => alert.tags.includes(tag));
            return tags.length === 0 ? [] : [start(removeTags, alert, { tags })];
          });
    }),
    'drDre.alerts.setPriority': handle(alertVerbs.setPriority, nothing, async ({ setPriority }, alerts, title) => {
      const priority = await askPriority(title, alerts);
      if (priority === undefined) return undefined;
      const others = alerts.filter((alert) => alert.priority !== priority);
      return others.map((alert) => start(setPriority, alert, { priority }));
    }),
  };
}

/** From the wish to its end: which alerts, the question, what the verb needs, the writes, and what did not go through. */
async function act(
  context: AlertVerbParts,
  verb: AlertVerb,
  rows: readonly Row[],
  warning: (kinds: AlertWrites) => string | undefined,
  prepare: Prepare,
): Promise<void> {
  const alerts = await stillFitting(context, verb, await chooseAlerts(context, verb, rows));
  const [first] = alerts;
  if (first === undefined) return;
  const kinds = (await context.writeKinds()).alerts;
  if (!(await isSure(context, verb, alerts, warning(kinds)))) return;
  const names = alerts.length === 1 ? `“${shorten(first.message, 60)}”` : counted(alerts.length, 'Alert');
  const title = `${verb.label} ${names}`;
  const starts = await prepare(kinds, alerts, title);
  if (starts === undefined || starts.length === 0) return;
  const moves = watchMoves();
  const ends = await performWrites(title, starts);
  if (alerts.length > 1) await keepSelected(context, ends, !moves.seen());
  moves.dispose();
  await reportEnds(context, ends);
}

/** Tells whether a person has gone to an editor or a terminal: then nothing may take the focus from there. */
function watchMoves(): { readonly seen: () => boolean; readonly dispose: () => void } {
  let seen = false;
  const note = (): void => {
    seen = true;
  };
  const listening = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(note),
    vscode.window.onDidChangeActiveTextEditor(note),
    vscode.window.onDidChangeActiveTerminal(note),
  );
  return { seen: () => seen, dispose: () => void listening.dispose() };
}

/** Of several alerts, those with which it did not work stay selected. */
async function keepSelected(
  { views, log }: AlertVerbParts,
  ends: readonly EndedWrite<Failure>[],
  takeFocus: boolean,
): Promise<void> {
  const troubled = ends.filter(({ state }) => state.kind !== 'applied').map(({ record }) => record);
  if (troubled.length === 0) return;
  try {
    await views.select('drDre.alerts', new Set(troubled), takeFocus);
  } catch (cause) {
    // A row may be gone by now; what failed is told all the same.
    log.warn('alerts', 'what failed could not be selected', cause);
  }
}
