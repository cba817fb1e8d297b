/** A filter of a list that a person gave a name in the settings. */
export interface SavedFilter {
  readonly name: string;
  /** Of alerts in the query language of the service, of other lists words that must all occur. */
  readonly query: string;
}
