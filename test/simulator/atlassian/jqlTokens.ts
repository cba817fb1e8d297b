// The words of a query.

/** What Jira answers 400 with. */
export class JqlError extends Error {}

export interface Token {
  readonly kind: 'word' | 'text' | 'op' | '(' | ')' | ',';
  readonly text: string;
  readonly at: number;
}

export function tokenize(jql: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s*(?:([(),])|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|<=|>=|!~|[=<>~])|([\p{L}\p{N}_.+:@/-]+(?:\[[^\]]*\])?))/guy;
  let end = 0;
  for (const found of jql.matchAll(pattern)) {
    const [whole, mark, double, single, operator, word = ''] = found;
    end = found.index + whole.length;
    const at = end - whole.trimStart().length;
    const quoted = double ?? single;
    if (mark !== undefined) tokens.push({ kind: mark as '(', text: mark, at });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll(/\\(.)/g, '$1'), at });
    else if (operator !== undefined) tokens.push({ kind: 'op', text: operator, at });
    else tokens.push({ kind: 'word', text: word, at });
  }
  const rest = jql.slice(end).trim();
  if (rest !== '') throw syntax(`The character '${rest.charAt(0)}' is a reserved JQL character.`, undefined, jql, true);
  return tokens;
}

export function syntax(problem: string, token: Token | undefined, jql: string, whole = false): JqlError {
  const got = whole ? problem : `${problem} but got '${token?.text ?? 'the end of the query'}'.`;
  return new JqlError(`Error in the JQL Query: ${got} (line 1, character ${(token?.at ?? jql.length) + 1})`);
}
