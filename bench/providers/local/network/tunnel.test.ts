import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../../base/random.ts';
import { now } from './clock.ts';
import { windowBytes } from './delay-line.ts';
import { DueTimes } from './due-times.ts';
import { makeLink } from './link.ts';
import { listen } from './listen.ts';
import { makeTunnel } from './tunnel.ts';

const dueTimes = new DueTimes();
afterAll(() => dueTimes.close());

const rttMs = 40;
/** How late things may be on a busy computer; never early. */
const slackMs = 1000;

test('opening costs one round trip, then each exchange one more', async () => {
  const port = await tunnelTo(echo());
  const began = now();
  const client = dial(port);
  client.write('a');
  await once(client, 'data');
  const opened = now();
  client.write('b');
  await once(client, 'data');
  expectMs(opened - began, 2 * rttMs);
  expectMs(now() - opened, rttMs);
});

test('what is under way does not queue: many messages at once take one round trip', async () => {
  const client = dial(await tunnelTo(echo()));
  client.write('x');
  await once(client, 'data');
  const trips: number[] = [];
  client.on('data', (chunk: Buffer) => {
    for (let i = 0; i < chunk.length; i++) trips.push(now() - (sent[trips.length] ?? 0));
  });
  const sent: number[] = [];
  for (let i = 0; i < 30; i++) {
    sent.push(now());
    client.write('y');
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await expect.poll(() => trips.length).toBe(30);
  trips.sort((a, b) => a - b);
  expect(trips[0]).toBeGreaterThanOrEqual(rttMs);
  expect(trips[15]).toBeLessThan(rttMs + slackMs);
});

test('a server that speaks first is heard after two round trips', async () => {
  const port = await tunnelTo(createServer((socket) => socket.write('hello')));
  const began = now();
  await once(dial(port), 'data');
  expectMs(now() - began, 2 * rttMs);
});

test('the client’s half-close arrives, and the answer still comes back', async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('data', () => undefined).on('end', () => socket.end('after your end'));
  });
  const client = dial(await tunnelTo(server));
  client.end('all');
  expect(await textOf(client)).toBe('after your end');
});

test('the server’s half-close arrives, and it still hears the client', async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.end('bye'));
  const accepted = acceptedBy(server);
  const client = dial(await tunnelTo(server));
  const heard = accepted.then(textOf);
  expect(await textOf(client)).toBe('bye');
  client.end('after your end');
  expect(await heard).toBe('after your end');
});

test('bytes keep their order under jitter', async () => {
  const port = await tunnelTo(echo(), { rttMs: 2, jitterMs: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 })), async (pieces) => {
      const client = dial(port);
      for (const piece of pieces) {
        client.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      client.end();
      expect(await bytesOf(client)).toEqual(Buffer.concat(pieces));
    }),
    { numRuns: 20 },
  );
});

test('8 MiB go both ways unharmed', async () => {
  const client = dial(await tunnelTo(echo()));
  const sent = randomBytes(8 * 2 ** 20);
  client.end(sent);
  expect(hash(await bytesOf(client))).toBe(hash(sent));
});

test('a receiver that does not read stops the sender, and loses nothing', async () => {
  const server = createServer({ pauseOnConnect: true });
  const accepted = acceptedBy(server);
  const client = dial(await tunnelTo(server));
  const chunk = Buffer.alloc(2 ** 20, 'z');
  let written = 0;
  // Up to the window there is room sooner or later; whether there is more beyond it, time tells.
  while (await room(client, chunk, written > windowBytes ? 300 : undefined))
    written += chunk.length;
  // The kernel's own buffers (a few MiB) lie before and behind the link's window.
  expect(written).toBeGreaterThan(windowBytes);
  expect(written).toBeLessThan(windowBytes + 24 * 2 ** 20);
  const received = bytesOf((await accepted).resume());
  client.end();
  expect((await received).length).toBe(written + chunk.length);
});

test('nobody listens at the far end: a reset after one round trip', async () => {
  const server = createServer();
  const free = await listen(server);
  server.close();
  const client = dial(await tunnelToPort(free));
  const began = now();
  await expect(once(client, 'data')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expectMs(now() - began, rttMs);
});

test('a reset passes to the server', async () => {
  const server = createServer((socket) => socket.write('hello'));
  const accepted = acceptedBy(server);
  const client = dial(await tunnelTo(server));
  await once(client, 'data');
  client.resetAndDestroy();
  await expect(once((await accepted).resume(), 'end')).rejects.toMatchObject({
    code: 'ECONNRESET',
  });
});

test('a reset passes to the client', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => socket.resetAndDestroy());
  });
  const client = dial(await tunnelTo(server));
  client.write('x');
  await expect(once(client, 'data')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

function expectMs(ms: number, wanted: number): void {
  // The kernel's clock and Node's may differ by some microseconds.
  expect(ms).toBeGreaterThan(wanted - 0.1);
  expect(ms).toBeLessThan(wanted + slackMs);
}

const echo = (): Server =>
  createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });

async function tunnelTo(server: Server, link = { rttMs, jitterMs: 0 }): Promise<number> {
  const port = await listen(server);
  onTestFinished(() => void server.close());
  return tunnelToPort(port, link);
}

async function tunnelToPort(port: number, link = { rttMs, jitterMs: 0 }): Promise<number> {
  const random = seededRandom(1);
  const tunnel = makeTunnel(makeLink(dueTimes, link.rttMs, link.jitterMs, random), port);
  onTestFinished(() => void tunnel.close());
  return listen(tunnel);
}

function dial(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

async function acceptedBy(server: Server): Promise<Socket> {
  const [socket] = (await once(server, 'connection')) as [Socket];
  return socket;
}

/** Writes; false if there is still no room after `ms`, if that is given. */
function room(socket: Socket, chunk: Buffer, ms?: number): Promise<boolean> {
  if (socket.write(chunk)) return Promise.resolve(true);
  const drained = once(socket, 'drain').then(() => true);
  if (ms === undefined) return drained;
  return Promise.race([drained, new Promise<boolean>((resolve) => setTimeout(resolve, ms, false))]);
}

async function bytesOf(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'end');
  return Buffer.concat(chunks);
}

const textOf = async (socket: Socket): Promise<string> => (await bytesOf(socket)).toString();
const hash = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');
