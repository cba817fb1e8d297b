/** A page of a team's operations in Jira (dre.md 7); the first of them when `page` is absent. `team` with or without `og-`. */
export function teamPage(siteUrl: string, team: string, page = ''): string {
  const id = team.startsWith('og-') ? team : `og-${team}`;
  return new URL(`/jira/ops/teams/${encodeURIComponent(id)}${page}`, siteUrl).href;
}
