import type { Parsed } from './parser.mjs';

/** Throws a UsageError for the first rule that the command line breaks. */
export function check(parsed: Parsed): void;
