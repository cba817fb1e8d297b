/** What a text can name. */
export type MentionKind =
  | 'subnet'
  | 'node'
  | 'dataCenter'
  | 'nodeProvider'
  | 'proposal'
  | 'ticket'
  | 'pullRequest'
  | 'release'
  | 'version'
  | 'alert';

/** Something that a text may be about. */
export interface Subject {
  readonly kind: MentionKind;
  /**
   * The whole id where it is known: principal, data center, decimal proposal id, issue key, `owner/repo#12`, name of the
   * release candidate, 40-hex commit, alert id. A subnet or node that is in no data and that the text names by its first
   * group alone keeps that group.
   */
  readonly id: string;
}

/** A place in a text that names something: from `start` up to but without `end`, in UTF-16 units. */
export interface Mention extends Subject {
  readonly start: number;
  readonly end: number;
}

/** Subjects as keys of maps and sets. */
export function subjectKey({ kind, id }: Subject): string {
  return `${kind}/${id}`;
}
