import type { Engine } from '../../domain/releases/rollout.ts';
import { engineText } from '../../domain/releases/words.ts';
import { age, fullMoment, shortAgo, type Viewpoint } from '../kit/format.ts';
import type { Row } from '../kit/row.ts';
import { engineIcons, rowKindWords } from './words.ts';

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
  const seen = since === undefined ? [] : [`First seen ${shortAgo(since, from)}, ${fullMoment(since, from)}`];
  const row: Row = {
    id: engineRowId(engine),
    label,
    description: [word, ...(since === undefined ? [] : [age(since, from)])].join(' · '),
    icon: engineIcons[state],
    tokens: [],
    hover: [`${label}: ${word}`, sentence, ...seen],
    spoken: [`${label}: ${word}`, sentence.replace(/\.$/, ''), ...seen].join('. '),
  };
  if (unknownKind !== undefined) return row;
  const link = new URL(`/dags/${kind}/grid`, airflowUrl).href;
  return { ...row, tokens: ['airflow', 'linked'], link, command: 'drDre.releases.openInAirflow' };
}
