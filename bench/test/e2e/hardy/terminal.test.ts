import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../../base/package-root.ts';
import type { Manifest } from '../../../samples/manifest.ts';
import { descendantsOf } from '../../support/processes.ts';
import { slowServer } from '../../support/slow-server.ts';

const onLinux = test.runIf(process.platform === 'linux');

onLinux(
  'a hang-up that was ignored at the start stays ignored: the run goes on to its end',
  async () => {
    const folder = await temporary();
    const { url } = await slowServer(5);
    const run = `run --regions cdg --rounds 1 --duration 8s --out run --target mine=${url}`;
    const shell = inShell(`trap '' HUP; ${bench} ${run}; exit $?`, folder);
    await shell.says(/measuring for/);
    const [node] = descendantsOf(shell.pid).filter(({ command }) =>
      command.includes('bench.mjs run'),
    );
    process.kill(node?.pid ?? 0, 'SIGHUP');
    const { code } = await shell.ended;
    expect(code).toBe(0);
    const manifest = readFileSync(join(folder, 'run', 'manifest.json'), 'utf8');
    expect((JSON.parse(manifest) as Manifest).state).toBe('complete');
  },
);

onLinux('without that, the end of the terminal ends the run in order', async () => {
  const folder = await temporary();
  const { url } = await slowServer(5);
  const run = `run --regions cdg --rounds 1 --duration 60s --out run --target mine=${url}`;
  const shell = inShell(`exec ${bench} ${run}`, folder);
  await shell.says(/measuring for/);
  process.kill(shell.pid, 'SIGHUP');
  const { code, output } = await shell.ended;
  expect(code).toBe(130);
  expect(output).toContain('Interrupted; everything was cleaned up');
});

const commands = [
  'regions',
  'regions --json',
  'report RUN --format text',
  'compare RUN',
  'explain RUN',
  'export RUN',
  'run --dry-run',
  '--help',
];

onLinux.each(commands)('%s on a full device says so in two lines', async (command) => {
  const args = command.replace('RUN', join(packageRoot(), 'reports', 'example'));
  const { code, output } = await inShell(`${bench} ${args} >/dev/full`, await temporary()).ended;
  expect(output).toMatch(
    /^error The output can't be written: no space left on the device\.\n {2}fix .*\n$/,
  );
  expect(code).toBe(1);
});

onLinux('a standard error that refuses costs nothing but its words', async () => {
  const folder = await temporary();
  const { code, output } = await inShell(`${bench} regions 2>/dev/full`, folder).ended;
  expect(output).toContain('Paris');
  expect(code).toBe(0);
  const unknown = await inShell(`${bench} regions --primary zzz 2>/dev/full`, folder).ended;
  expect([unknown.code, unknown.output]).toEqual([2, '']);
});

onLinux('a full device loses no run', async () => {
  const folder = await temporary();
  const { url } = await slowServer(5);
  const run = `run --regions cdg --rounds 1 --duration 6s --out run --quiet --target mine=${url}`;
  const { output, code } = await inShell(`${bench} ${run} >/dev/full`, folder).ended;
  expect(code).toBe(1);
  expect(output).toContain("error The output can't be written");
  expect(output).not.toMatch(/^\s+at /m);
  expect(await readdir(join(folder, 'run'))).toEqual(
    expect.arrayContaining(['manifest.json', 'index.html', 'summary.json']),
  );
});

onLinux('a working folder that is gone is no fault of ours', async () => {
  const folder = await temporary();
  const { code, output } = await inShell(
    `mkdir gone && cd gone && rmdir ../gone && ${bench} regions`,
    folder,
  ).ended;
  expect(output).toBe(
    'error The working folder is gone: it was removed or renamed.\n  fix Change to a folder that is there (cd), and run it again.\n',
  );
  expect(code).toBe(2);
});

const bench = `'${process.execPath}' '${join(packageRoot(), 'dist', 'bench.mjs')}'`;

/** A command line of a shell: what it wrote to both outputs, and its exit code. */
function inShell(line: string, cwd: string) {
  // What a shell notes of the command that was typed is not what started these tests.
  const env = { ...process.env, NO_COLOR: '1', _: '/bin/sh' };
  const child = spawn('/bin/sh', ['-c', line], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  onTestFinished(async () => {
    for (const { pid } of descendantsOf(child.pid ?? 0)) process.kill(pid, 'SIGTERM');
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    ended,
    says: (pattern: RegExp) => expect.poll(() => output, { timeout: 60_000 }).toMatch(pattern),
  };
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'terminal-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
