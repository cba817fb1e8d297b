import type { Alert } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { WriteKind } from '../../engine/writes/kind.ts';
import type { AlertVerb } from '../../feeds/alerts/verb.ts';
import { alertVerbs, type AlertVerbs } from '../../feeds/alerts/verbs.ts';
import type { AlertWrites } from '../../feeds/alerts/writes.ts';
import { counted, shorten } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';
import { withBack } from '../kit/chain.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Views } from '../kit/views.ts';
import { performFromView } from '../writes/performing.ts';
import { reportEnds, type Start, type WriteTools } from '../writes/reports.ts';
import { questions, type AlertQuestionParts } from './questions.ts';
import { chooseAlerts, isSure, stillFitting, type TargetParts } from './targets.ts';

export interface AlertVerbParts extends TargetParts, AlertQuestionParts, WriteTools {
  readonly commands: WriteTools['commands'];
  readonly writeKinds: () => Promise<{ readonly alerts: AlertWrites }>;
  readonly views: Pick<Views, 'selection' | 'focusedRow' | 'select'>;
}

type VerbKey = keyof AlertVerbs;
type Kinds = Readonly<Record<string, WriteKind<Alert, unknown, Failure>>>;

/** One command for each verb of alerts. */
export function alertVerbCommands(parts: AlertVerbParts): Handlers {
  const keys = Object.keys(alertVerbs) as VerbKey[];
  return Object.fromEntries(keys.map((key) => [`drDre.alerts.${key}`, ({ rows }) => perform(parts, key, rows)]));
}

/** From the command to its end: which alerts, the dialog, what the verb asks for, the writes, and how they ended. */
async function perform(parts: AlertVerbParts, key: VerbKey, rows: readonly Row[]): Promise<void> {
  const verb: AlertVerb = alertVerbs[key];
  const before = verbBefore(verb);
  const kinds: Kinds = (await parts.writeKinds()).alerts;
  const kind = kindOf(kinds, key);
  const asked = await withBack(async () => {
    const alerts = await stillFitting(parts, verb, await chooseAlerts(parts, verb, rows));
    const [first] = alerts;
    if (first === undefined) return undefined;
    const warnings = [before?.write.warning, verb.write.warning].filter((warning) => warning !== undefined);
    if (!(await isSure(parts, verb, alerts, warnings))) return undefined;
    const names = alerts.length === 1 ? `“${shorten(alertText(first), 60)}”` : counted(alerts.length, 'Alert');
    const title = `${verb.label} ${names}${verb.labelEnd ?? ''}`;
    const answer = await questions[verb.asks](parts, { title, kind, alerts });
    return answer === undefined ? undefined : { alerts, answer };
  });
  if (asked === undefined) return;
  const { alerts, answer } = asked;
  const start =
    (what: WriteKind<Alert, unknown, Failure>, { id }: Alert, payload: unknown): Start =>
    (signal) =>
      parts.writes.run(what, id, payload, signal);
  const starts = alerts.flatMap((alert) => {
    const payload = verb.payloadFor === undefined ? answer : verb.payloadFor(alert, answer);
    if (payload === undefined) return [];
    const own = start(kind, alert, payload);
    return verb.after === undefined ? [own] : [start(kindOf(kinds, verb.after), alert, null), own];
  });
  if (starts.length === 0) return;
  const first = verb.after === undefined ? [] : [kindOf(kinds, verb.after)];
  const doing = [...first, kind].map((each) => each.doing ?? each.title).join(' and ');
  await reportEnds(parts, await performFromView(parts, 'drDre.alerts', { title: kind.title, doing }, starts));
}

/** The verb that is sent before this one. */
function verbBefore({ after }: AlertVerb): AlertVerb | undefined {
  const verbs: Readonly<Record<string, AlertVerb>> = alertVerbs;
  return after === undefined ? undefined : verbs[after];
}

function kindOf(kinds: Kinds, key: string): WriteKind<Alert, unknown, Failure> {
  const kind = kinds[key];
  if (kind === undefined) throw new Error(`there is no verb ${key}`);
  return kind;
}
