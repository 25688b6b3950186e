import { execFile } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { programPath } from '../../base/package-root.ts';

const run = promisify(execFile);

const ways = {
  'net.connect(port, host)': "net.connect(5433, 'db.internal')",
  'net.connect(options)': "net.connect({ port: 5433, host: 'db.internal' })",
  'new Socket().connect(port, host)': "new net.Socket().connect('5433', 'db.internal')",
  'new Socket().connect(options)': "new net.Socket().connect({ port: 5433, host: 'db.internal' })",
};

test.each(Object.entries(ways))('%s reaches the port in the table', async (_, connect) => {
  const port = await listen();
  const script = `import net from 'node:net'; ${connect}.on('data', (d) => { process.stdout.write(d); process.exit(); })`;
  const { stdout } = await run(process.execPath, preloaded(script), {
    env: { ...process.env, PRIVATE_NETWORK: JSON.stringify({ 'db.internal:5433': port }) },
  });
  expect(stdout).toBe('hello');
});

test('other addresses are left alone', async () => {
  const port = await listen();
  const script = `import net from 'node:net'; net.connect(${port}, '127.0.0.1').on('data', (d) => { process.stdout.write(d); process.exit(); })`;
  const { stdout } = await run(process.execPath, preloaded(script), {
    env: { ...process.env, PRIVATE_NETWORK: JSON.stringify({ 'db.internal:5433': 1 }) },
  });
  expect(stdout).toBe('hello');
});

const preloaded = (script: string): string[] => [
  '--import',
  pathToFileURL(programPath('private-network')).href,
  '--input-type=module',
  '-e',
  script,
];

async function listen(): Promise<number> {
  const server = createServer((socket) => socket.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
