import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { replay } from './node.ts';

/** What connect does: the middleware, the app, and on an error the error middleware, then a plain 500. */
async function serve(
  region: string,
  app: (req: IncomingMessage, res: ServerResponse) => void,
): Promise<string> {
  const { requests, errors } = replay({ region, primary: 'cdg' });
  const server = createServer((req, res) => {
    const failed = (error: unknown) => {
      errors(error, req, res, (other) => res.writeHead(500).end((other as Error).message));
    };
    requests(req, res, () => {
      try {
        app(req, res);
      } catch (error) {
        failed(error);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('writes and captured writes are replayed, other errors are not', async () => {
  const url = await serve('syd', (req) => {
    throw Object.assign(new Error('no'), { code: req.headers['x-code'] });
  });
  const written = await fetch(url, { method: 'POST', body: 'x' });
  expect([written.status, written.headers.get('fly-replay')]).toEqual([
    409,
    'region=cdg;state=http_method',
  ]);
  const captured = await fetch(url, { headers: { 'x-code': '25006' } });
  expect([captured.status, captured.headers.get('fly-replay')]).toEqual([
    409,
    'region=cdg;state=captured_write',
  ]);
  const failed = await fetch(url, { headers: { 'x-code': '23505' } });
  expect([failed.status, await failed.text()]).toEqual([500, 'no']);
});

test('the threshold is set beside the cookies of the app, and not by a threshold replay', async () => {
  const url = await serve('cdg', (_, res) => {
    res.setHeader('set-cookie', 'theme=dark');
    res.end('fine');
  });
  const cookies = async (state: string) =>
    (await fetch(url, { headers: { 'fly-replay-src': `state=${state}` } })).headers.getSetCookie();
  const [theme, threshold] = await cookies('http_method');
  expect(theme).toBe('theme=dark');
  expect(threshold).toMatch(/^fly-replay-threshold=\d+\.\d{3}; Max-Age=5; Path=\/; HttpOnly/);
  expect(await cookies('threshold')).toEqual(['theme=dark']);
});
