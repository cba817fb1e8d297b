import { counted, grouped } from '../base/counted.ts';
import { priorities, type Alert } from './alert.ts';

/** So many characters of a word that is not known are shown. */
const longestWord = 20;

/** The priority of an alert as people read it; a word that is not known as the service wrote it, marked. */
export function priorityWord({ priority, unknownPriority }: Pick<Alert, 'priority' | 'unknownPriority'>): string {
  return unknownPriority === undefined ? priority : `“${Array.from(unknownPriority).slice(0, longestWord).join('')}”`;
}

/** How many alerts there are of each priority: "1 P1", "12 P2", "1 of unknown priority". */
export function priorityCounts(alerts: readonly Alert[]): readonly string[] {
  const known = alerts.filter(({ unknownPriority }) => unknownPriority === undefined);
  const counts = priorities.flatMap((priority) => {
    const count = known.filter((alert) => alert.priority === priority).length;
    return count === 0 ? [] : [`${grouped(count)} ${priority}`];
  });
  return [...counts, ...unknownCount(alerts.length - known.length)];
}

/** How many are of a priority that is not known; nothing for none. */
export function unknownCount(count: number): readonly string[] {
  return count === 0 ? [] : [`${grouped(count)} of unknown priority`];
}

/** What alerts are that must not be missed: "2 alerts of priority P1 or P2". */
export function urgentWords(alerts: readonly Alert[], noun: string): string {
  const isAnyUnknown = alerts.some(({ unknownPriority }) => unknownPriority !== undefined);
  return `${counted(alerts.length, noun)} of priority P1 or P2${isAnyUnknown ? ', or of an unknown one' : ''}`;
}
