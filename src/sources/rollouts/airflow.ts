import type { Failure } from '../../domain/base/failure.ts';

/** How the dashboard's sentences about Airflow begin or end (rollout-dashboard.md 1.1). */
const ofAirflow: readonly RegExp[] = [
  /^Cannot contact Airflow(?:: (?<said>.*))?$/s,
  /^Unexpected response code (?<said>.*) from Airflow$/s,
  /^Proxy could not log into Airflow(?<said>.*)$/s,
  /^Error (?:decoding|deserializing) .*?from Airflow response: (?<said>.*)$/s,
];

/**
 * The failure of Airflow that the dashboard passes on with Airflow's own status, in its text for people; undefined when the
 * text is about something else. It is neither a limit nor an address of the dashboard, whatever the status is.
 */
export function airflowFailure(operation: string, status: number | undefined, text: string): Failure | undefined {
  const found = ofAirflow.map((each) => each.exec(text)).find((each) => each !== null);
  if (found === undefined) return undefined;
  // The chain of causes holds addresses of Airflow's network; the last one says what is wrong.
  const said = (found.groups?.['said'] ?? '').split(' -> ').at(-1)?.trim() ?? '';
  return { kind: 'server', service: 'airflow', operation, status, detail: said === '' ? undefined : said };
}
