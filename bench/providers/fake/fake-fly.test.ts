import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';
import { startTimeOf } from '../local/guard/identity.ts';
import { asker, eventually, started } from '../../test/support/fake-fly.ts';

/** The script that serves a fake, with a machine of which the leader and a child run. */
async function served() {
  const script = join(packageRoot(), 'scripts', 'fake-fly.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, '--port', '0', '--json'], {
    cwd: packageRoot(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const ask = asker(JSON.parse(line) as { url: string; token: string });
  await ask('POST', '/v1/apps', { name: 'bench', org_slug: 'personal' });
  const { id } = await started(ask, '', {
    init: { exec: ['sh', '/bench/run'] },
    files: [{ guest_path: '/bench/run', raw_value: Buffer.from(run).toString('base64') }],
  });
  const root = folderOf(id);
  const file = join(root, 'tmp/bench/pids');
  await eventually(() => existsSync(file) && readFileSync(file, 'utf8')).toMatch(/\n/);
  return { child, root, pids: readFileSync(file, 'utf8').trim().split(' ').map(Number) };
}

const run = 'mkdir -p "$BENCH_DIR"; sleep 71 & echo $$ $! > "$BENCH_DIR/pids"; wait';

const folderOf = (id: string): string =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith('bench-fake-fly-'))
    .map((name) => join(tmpdir(), name, id))
    .find((path) => existsSync(path)) ?? '';

const running = (pids: readonly number[]) =>
  pids.filter((pid) => startTimeOf(pid) !== undefined).length;

test.each(['SIGKILL', 'SIGINT'] as const)('after %s no machine is left', async (signal) => {
  const { child, root, pids } = await served();
  expect(running(pids)).toBe(2);
  const ended = once(child, 'exit');
  child.kill(signal);
  expect(await ended).toEqual(signal === 'SIGKILL' ? [null, 'SIGKILL'] : [0, null]);
  await eventually(() => running(pids)).toBe(0);
  await eventually(() => existsSync(join(root, '..'))).toBe(false);
});
