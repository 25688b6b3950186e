import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';
import { asker, config, machines, started } from '../support/fake-fly.ts';

type Served = ChildProcessByStdio<null, Readable, Readable>;

interface Welcome {
  readonly url: string;
  readonly token: string;
}

let folder: string;
const children: Served[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walls-fake-fly-'));
});
afterAll(async () => {
  for (const child of children) {
    const gone = child.exitCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGINT');
    await gone;
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

function serve(env: Readonly<Record<string, string>> = {}): Served {
  const script = join(packageRoot(), 'scripts', 'fake-fly.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, '--port', '0', '--json'], {
    cwd: packageRoot(),
    env: { ...process.env, FAKE_FLY_TOKEN: '', TMPDIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function welcomeOf(child: Served): Promise<Welcome> {
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return JSON.parse(line) as Welcome;
}

test('npm run fake-fly takes nobody without the token of this start, and runs nothing for them', async () => {
  const [child, another] = [serve(), serve()];
  const [fake, other] = await Promise.all([welcomeOf(child), welcomeOf(another)]);
  expect(fake.token.length).toBeGreaterThanOrEqual(32);
  expect(fake.token).not.toBe(other.token);

  const ask = asker(fake);
  await ask('POST', '/v1/apps', { name: 'bench', org_slug: 'personal' });
  const { id } = await started(ask, 'sleep 60');
  const exec = { command: ['sh', '-c', 'echo "$0" in; id'] };
  expect((await ask('POST', `${machines}/${id}/exec`, exec)).status).toBe(200);

  const wrong = ['', 'test-token', other.token, fake.token.slice(0, -1), `${fake.token}x`];
  const asked = wrong.flatMap((token) => [
    ['POST', `${machines}/${id}/exec`, exec, token] as const,
    ['POST', machines, { config: config('id') }, token] as const,
    ['DELETE', `${machines}/${id}?force=true`, undefined, token] as const,
    ['GET', machines, undefined, token] as const,
    ['GET', '/v1/tokens/current', undefined, token] as const,
    ['GET', '/no/such/call', undefined, token] as const,
  ]);
  for (const [method, path, body, token] of asked) {
    const { status } = await asker({ url: fake.url, token })(method, path, body);
    expect([method, path, token, status]).toEqual([method, path, token, 401]);
  }
  const bare = await fetch(`${fake.url}${machines}`);
  expect(bare.status).toBe(401);
  const { body } = await ask('GET', machines);
  expect(body).toHaveLength(1);

  // Files of machines are out of reach, and no command line says the token.
  const folders = readdirSync(folder).filter((name) => name.startsWith('bench-fake-fly-'));
  expect(folders).toHaveLength(2);
  for (const name of folders) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o700);
  expect(readFileSync(`/proc/${String(child.pid)}/cmdline`, 'utf8')).not.toContain(fake.token);
});

test('a token may come from the environment, if it can’t be guessed', async () => {
  const token = 'a-token-of-a-test-run';
  expect((await welcomeOf(serve({ FAKE_FLY_TOKEN: token }))).token).toBe(token);
  const refused = serve({ FAKE_FLY_TOKEN: 'test-token' });
  let complaints = '';
  refused.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
  expect(await once(refused, 'close')).toEqual([2, null]);
  expect(complaints).toContain('FAKE_FLY_TOKEN');
});
