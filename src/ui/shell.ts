import type { Documents } from './documents.ts';
import type { RowTree } from './rowTree.ts';

/** What has to be there before anybody can look or click; the parts behind it are loaded right after. */
export interface Shell {
  /** The tree views of the manifest, by id; empty until something is painted. */
  readonly trees: ReadonlyMap<string, RowTree>;
  readonly documents: Documents;
  /** Epoch milliseconds. */
  readonly activatedAt: number;
}
