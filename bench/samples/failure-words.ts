/**
 * Why requests failed, in words: k6's error codes (grafana/k6-docs, "Error codes") and HTTP statuses.
 * `counts`: how often each [error code, status] came, as `code:status`.
 */
export function mostCommonFailure(counts: ReadonlyMap<string, number>): string | undefined {
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (most === undefined) return undefined;
  const [code = 0, status = 0] = most[0].split(':').map(Number);
  if (status > 0) return `HTTP status ${status}`;
  return known.get(code) ?? families.get(Math.floor(code / 100)) ?? `k6 error ${code}`;
}

const known = new Map([
  [1050, 'timed out'],
  [1101, 'no such host'],
  [1211, 'connecting timed out'],
  [1212, 'connection refused'],
  [1213, 'network unreachable'],
  [1220, 'connection reset'],
]);

const families = new Map([
  [11, 'name not resolved'],
  [12, 'TCP error'],
  [13, 'TLS error'],
  [16, 'HTTP/2 error'],
]);
