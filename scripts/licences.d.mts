import type { Plugin } from 'esbuild';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

export const licencesFile: string;
export function bundledPackages(root: string, inputs: Iterable<string>): readonly BundledPackage[];
export function collectInputs(found: Set<string>): Plugin;
export function writeLicences(parts: { readonly root: string; readonly inputs: Iterable<string> }): void;
