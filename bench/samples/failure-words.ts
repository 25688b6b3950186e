/**
 * Why requests failed, in words: k6's error codes (grafana/k6-docs, "Error codes") and HTTP statuses.
 * `counts`: how often each [error code, status] came, as `code:status`.
 */
export function mostCommonFailure(counts: ReadonlyMap<string, number>): string | undefined {
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (most === undefined) return undefined;
  const [code = 0, status = 0] = most[0].split(':').map(Number);
  // An answer whose body broke off has a status too, and that is not what is wrong with it.
  if (status >= 400 || (status > 0 && !known.has(code) && familyOf(code) === undefined))
    return `HTTP status ${status}`;
  return known.get(code) ?? familyOf(code) ?? unnamed;
}

/** Whatever code a later k6 gives: no number says more. */
const unnamed = 'the request failed in a way that k6 has no name for';

const familyOf = (code: number): string | undefined => families.get(Math.floor(code / 100));

const known = new Map([
  // A body that breaks off, no answer at all, or something else than HTTP: k6 does not tell them apart.
  [1000, 'the connection was cut before the whole answer came, or what came was not HTTP'],
  [1010, 'the network failed'],
  [1020, 'the URL is not valid'],
  [1050, 'timed out'],
  [1101, 'no such host'],
  [1110, 'the script forbids this IP address (blacklistIPs)'],
  [1111, 'the script forbids this host (blockHostnames)'],
  [1201, 'the connection was closed while the request was sent'],
  [1210, 'no connection could be opened'],
  [1211, 'connecting timed out'],
  [1212, 'connection refused'],
  [1213, 'network unreachable'],
  [1220, 'connection reset'],
  [1301, 'TLS error: the port speaks no TLS'],
  [1310, 'TLS error: the certificate is of an unknown authority'],
  [1311, 'TLS error: the certificate is of another host'],
  [1701, 'the answer could not be decompressed'],
]);

const families = new Map([
  [10, 'the request failed'],
  [11, 'name not resolved'],
  [12, 'TCP error'],
  [13, 'TLS error'],
  [14, 'HTTP error of the client'],
  [15, 'HTTP error of the server'],
  [16, 'HTTP/2 error'],
  [17, 'the answer could not be read'],
]);
