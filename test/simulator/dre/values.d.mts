export function principalText(bytes: readonly number[]): string;
export function isPrincipal(text: string): boolean;
export function durationSeconds(text: string): number | undefined;
export function registryFilter(text: string): { key: string; operator: string; value: string } | undefined;

/** A value parser of the real tool that aborts the program instead of refusing the value (exit 101). */
export class Panic extends Error {}
