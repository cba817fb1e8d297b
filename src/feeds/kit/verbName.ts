/** The words of a verb: before the records in titles, and after them. */
export interface VerbWords {
  readonly label: string;
  readonly labelEnd?: string;
}

/** The name of a verb where it is plain what it is done to: "Change Priority", "Add Note". */
export function verbName({ label, labelEnd = '' }: VerbWords): string {
  return `${label.replace(/ (?:to|from|of|on)$/, '')}${labelEnd}`;
}
