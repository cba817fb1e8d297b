import type { Failure, Service } from '../../domain/base/failure.ts';
import type { Icon, Row, RowToken } from './row.ts';
import { settingOf } from './sentences.ts';

/** Something that a person can do about a trouble, or about a list that is empty: a command of ours. */
export interface WayForward {
  /** What a row carries for its menu to offer it. */
  readonly token: RowToken;
  readonly label: string;
  /** Dim text behind the label. */
  readonly description?: string;
  readonly icon: Icon;
  readonly command: string;
  /** Id of the setting that it is about. */
  readonly setting?: string;
  /** The page that it leads to. */
  readonly link?: string;
}

const retry: WayForward = {
  token: 'retryable',
  label: 'Try again',
  icon: { id: 'refresh' },
  command: 'drDre.retry',
};
const confirmAddress: WayForward = {
  token: 'signIn',
  label: 'Confirm the address or sign in…',
  icon: { id: 'sign-in' },
  command: 'drDre.signIn',
};
const showLog: WayForward = {
  token: 'logged',
  label: 'Show the log',
  icon: { id: 'output' },
  command: 'drDre.showLog',
};

/** Leads to a setting. */
export function openSetting(setting: string): WayForward {
  return {
    token: 'configurable',
    label: 'Open the setting',
    // Short enough for a narrow side bar; the sentence above has the whole of it.
    description: setting.replace(/^drDre\./, ''),
    icon: { id: 'settings-gear' },
    command: 'drDre.openSettings',
    setting,
  };
}

/** A row without a warning that says what is not shown, and why; it leads to the setting that decides it. */
export function leftOutRow(id: string, label: string, reason: string, setting: string): Row {
  return {
    id,
    label,
    icon: { id: 'info', color: 'descriptionForeground' },
    ...onRow([openSetting(setting)]),
    hover: [label, reason],
    spoken: `${label}. ${reason}`,
  };
}

/** Leads to the page on which an organization authorizes a token. */
function authorize(link: string): WayForward {
  return {
    token: 'linked',
    label: 'Authorize the token…',
    icon: { id: 'link-external' },
    command: 'drDre.ci.open',
    link,
  };
}

/** Signing in where that is possible; `how`: "again". */
function signIn(service: Service, how = ''): readonly WayForward[] {
  const icon = { id: 'sign-in' };
  const words = how === '' ? '' : ` ${how}`;
  switch (service) {
    case 'ops':
    case 'jira':
      return [{ token: 'signIn', label: `Sign in${words}…`, icon, command: 'drDre.signIn' }];
    case 'github':
      return [{ token: 'signInGitHub', label: `Sign in to GitHub${words}…`, icon, command: 'drDre.github.signIn' }];
    case 'governance':
    case 'rollouts':
    case 'airflow':
    case 'slack':
    case 'dre':
    case 'disk':
      return [];
  }
}

/** What can be done about a failure, the likeliest first. The one place that decides it, for all views. */
export function waysForward(failure: Failure): readonly WayForward[] {
  const { kind, service } = failure;
  const named = settingOf(failure);
  const setting = named === undefined ? [] : [openSetting(named)];
  switch (kind) {
    case 'notSignedIn':
      return signIn(service);
    case 'addressChanged':
      return [confirmAddress, openSetting('drDre.atlassian.site')];
    case 'unauthorized':
      return [...signIn(service, 'again'), ...setting, retry, showLog];
    case 'forbidden':
      if (failure.page !== undefined) return [authorize(failure.page), retry, showLog];
      return [...signIn(service, 'as somebody else'), ...setting, retry, showLog];
    case 'notConfigured':
    case 'moved':
      return [...setting, showLog];
    case 'notFound':
    case 'rejected':
    case 'unreachable':
    case 'intercepted':
    case 'malformed':
      return [retry, ...setting, showLog];
    case 'rateLimited':
      // Without an account GitHub answers 60 requests an hour.
      return [retry, ...(service === 'github' ? signIn(service) : []), showLog];
    case 'paymentRequired':
    case 'server':
    case 'timeout':
    case 'streamEnded':
    case 'toolMissing':
    case 'storage':
    case 'cancelled':
      return [retry, showLog];
  }
}

/** A way forward as a row: a click goes it. */
export function wayRow({ token, label, description, icon, command, setting, link }: WayForward): Row {
  return {
    id: `!way/${token}`,
    label,
    description,
    icon,
    tokens: [],
    spoken: setting === undefined ? label : `${label} ${setting}`,
    command,
    link,
    record: setting === undefined ? undefined : { kind: 'setting', key: setting },
  };
}

/** What the row of a trouble carries: its menu offers all ways, and a click goes the first of them. */
export function onRow(ways: readonly WayForward[]): Pick<Row, 'tokens' | 'command' | 'record' | 'link'> {
  const [first] = ways;
  const setting = ways.find((way) => way.setting !== undefined)?.setting;
  return {
    tokens: ways.map(({ token }) => token),
    command: first?.command,
    link: first?.link,
    record: setting === undefined ? undefined : { kind: 'setting', key: setting },
  };
}
