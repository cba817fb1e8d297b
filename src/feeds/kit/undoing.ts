/** The verb, or the undoing, by its key, that takes another one back. */
export interface Undoing {
  readonly verb: string;
  readonly payload: unknown;
}
