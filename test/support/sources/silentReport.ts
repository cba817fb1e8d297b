import { createReport } from '../../../src/sources/records.ts';

/** For mapping alone, where nothing is logged. */
export const silentReport = createReport(() => undefined);
