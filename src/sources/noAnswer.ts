// Why a request got no answer. Node, undici and Chromium each name the cause with codes of their own, and wrap it in
// other errors.

/** The cause of a failed request in words, and whether it is certain that nothing was sent. */
export interface NoAnswer {
  /** One short line without a full stop; undefined when no cause is known. */
  readonly detail: string | undefined;
  /** No connection was made, or none with a trusted certificate: the service cannot have seen the request. */
  readonly notSent: boolean;
}

interface Cause {
  readonly words: (host: string) => string;
  readonly notSent: boolean;
  readonly codes: readonly string[];
}

const causes: readonly Cause[] = [
  {
    words: (host) => `the certificate of ${host} has expired or is not valid yet`,
    notSent: true,
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_CERT_DATE_INVALID'],
  },
  {
    words: (host) => `the certificate is not one for ${host}`,
    notSent: true,
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH', 'ERR_CERT_COMMON_NAME_INVALID'],
  },
  {
    words: (host) => `the certificate of ${host} is not trusted`,
    notSent: true,
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_CHAIN_TOO_LONG',
      'CERT_REVOKED',
      'CERT_SIGNATURE_FAILURE',
      'CERT_UNTRUSTED',
      'CERT_REJECTED',
      'INVALID_CA',
      'ERR_CERT_AUTHORITY_INVALID',
      'ERR_CERT_INVALID',
      'ERR_CERT_REVOKED',
    ],
  },
  {
    words: (host) => `the name ${host} is not resolved`,
    notSent: true,
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'ERR_NAME_NOT_RESOLVED', 'ERR_NAME_RESOLUTION_FAILED'],
  },
  {
    words: (host) => `${host} refuses the connection`,
    notSent: true,
    codes: ['ECONNREFUSED', 'ERR_CONNECTION_REFUSED'],
  },
  {
    words: (host) => `there is no network to ${host}`,
    notSent: true,
    codes: ['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'ERR_INTERNET_DISCONNECTED', 'ERR_ADDRESS_UNREACHABLE'],
  },
  {
    words: (host) => `no connection to ${host} in time`,
    notSent: true,
    codes: ['UND_ERR_CONNECT_TIMEOUT', 'ERR_CONNECTION_TIMED_OUT'],
  },
  {
    words: () => 'the proxy cannot be reached',
    notSent: true,
    codes: ['ERR_PROXY_CONNECTION_FAILED', 'ERR_TUNNEL_CONNECTION_FAILED'],
  },
  {
    words: (host) => `${host} does not speak TLS as expected`,
    notSent: true,
    codes: ['EPROTO', 'ERR_SSL_PROTOCOL_ERROR', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH'],
  },
  {
    words: (host) => `${host} dropped the connection`,
    notSent: false,
    codes: [
      'ECONNRESET',
      'EPIPE',
      'UND_ERR_SOCKET',
      'ERR_CONNECTION_RESET',
      'ERR_CONNECTION_CLOSED',
      'ERR_EMPTY_RESPONSE',
    ],
  },
];
const byCode = new Map(causes.flatMap((cause) => cause.codes.map((code): [string, Cause] => [code, cause])));

/** A proxy's refusal to open a tunnel comes as an error, not as an answer. */
const proxyAsks = /\b407\b|ERR_PROXY_AUTH|proxy authentication required/i;
/** The words for a proxy that requires a sign-in, wherever it does so. */
export const proxySignIn = 'a proxy requires a sign-in (407)';

/** What an exception of `fetch` says. Its own words are not used: they may quote what was sent. */
export function noAnswerOf(error: unknown, host: string): NoAnswer {
  if (isUnnamed(error)) return { detail: proxySignIn, notSent: true };
  for (const { code, message } of chainOf(error)) {
    if (proxyAsks.test(code) || (/proxy|tunnel/i.test(message) && proxyAsks.test(message))) {
      return { detail: proxySignIn, notSent: true };
    }
    const known = byCode.get(code) ?? byCode.get(/\bnet::(ERR_[A-Z_]+)/.exec(message)?.[1] ?? '');
    if (known !== undefined) return { detail: known.words(host), notSent: known.notSent };
  }
  const [named] = chainOf(error).filter(({ code }) => /^[A-Z][A-Z0-9_]{2,60}$/.test(code));
  return { detail: named?.code, notSent: false };
}

/** What the `fetch` of Node makes of an answer with status 407: a failure without a cause, which it makes of nothing else. */
function isUnnamed(error: unknown): boolean {
  if (!(error instanceof TypeError) || !(error.cause instanceof Error)) return false;
  const { message, name, cause } = error.cause;
  return (
    error.message === 'fetch failed' &&
    message === '' &&
    name === 'Error' &&
    cause === undefined &&
    !('code' in error.cause)
  );
}

interface CauseLink {
  readonly code: string;
  readonly message: string;
}

/** Deeper than any library wraps. */
const longestChain = 8;

/** An error, what caused it, and what was tried beside it (each address of a name is). */
function chainOf(error: unknown, left = longestChain): readonly CauseLink[] {
  if (left === 0 || typeof error !== 'object' || error === null) return [];
  const { code, message, cause, errors } = error as Partial<Record<'code' | 'message' | 'cause' | 'errors', unknown>>;
  const own: CauseLink = {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message.slice(0, 500) : '',
  };
  const beside: readonly unknown[] = Array.isArray(errors) ? errors : [];
  return [own, ...chainOf(cause, left - 1), ...beside.slice(0, 4).flatMap((each) => chainOf(each, left - 1))];
}
