import { joinInSteps, type LinkRecords, type Links } from '../../../src/domain/links/join.ts';
import type { Subjects } from '../../../src/domain/links/subjects.ts';

/** Joins records by what they name, all in one go. */
export function joinLinks(records: LinkRecords, subjects: Subjects): Links {
  const steps = joinInSteps(records, subjects);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
