const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header (lower case) is meant for one connection only, by RFC 9110 or by the `connection` header itself. */
export function isHopByHop(name: string, connection: string | undefined): boolean {
  return hopByHop.has(name) || (connection !== undefined && listed(connection).includes(name));
}

const listed = (connection: string): string[] =>
  connection.split(',').map((name) => name.trim().toLowerCase());
