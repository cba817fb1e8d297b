/** The elements that people use to format text. Others are treated as words in angle brackets. */
const known =
  'a abbr address article aside b bdi bdo big blockquote body br caption center cite code col colgroup dd del details ' +
  'dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hr html i img ins kbd label li main ' +
  'mark nav ol p picture pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead ' +
  'time title tr tt u ul var wbr';
export const knownElements: ReadonlySet<string> = new Set(known.split(' '));

/** The content of these is not for a reader. */
export const hiddenElements: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'svg', 'math']);

/** Whether a tag is one that people use to format text, or one whose content is not for a reader. */
export function isKnownTag(name: string): boolean {
  return knownElements.has(name) || hiddenElements.has(name);
}
