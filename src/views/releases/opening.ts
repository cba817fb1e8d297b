import { rolloutKey, type Batch, type Rollout } from '../../domain/releases/rollout.ts';
import { rowId } from '../../domain/releases/timeline/rowId.ts';
import type { Row, Token } from '../kit/row.ts';

/**
 * A click opens the timeline; the menu has it too, Airflow's page where there is one, and to copy what it is called. The
 * timeline does not draw rollouts of an unknown kind: of those a click opens Airflow's page.
 */
export function opens(
  rollout: Rollout,
  link: string | undefined,
  copied?: string,
): Pick<Row, 'tokens' | 'record' | 'command' | 'link' | 'copied'> {
  const isDrawn = rollout.kind !== 'unknown';
  const tokens: readonly Token[] = [
    ...(isDrawn ? (['rollout'] as const) : []),
    ...(copied === undefined ? [] : (['identified'] as const)),
  ];
  const row = {
    ...(isDrawn
      ? ({
          record: { kind: 'rollout', key: rolloutKey(rollout) },
          command: 'drDre.releases.openTimeline',
        } as const)
      : {}),
    ...(copied === undefined ? {} : { copied }),
  };
  if (link === undefined) return { ...row, tokens };
  const click = isDrawn ? {} : { command: 'drDre.releases.openInAirflow' };
  return { ...row, ...click, tokens: [...tokens, 'airflow', 'linked'], link };
}

/** With *Copy Name* in its menu. */
export function named<Part extends Pick<Row, 'tokens'>>(row: Part): Part {
  return { ...row, tokens: [...row.tokens, 'named'] };
}

/** With *Run dre Operation…* in its menu. */
export function operable<Part extends Pick<Row, 'tokens'>>(row: Part): Part {
  return { ...row, tokens: [...row.tokens, 'operable'] };
}

/** The timeline opens at the batch. `alerted`: there are alerts that the menu leads to; `isStuck`: it leads to the document of stuck batches. */
export function ofBatch<Part extends Pick<Row, 'tokens'>>(
  row: Part,
  batch: Batch,
  alerted: boolean,
  isStuck = false,
): Part & Pick<Row, 'batch'> {
  const tokens: readonly Token[] = [
    ...row.tokens,
    ...(alerted ? (['alerted'] as const) : []),
    ...(isStuck ? (['stuck'] as const) : []),
  ];
  return { ...row, batch: rowId(batch), tokens };
}

/** A link from the dashboard, if it leads where Airflow is: nothing else is opened. */
export function linkTo(url: string, airflowUrl: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const target = new URL(url);
  return target.origin === new URL(airflowUrl).origin ? target.href : undefined;
}
