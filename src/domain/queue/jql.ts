const orderBy = /^((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^"'])*?)\border\s+by\b[^]*$/i;

/** A query in Jira's query language that finds what another one finds, among what any of some queries finds. Orders are left out. */
export function jqlWithin(queries: readonly string[], jql: string): string {
  const [among, wanted] = [queries.map(conditionsIn).filter((each) => each !== ''), conditionsIn(jql)];
  const first = among.map((each) => `(${each})`).join(' OR ');
  return wanted === '' ? first : `(${first}) AND (${wanted})`;
}

/** A query without its order. */
function conditionsIn(jql: string): string {
  return (orderBy.exec(jql)?.[1] ?? jql).trim();
}
