/**
 * Loaded into each app process before the app (`node --import`): the local stand-in for Fly's private network.
 * The app connects to `recipes-db.internal:5432` as on Fly; the name leads to the port on 127.0.0.1 where the
 * emulated link to that machine begins. PRIVATE_NETWORK holds the table, `{"host:port": port}`.
 */
import net from 'node:net';

const table = new Map(
  Object.entries(JSON.parse(process.env['PRIVATE_NETWORK'] ?? '{}') as Record<string, number>),
);

interface TcpTarget {
  port?: number | string;
  host?: string;
}

/** `Socket.connect` takes (options), (port, host), or the pair that `net.connect` has normalised before. */
function redirect(args: unknown[]): unknown[] {
  const [first] = args;
  if (Array.isArray(first)) return [redirectNormalised(first as unknown[])];
  if (typeof first === 'object' && first !== null) return [lookUp(first), ...args.slice(1)];
  if (typeof args[1] !== 'string') return args;
  const found = lookUp({ port: first as number | string, host: args[1] });
  return [found.port, found.host, ...args.slice(2)];
}

/** Node marks the array that `net.connect` made with a symbol; it must be the same array. */
function redirectNormalised(normalised: unknown[]): unknown[] {
  normalised[0] = lookUp(normalised[0] as TcpTarget);
  return normalised;
}

function lookUp(target: TcpTarget): TcpTarget {
  const port = table.get(`${target.host ?? ''}:${target.port ?? ''}`);
  return port === undefined ? target : { ...target, host: '127.0.0.1', port };
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its socket as `this` below
const connect = net.Socket.prototype.connect as (...args: unknown[]) => net.Socket;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
  return connect.apply(this, redirect(args));
};
