import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { packageRoot } from '../base/package-root.ts';

const root = packageRoot();
const read = (name: string) => readFile(join(root, 'bench', 'app', name), 'utf8');

/** What the Dockerfile copies into the image, from the project's folder. */
async function copied(): Promise<string[]> {
  const lines = (await read('Dockerfile')).split('\n');
  return lines.flatMap((line) => /^COPY (?:--\S+ )*(\S+) \S+$/.exec(line)?.[1] ?? []);
}

test('what the image copies is there, and is all that is sent to the builder', async () => {
  const files = await copied();
  expect(files).toEqual(['dist/app.mjs']);
  for (const file of files) expect((await stat(join(root, file))).isFile()).toBe(true);
  const rules = (await read('Dockerfile.dockerignore'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  // All is left out, but this folder, of which all is left out, but this file.
  expect(rules).toEqual(['*', '!dist', 'dist/*', '!dist/app.mjs']);
});

test('the image runs as nobody special', async () => {
  const users = [...(await read('Dockerfile')).matchAll(/^USER (\S+)$/gm)].map(([, user]) => user);
  expect(users).toEqual(['node']);
});

test('the app runs as another user with nothing else around, on every address', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-image-'));
  await chmod(folder, 0o755);
  await copyFile(join(root, 'dist', 'app.mjs'), join(folder, 'app.mjs'));
  const port = await freePort();
  const child = spawn(process.execPath, ['app.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', PORT: String(port), HOST: '::' },
      ...{ PRIMARY_REGION: 'cdg', FLY_REGION: 'cdg' },
    },
    ...(process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });
  for (const host of ['127.0.0.1', ...((await hasIpv6()) ? ['[::1]'] : [])])
    await vi.waitFor(
      async () => {
        const answer = await fetch(`http://${host}:${String(port)}/api/where`);
        expect(await answer.json()).toMatchObject({ served: 'cdg' });
      },
      { timeout: 30_000, interval: 100 },
    );
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function hasIpv6(): Promise<boolean> {
  const server = createServer();
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(0, '::1', () => {
      resolve(true);
    });
  });
  server.close();
  return listening;
}
