import type { Person, Rotation } from './rotation.ts';

/** Everybody whom the schedules name, each once. */
export function peopleOf(rotations: Iterable<Rotation>): readonly Person[] {
  const people = new Map<string, Person>();
  for (const { current, next, shifts } of rotations) {
    for (const person of [...current, ...(next?.people ?? []), ...shifts.flatMap((shift) => shift.people)]) {
      if (person.group !== undefined) continue;
      if (people.get(person.accountId)?.name === undefined) people.set(person.accountId, person);
    }
  }
  return [...people.values()];
}
