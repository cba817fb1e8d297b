// What is not known about the real services (atlassian.md 6), and behaviour that only these services have.
// `configure(name, value)` of either Atlassian service sets them; the first of several choices is the standard.
//
// | switch                     | settles or plays                                                                           |
// | -------------------------- | ------------------------------------------------------------------------------------------ |
// | scopes                     | the scopes of the scoped token (1.3), a list                                               |
// | scopedTokenOnOps           | 6 #1: whether a scoped token works at the alert operations API                             |
// | noOpsForm                  | a person without Operations: empty lists, or the legacy 403 (2.1)                          |
// | teamAccess                 | 0.1 #3: which Operations teams the person belongs to: the own one, another one, none       |
// | badCredentials             | on the site: refused, or taken as nobody, who sees nothing (1.1)                           |
// | unauthorizedForm           | 401 of Jira: plain text, or the same text in `errorMessages` (3.1)                         |
// | alertStatusForm            | 6 #3: `status` is open or closed, or also acked and snoozed                                |
// | statusQuery                | 2.3: whether `status: snoozed` and `status: acked` find anything                           |
// | createdAtQuery             | 2.3: how exactly `createdAt` is compared in a query: by the millisecond, by the second,    |
// |                            | not at all, or the query is refused                                                        |
// | lastOccurredSpelling       | 0.1 #7: with one r or two                                                                  |
// | ownerForm, ownerQuery      | 6 #4: what `owner` says; what `owner:` in a query means                                    |
// | noteOwnerForm              | 2.5: e-mail or display name                                                                |
// | listOmitsDetails           | 6 #5: the list lacks `description` and `extraProperties`                                   |
// | badQueryStatus             | 6 #6                                                                                       |
// | fromTo                     | 6 #7: which instant `from` and `to` filter on                                              |
// | linksNextForm, linksEnd    | 6 #8: form of `links.next`; what the last page has                                         |
// | notesOrder, logsOrder      | 6 #9                                                                                       |
// | opsRateLimitHeaders        | 6 #10: whether the alert operations API sends `X-RateLimit-*`                              |
// | deleteWithBody             | 6 #11: false: the gateway drops the body of a DELETE                                       |
// | createAlertStatus          | 6 #12                                                                                      |
// | teamIdPrefix               | 6 #13: team ids come with `og-`                                                            |
// | flagOnScreen, flagOption   | 6 #14: whether the flag may be set; the option's name (localised on some sites)            |
// | teamRequired               | whether a new issue must name the team that owns it, in a field of the site                |
// | siteFieldsRequired         | the same of fields of all forms: text, number, day, several choices                        |
// | epicLink                   | a company-managed project of before `parent`: the epic is in a field of its own            |
// | assignAcknowledges         | 6 #17                                                                                      |
// | snoozeOverWeek             | 6 #17: fails in the request status, is refused with 422, or is accepted                    |
// | requestStatusKey           | 2.4: `isSuccess` or `success`                                                              |
// | nextOnCallNesting          | 2.6: the key of nested participants in next-on-calls                                       |
// | timelineZone               | 2.6: whether the days of a timeline begin by UTC or by the schedule's time zone            |
// | overrideBeyondHours        | whether an override holds outside the rotation's hours                                     |
// | heartbeatsPaid             | false: 402 (2.7)                                                                           |
// | pagingSetup                | how the caller is notified: well, or with all rules, steps or contacts off, or with none;  |
// |                            | or the rule for new alerts has one limit, or all of them                                   |
// | actionDelayMs              | 2.4: until an accepted action has its effect and its request status                        |
// | writesNeverApply           | accepted actions stay without effect, their request status 404                             |
// | failActions                | every accepted action fails with this text ("Your account plan does not support …")        |
// | alertListLagMs             | 2.4: the list shows an alert as it was this long ago                                       |
// | searchLagMs                | 3.2: the same for the search for issues                                                    |
// | omitIsLast                 | 3.2: search answers without `isLast`                                                       |
// | searchWarnings             | 3.2: search answers with `warnings`                                                        |
// | readOnly                   | the person may read issues and nothing else (3.4: no transitions)                          |
// | shortErrors                | 6 #15: other wording of the errors of Jira                                                 |
// | addsLocalIds               | 3.5: documents come back with `localId`s                                                   |
// | linkingEnabled             | 3.6: false: 404 for link types                                                             |
// | emailsHidden               | 3.8: users come without `emailAddress`                                                     |
// | issueWriteLimit            | 3.9: 20 writes to an issue in 2 s, 100 in 30 s, then 429                                   |
// | rateLimited                | 5 #11: every request is answered 429, with a body of this kind                             |
// | retryAfterSeconds          | what that 429 says                                                                         |
// | dropAfterWrite             | 5 #11: so many writes are applied and the connection is cut before the answer              |
// Not settings but events: `storm` {count, seconds} raises many alerts, `raise` {message, responders, …} raises one,
// which is the own team's unless it names others.

const choices = {
  noOpsForm: ['empty', 'forbidden'],
  teamAccess: ['member', 'otherTeam', 'none'],
  badCredentials: ['refused', 'anonymous'],
  unauthorizedForm: ['text', 'json'],
  alertStatusForm: ['booleans', 'status'],
  statusQuery: ['openClosed', 'all'],
  createdAtQuery: ['exact', 'seconds', 'ignored', 'refused'],
  lastOccurredSpelling: ['lastOccuredAt', 'lastOccurredAt'],
  ownerForm: ['displayName', 'email', 'accountId'],
  ownerQuery: ['accountId', 'username'],
  noteOwnerForm: ['email', 'displayName'],
  badQueryStatus: [422, 400],
  fromTo: ['createdAt', 'lastOccurredAt', 'nothing'],
  linksNextForm: ['relative', 'absolute', 'prefixed'],
  linksEnd: ['absent', 'null'],
  notesOrder: ['newestFirst', 'oldestFirst'],
  logsOrder: ['newestFirst', 'oldestFirst'],
  createAlertStatus: [200, 202],
  snoozeOverWeek: ['fails', 'refused', 'accepted'],
  requestStatusKey: ['isSuccess', 'success'],
  nextOnCallNesting: ['onCallParticipants', 'nextOnCallParticipants'],
  timelineZone: ['UTC', 'schedule'],
  pagingSetup: [
    ...(['good', 'rulesOff', 'stepsOff', 'contactsOff', 'none'] as const),
    ...(['hours', 'someAlerts', 'emailOnly', 'late', 'narrow'] as const),
  ],
  rateLimited: ['off', 'json', 'html', 'empty'],
} as const;

const values = {
  scopedTokenOnOps: true,
  listOmitsDetails: false,
  opsRateLimitHeaders: false,
  deleteWithBody: true,
  teamIdPrefix: false,
  flagOnScreen: true,
  flagOption: 'Impediment',
  teamRequired: false,
  siteFieldsRequired: false,
  epicLink: false,
  assignAcknowledges: false,
  overrideBeyondHours: true,
  heartbeatsPaid: true,
  actionDelayMs: 300,
  writesNeverApply: false,
  failActions: '',
  alertListLagMs: 0,
  searchLagMs: 2_000,
  omitIsLast: false,
  searchWarnings: false,
  readOnly: false,
  shortErrors: false,
  addsLocalIds: true,
  linkingEnabled: true,
  emailsHidden: false,
  issueWriteLimit: true,
  retryAfterSeconds: 3,
  dropAfterWrite: 0,
};

const scopes: readonly string[] = [
  'read:jira-work',
  'write:jira-work',
  'read:jira-user',
  'read:ops-alert:jira-service-management',
  'write:ops-alert:jira-service-management',
  'delete:ops-alert:jira-service-management',
  'read:ops-config:jira-service-management',
  'write:ops-config:jira-service-management',
  'delete:ops-config:jira-service-management',
];

export type Switches = { -readonly [Name in keyof typeof choices]: (typeof choices)[Name][number] } & typeof values & {
    scopes: readonly string[];
  };

/** All switches as the references make likeliest. */
export function standardSwitches(): Switches {
  const first = Object.fromEntries(Object.entries(choices).map(([name, [standard]]) => [name, standard]));
  return { ...first, ...values, scopes } as Switches;
}

/** Sets one switch; throws on an unknown name or a value that it cannot have. */
export function setSwitch(switches: Switches, name: string, value: unknown): void {
  if (!Object.hasOwn(switches, name)) throw new Error(`atlassian has no switch ${name}`);
  if (!allowed(switches, name, value)) throw new Error(`atlassian: ${name} cannot be ${JSON.stringify(value)}`);
  Object.assign(switches, { [name]: value });
}

function allowed(switches: Switches, name: string, value: unknown): boolean {
  if (name === 'scopes') return Array.isArray(value) && value.every((scope) => typeof scope === 'string');
  const several = (choices as Record<string, readonly unknown[]>)[name];
  return several === undefined ? typeof value === typeof switches[name as keyof Switches] : several.includes(value);
}
