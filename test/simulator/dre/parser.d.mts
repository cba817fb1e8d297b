import type { Grammar, GrammarCommand } from './main.mjs';

export class UsageError extends Error {
  readonly kind: string;
  readonly path: readonly string[];
}

export class Display extends Error {
  readonly what: 'help' | 'version';
  readonly path: readonly string[];
}

export class Parsed {
  readonly words: readonly string[];
  readonly command: GrammarCommand;
  readonly path: readonly string[];
  has(name: string): boolean;
  all(name: string): readonly string[];
  one(name: string): string | undefined;
  flag(name: string): boolean;
}

export function parse(
  grammar: Grammar,
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  settings: { readonly strictPrincipals?: boolean },
): Parsed;
