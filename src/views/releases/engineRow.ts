import { isActive, type Engine, type Rollout } from '../../domain/releases/rollout.ts';
import { isStopped } from '../../domain/releases/timeline/troubles.ts';
import { engineText } from '../../domain/releases/words.ts';
import { age, fullMoment, shortAgo, spokenDuration, type Viewpoint } from '../kit/format.ts';
import type { Row } from '../kit/row.ts';
import { engineIcons, lasting, rowKindWords } from './words.ts';

const idPrefix = 'engine/';

export function engineRowId({ kind, unknownKind = kind }: Engine): string {
  return `${idPrefix}${unknownKind}`;
}

/** Whether a row, by its id, is the one of an engine. */
export function isEngineRow(id: string): boolean {
  return id.startsWith(idPrefix);
}

/** An engine that does not run: nothing of its kind starts, and where it is broken none of its rollouts are listed. */
export function engineRow(engine: Engine, from: Viewpoint, airflowUrl: string): Row {
  const { kind, unknownKind, state, unknownState, since } = engine;
  const label = `${unknownKind === undefined ? rowKindWords[kind] : `“${unknownKind}”`} rollouts`;
  const word = unknownState === undefined ? state : `unknown: “${unknownState}”`;
  const sentence = engineText(engine) ?? '';
  const row: Row = {
    id: engineRowId(engine),
    label,
    description: [word, ...(since === undefined ? [] : [age(since, from)])].join(' · '),
    icon: engineIcons[state],
    tokens: [],
    hover: [`${label}: ${word}`, sentence, ...seenLines(engine, from)],
    spoken: [`${label}: ${lasting(word, since, from, spokenDuration)}`, sentence.replace(/\.$/, '')].join('. '),
  };
  if (unknownKind !== undefined) return row;
  const link = new URL(`/dags/${kind}/grid`, airflowUrl).href;
  return { ...row, tokens: ['airflow', 'linked'], link, command: 'drDre.releases.openInAirflow' };
}

/** Since when an engine is as it is, as a line; none where that was not seen. */
export function seenLines({ since }: Engine, from: Viewpoint): readonly string[] {
  return since === undefined ? [] : [`First seen ${shortAgo(since, from)}, ${fullMoment(since, from)}`];
}

/** The engine of a rollout that goes on and is listed, where it is known not to run. */
export function haltOf(rollout: Rollout, engines: readonly Engine[]): Engine | undefined {
  if (!isActive(rollout) || rollout.unlistedSince !== undefined) return undefined;
  const engine = engines.find(({ kind, unknownKind }) => kind === rollout.kind && unknownKind === rollout.unknownKind);
  return isStopped(rollout, { engine: engine?.state }) ? engine : undefined;
}
