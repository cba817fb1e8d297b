import type { Instant } from '../base/time.ts';

/** What is known of the description, the comments and the history of a ticket. An undefined part is not known. */
export interface TicketTexts {
  readonly key: string;
  /** When the ticket had last changed as they were read. */
  readonly updatedAt: Instant;
  /** The description has words. */
  readonly described: boolean;
  readonly sections: RequestSections;
  readonly commented: boolean | undefined;
  /** Somebody has said something since it was marked as blocked; true as well when it is not marked. */
  readonly reasoned: boolean | undefined;
  /** What its description and comments may name by a number: a proposal. */
  readonly named: NamedNumbers;
  /** Its summary was changed after work on it had begun. */
  readonly rescoped: boolean | undefined;
}

/** The numbers in texts that can be ids of proposals. */
export interface NamedNumbers {
  readonly numbers: readonly string[];
  /** There are no further texts. */
  readonly isWhole: boolean;
}

/** More of one ticket are not kept. */
const mostNumbers = 500;

/** The numbers in a text that can be ids of proposals, each once. */
export function numbersIn(text: string): readonly string[] {
  return [...new Set(text.match(/(?<!\d)[1-9]\d{3,18}(?!\d)/g) ?? [])];
}

/** What texts name, of which these are all or not. */
export function namedNumbers(texts: readonly string[], isWhole: boolean): NamedNumbers {
  const numbers = numbersIn(texts.join('\n'));
  return { numbers: numbers.slice(0, mostNumbers), isWhole: isWhole && numbers.length <= mostNumbers };
}

/** Which of the parts of a request have words. */
export interface RequestSections {
  readonly requirements: boolean;
  readonly outcome: boolean;
}

const titles = {
  requirements: /^\W*requirements?\b\W*/i,
  outcome: /^\W*(?:expected (?:outcome|result)s?|outcome)\b\W*/i,
} as const satisfies Record<keyof RequestSections, RegExp>;
const everyTitle = Object.values(titles);

/** Finds the parts of a request in a text: what stands behind their titles or in the line below. */
export function requestSections(text: string): RequestSections {
  const lines = text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line));
  const has = (title: RegExp): boolean =>
    lines.some((line, index) => {
      if (!title.test(line)) return false;
      const behind = line.replace(title, '');
      const below = lines[index + 1];
      return /[\p{L}\p{N}]/u.test(behind) || (below !== undefined && !everyTitle.some((each) => each.test(below)));
    });
  return { requirements: has(titles.requirements), outcome: has(titles.outcome) };
}
