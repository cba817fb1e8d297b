import * as vscode from 'vscode';
import { priorities, type Priority } from '../domain/alerts/alert.ts';
import { isIssueKey, isPrincipal, isRepository } from '../domain/base/ids.ts';
import type { Audience } from '../domain/alerts/paging.ts';
import type { RunbookRule } from '../domain/alerts/runbook.ts';
import { httpsAddress } from '../domain/base/httpsAddress.ts';
import type { SavedFilter } from '../domain/base/savedFilter.ts';
import type { NamedQuery } from '../domain/queue/list.ts';
import type { OwnTemplate } from '../domain/queue/templates.ts';
import { second } from '../domain/base/time.ts';
import type { Disposable } from '../engine/base/clock.ts';
import { Emitter, type Event } from '../engine/base/emitter.ts';
import { Lifetime } from '../engine/base/lifetime.ts';
import type { Log } from '../engine/base/log.ts';
import { serviceAddress } from './serviceAddress.ts';

/** The settings of the public contract, as they are now. A workspace cannot set them: they are scoped to the application, or to the machine. */
export interface Settings {
  readonly atlassianSite: URL;
  readonly atlassianApi: URL;
  readonly team: string;
  /** Role (`alerts`, `ops`) to schedule name. */
  readonly schedules: Readonly<Record<string, string>>;
  /** As they are written: one whose query is wrong is among them, for the person to see. */
  readonly alertFilters: readonly SavedFilter[];
  /** What the names of alerts leave out at their beginning. */
  readonly alertPrefixes: readonly string[];
  /** Those whose address is not https are left out. */
  readonly runbooks: readonly RunbookRule[];
  readonly notifications: {
    readonly enabled: boolean;
    readonly audience: Audience;
    /** The least urgent priority that is announced. */
    readonly minimum: Priority;
    /** At most one notification in such a time, milliseconds. */
    readonly windowMs: number;
  };
  /** From when on an open alert that nobody has taken counts as forgotten, hours. */
  readonly forgottenAfterHours: number;
  /** In which time zone times are shown everywhere. */
  readonly timeZone: TimeZone;
  /** The width of the side bar for which rows are written, pixels. */
  readonly rowsWidth: number;
  readonly epic: string;
  /** As they are written: words that must all occur. One without any is among them, for the person to see. */
  readonly ticketFilters: readonly SavedFilter[];
  /** Saved filters in JQL. */
  readonly ticketQueries: readonly NamedQuery[];
  /** Further lists of the Queue view; those without a query are left out. */
  readonly ticketLists: readonly NamedQuery[];
  /** Which lints of the queue are shown, by name; one that is not named is. */
  readonly lints: Readonly<Record<string, boolean>>;
  /** Templates of new tickets; those without a name are left out. */
  readonly ticketTemplates: readonly OwnTemplate[];
  /** From when on a ticket in progress counts as one without an update, hours. */
  readonly quietAfterHours: number;
  readonly githubApi: URL;
  /** `owner/name`. */
  readonly repository: string;
  readonly rolloutsUrl: URL;
  readonly airflowUrl: URL;
  readonly governanceHost: URL;
  readonly governanceCanister: string;
  readonly drePath: string;
  /** As they are written: words that must all occur, in proposals and in pull requests and workflow runs. */
  readonly proposalFilters: readonly SavedFilter[];
  readonly ciFilters: readonly SavedFilter[];
  /** The topics of proposals that the team works on, in words of dre's options. */
  readonly proposalTopics: readonly string[];
  /** The ids of the neurons that make the team's proposals: larger than a number holds exactly. */
  readonly proposers: readonly string[];
  /** Whether what became of the team's proposals is written into their tickets. */
  readonly outcomeComments: boolean;
}

/** A setting that does not fit; the default is used in its place, and the log says so. */
interface SettingProblem {
  readonly setting: string;
  readonly problem: string;
}

const section = 'drDre';

/** Reads all settings. What does not fit is replaced by the default and reported. */
function readSettings(): { settings: Settings; problems: readonly SettingProblem[] } {
  const problems: SettingProblem[] = [];
  const configuration = vscode.workspace.getConfiguration(section);

  function read<T>(name: string, parse: (value: unknown) => T | undefined): T {
    const parsed = parse(configuration.get(name));
    if (parsed !== undefined) return parsed;
    problems.push({ setting: `${section}.${name}`, problem: 'does not fit, the default is used' });
    // Asked only here: it is slow, and this is on the way to the first rows.
    const fallback = parse(configuration.inspect(name)?.defaultValue);
    if (fallback === undefined) throw new Error(`the default of ${section}.${name} does not fit`);
    return fallback;
  }

  const settings: Settings = {
    atlassianSite: read('atlassian.site', parseUrl),
    atlassianApi: read('atlassian.apiUrl', parseUrl),
    team: read('ops.team', parseText),
    schedules: read('ops.schedules', parseNames),
    alertFilters: read('alerts.filters', parseFilters),
    alertPrefixes: read('alerts.hiddenPrefixes', parseTexts),
    runbooks: read('alerts.runbooks', parseRunbooks),
    notifications: {
      enabled: read('notifications.enabled', parseSwitch),
      audience: read('notifications.audience', (value) => audiences.find((each) => each === value)),
      minimum: read('notifications.minimumPriority', (value) => priorities.find((each) => each === value)),
      windowMs: read('notifications.atMostOneInSeconds', parsePause) * second,
    },
    forgottenAfterHours: read('alerts.forgottenAfterHours', parseHours),
    timeZone: read('timeZone', (value) => timeZones.find((each) => each === value)),
    rowsWidth: read('rows.width', parseWidth),
    epic: read('queue.epic', (value) => (isIssueKey(value) ? value : undefined)),
    ticketFilters: read('queue.filters', parseFilters),
    ticketQueries: read('queue.queries', parseQueries),
    ticketLists: read('queue.lists', parseQueries),
    lints: read('queue.lints', parseSwitches),
    ticketTemplates: read('queue.templates', parseTemplates),
    quietAfterHours: read('queue.quietAfterHours', parseHours),
    githubApi: read('github.apiUrl', parseUrl),
    repository: read('github.repository', (value) => (isRepository(value) ? value : undefined)),
    rolloutsUrl: read('rollouts.url', parseUrl),
    airflowUrl: read('airflow.url', parseUrl),
    governanceHost: read('governance.host', parseUrl),
    governanceCanister: read('governance.canister', (value) => (isPrincipal(value) ? value : undefined)),
    drePath: read('dre.path', parseText),
    proposalFilters: read('proposals.filters', parseFilters),
    ciFilters: read('ci.filters', parseFilters),
    proposalTopics: read('proposals.topics', parseTexts),
    proposers: read('proposals.proposers', parseTexts),
    outcomeComments: read('proposals.outcomeComments', parseSwitch),
  };
  return { settings, problems };
}

/** `local` is the zone of the machine. */
export type TimeZone = 'local' | 'UTC';

const timeZones: readonly TimeZone[] = ['local', 'UTC'];
const audiences: readonly Audience[] = ['onCallInHours', 'onCall', 'everyone'];

function parseText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function parseSwitch(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function parseHours(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function parseSwitches(value: unknown): Readonly<Record<string, boolean>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean');
  return Object.fromEntries(entries);
}

/** In a narrower one no row says all that it has to; in a wider one no title is cut. */
const [narrowest, widest] = [240, 900];

function parseWidth(value: unknown): number | undefined {
  return typeof value === 'number' && value >= narrowest && value <= widest ? value : undefined;
}

/** Shorter ones would not hold back a storm of alerts. */
const shortestPause = 5;

function parsePause(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= shortestPause ? value : undefined;
}

function parseUrl(value: unknown): URL | undefined {
  const text = parseText(value);
  return text === undefined ? undefined : serviceAddress(text);
}

function parseNames(value: unknown): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).filter((entry): entry is [string, string] => parseText(entry[1]) !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/**
 * VS Code adds a person's filters to the standard ones, so `null` is how one is taken away. Any other value is shown as
 * wrong.
 */
function parseFilters(value: unknown): readonly SavedFilter[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value)
    .filter(([, query]) => query !== null)
    .map(([name, query]) => ({ name, query: typeof query === 'string' ? query : '' }));
}

function parseQueries(value: unknown): readonly NamedQuery[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).flatMap(([name, jql]) => {
    const [named, query] = [parseText(name), parseText(jql)];
    return named === undefined || query === undefined ? [] : [{ name: named, jql: query }];
  });
}

function parseTemplates(value: unknown): readonly OwnTemplate[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const rows: readonly unknown[] = value;
  return rows.flatMap((row) => {
    if (typeof row !== 'object' || row === null) return [];
    const { name, summary, description, labels } = row as Readonly<Record<string, unknown>>;
    const named = parseText(name);
    if (named === undefined) return [];
    const own = { summary: parseText(summary) ?? '', description: parseText(description) ?? '' };
    return [{ name: named, ...own, labels: parseTexts(labels) ?? [] }];
  });
}

function parseTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts: readonly unknown[] = value;
  return texts.flatMap((text) => (typeof text === 'string' && text.trim() !== '' ? [text.trim()] : []));
}

/** One that is wrong is left out, the others count. */
function parseRunbooks(value: unknown): readonly RunbookRule[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).flatMap(([pattern, address]) => {
    const url = typeof address === 'string' ? httpsAddress(address) : undefined;
    return pattern.trim() === '' || url === undefined ? [] : [{ pattern: pattern.trim(), url }];
  });
}

/** Says in the log which filters cannot be used. What reads them is loaded for it. */
async function reportFilters(filters: readonly SavedFilter[], log: Log): Promise<void> {
  try {
    const { countFilters } = await import('../domain/alerts/savedFilters.ts');
    for (const { filter, count } of countFilters(filters, [])) {
      if (count.ok) continue;
      const { kind, position, word } = count.failure;
      const place = `${kind} at ${position}: ${JSON.stringify(word)}`;
      log.warn('settings', `${section}.alerts.filters: ${JSON.stringify(filter.name)} cannot be used, ${place}`);
    }
  } catch (error) {
    log.error('settings', `${section}.alerts.filters could not be checked`, error);
  }
}

/** The settings, read again when they change. */
export class LiveSettings implements Disposable {
  readonly #log: Log;
  readonly #lifetime = new Lifetime();
  readonly #changes: Emitter<void>;
  #current: Settings;
  #unfit: readonly string[] = [];

  constructor(log: Log) {
    this.#log = log;
    this.#changes = this.#lifetime.own(new Emitter((error) => log.error('settings', 'a listener failed', error)));
    this.#current = this.#read();
    this.#lifetime.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(section)) return;
        this.#current = this.#read();
        this.reportFilters();
        this.#changes.fire();
      }),
    );
  }

  get current(): Settings {
    return this.#current;
  }

  /** Ids of the settings that do not fit: their defaults are used. */
  get unfit(): readonly string[] {
    return this.#unfit;
  }

  get onDidChange(): Event<void> {
    return this.#changes.event;
  }

  /**
   * Says in the log which filters cannot be used. Called once after the first rows, which do not wait for what reads the
   * filters; each change of the settings is reported by itself.
   */
  reportFilters(): void {
    void reportFilters(this.#current.alertFilters, this.#log);
  }

  /** Sets in which time zone times are shown. Rejects where VS Code cannot write the person's settings. */
  async setTimeZone(timeZone: TimeZone): Promise<void> {
    await vscode.workspace.getConfiguration(section).update('timeZone', timeZone, vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #read(): Settings {
    const { settings, problems } = readSettings();
    for (const { setting, problem } of problems) this.#log.warn('settings', `${setting} ${problem}`);
    this.#unfit = problems.map(({ setting }) => setting);
    return settings;
  }
}
