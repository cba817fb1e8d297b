import { sep } from 'node:path';

/** A Wednesday: no rule of a week, a weekday or a day changes within the hours that tests let pass. */
const wednesday = '2026-09-02T12:00:00Z';

const present = Date;

/** The date and time of this process, which goes on from `start` as real time passes. */
function dateFrom(start: number): DateConstructor {
  const ahead = start - present.now();
  const now = (): number => present.now() + ahead;
  return class extends present {
    constructor(...parts: readonly [] | readonly [value: number | string | Date]) {
      super(parts.length === 0 ? now() : parts[0]);
    }

    static override now(): number {
      return now();
    }
  } as DateConstructor;
}

/** Not where a real VS Code or a browser takes part, which have the date of the machine. */
const isAlone = (file: string | undefined): boolean =>
  ['unit', 'contract'].some((suite) => file?.includes(`${sep}test${sep}${suite}${sep}`) === true);

// Loaded before all tests: what they find must not depend on the day on which they run. DR_DRE_TEST_DATE, an ISO date and
// time, says another one.
export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    const files = this.test?.parent?.suites.map(({ file }) => file) ?? [];
    if (files.every(isAlone)) globalThis.Date = dateFrom(present.parse(process.env['DR_DRE_TEST_DATE'] ?? wednesday));
  },
  afterAll(): void {
    globalThis.Date = present;
  },
};

/** The tests of a `describe` have the date of the machine: with threads, processes and files, which have no other. */
export function usePresentDate(): void {
  let ofTests: DateConstructor;

  before(() => {
    ofTests = Date;
    globalThis.Date = present;
  });
  after(() => {
    globalThis.Date = ofTests;
  });
}
