import { spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';
import { descendantsOf, leftAfter } from '../support/processes.ts';
import { openPipe, type TestPipe } from '../support/fifo.ts';
import {
  atTheEnd,
  benchProgram,
  eventually,
  keptRun,
  plainEnv,
  quickTarget,
  startAttacked,
  testFolder,
  underLoad,
} from '../support/attacked-run.ts';

const target = quickTarget();

const run = (duration: string) => [
  ...['run', '--regions', 'cdg', '--rounds', '1', '--duration', duration],
  ...['--target', `mine=${target.url}`, '--out', 'run'],
];

/** A run with outputs of the test's; `node`: options of Node. */
async function start(
  duration: string,
  { out, err }: { out?: TestPipe; err?: TestPipe },
  node: readonly string[] = [],
) {
  const folder = await testFolder();
  const stdio = ['ignore', out?.input ?? 'ignore', err?.input ?? 'ignore'] as const;
  const args = [...node, benchProgram, ...run(duration)];
  const options = { cwd: folder, env: plainEnv(folder), stdio: [...stdio] };
  const started = startAttacked(process.execPath, args, options);
  for (const pipe of new Set([out, err])) pipe?.closeInput();
  return { folder, ...started };
}

const isUp = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

const interrupted = async (folder: string) => {
  const { manifest, files } = await keptRun(folder);
  expect(manifest.state).toBe('interrupted');
  expect(files).toEqual(expect.arrayContaining(['samples', 'summary.csv', 'index.html']));
};
const complete = async (folder: string) => {
  expect((await keptRun(folder)).manifest.state).toBe('complete');
};

describe.concurrent('a pipe', () => {
  test('both outputs into a reader that goes away (2>&1 | head -2): winds down, rows kept', async () => {
    const pipe = openPipe();
    const { folder, child, ended } = await start('60s', { out: pipe, err: pipe });
    await underLoad(folder);
    const seen = descendantsOf(child.pid ?? 0);
    pipe.closeReader();
    expect(await ended).toEqual({ code: 130, signal: null });
    expect(await leftAfter(seen, 5000)).toEqual([]);
    await interrupted(folder);
  });

  test('a reader of the results that goes away costs nothing', async () => {
    const [out, err] = [openPipe(), openPipe()];
    const { folder, ended } = await start('6s', { out, err });
    await underLoad(folder);
    out.closeReader();
    expect((await ended).code).toBe(0);
    await complete(folder);
  });

  test('a reader that stands still holds nothing up: neither the run nor a signal', async () => {
    const [out, err] = [openPipe(), openPipe()];
    err.fill();
    const { folder, child, ended } = await start('60s', { out, err });
    await underLoad(folder);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 130, signal: null });
    expect(out.read()).toContain('Median time to first byte');
    await interrupted(folder);
  });

  test('results that nobody reads do not keep a command that is asked to end', async () => {
    const out = openPipe();
    const example = join(packageRoot(), 'reports', 'example');
    const folder = await testFolder();
    const args = [benchProgram, 'report', example, '--format', 'html'];
    const { child, ended } = startAttacked(process.execPath, args, {
      ...{ cwd: folder, env: plainEnv(folder), stdio: ['ignore', out.input, 'ignore'] },
    });
    out.closeInput();
    // All has been written that will ever be, and there is no room for it.
    await eventually(() => out.isFull());
    child.kill('SIGTERM');
    // In order, or on the spot where nothing was to be wound down.
    expect([
      { code: 130, signal: null },
      { code: null, signal: 'SIGTERM' },
    ]).toContainEqual(await ended);
  });
});

describe.concurrent('an end that nobody planned', () => {
  test.each(['SIGQUIT', 'SIGUSR2', 'SIGHUP'] as const)(
    '%s, three times: winds down once, and is not cut short',
    async (signal) => {
      const err = openPipe();
      const { folder, child, ended } = await start('60s', { err });
      await underLoad(folder);
      for (let n = 0; n < 3; n++) child.kill(signal);
      expect(await ended).toEqual({ code: 130, signal: null });
      expect(err.read()).toContain('everything was cleaned up');
      await interrupted(folder);
    },
  );

  test('Ctrl-C again and again, up to the last word: the results are there all the same', async () => {
    const err = openPipe();
    const { folder, child, ended } = await start('60s', { err });
    await underLoad(folder);
    let text = '';
    // Behind it Node itself is taken down, and listens no more.
    while (!text.includes('everything was cleaned up') && isUp(child)) {
      child.kill('SIGINT');
      await sleep(5);
      text += err.read();
    }
    expect(await ended).toEqual({ code: 130, signal: null });
    expect(text).toContain('everything was cleaned up');
    await interrupted(folder);
  });

  test.each([
    ['an error that nobody catches', 'throw new Error("boom")'],
    ['a rejection that nobody handles', 'void Promise.reject(new Error("boom"))'],
  ])('%s: winds down, keeps the rows, says so, exits with 1', async (_, deed) => {
    const err = openPipe();
    // In the process itself, as a fault of ours would.
    const when = `process.on('SIGCONT', () => { ${deed}; })`;
    const { folder, child, ended } = await start('60s', { err }, [
      ...['--import', `data:text/javascript,${encodeURIComponent(when)}`],
    ]);
    await underLoad(folder);
    const seen = descendantsOf(child.pid ?? 0);
    child.kill('SIGCONT');
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(err.read()).toMatch(/^error boom\n {2}fix This is our fault/m);
    expect(await leftAfter(seen, 5000)).toEqual([]);
    await interrupted(folder);
  });
});

// util-linux; it lends its child a terminal, whose reader the test is.
const hasScript = spawnSync('script', ['--version']).status === 0;

/** `bench run` on a terminal; `detached`: not its controlling one, so that no SIGHUP comes. */
async function onTerminal(duration: string, { detached = false, ignoresHangUp = false } = {}) {
  const folder = await testFolder();
  const line = [process.execPath, benchProgram, ...run(duration)].map((arg) => `'${arg}'`);
  const shell = join(folder, 'code');
  const session = detached ? 'setsid -w ' : '';
  const command = `trap '${ignoresHangUp ? '' : ':'}' HUP; ${session}${line.join(' ')}; echo $? >'${shell}'`;
  const { child } = startAttacked('script', ['-qfc', command, '/dev/null'], {
    ...{ cwd: folder, env: plainEnv(folder, { SHELL: '/bin/sh' }) },
  });
  let shown = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (shown += text));
  await underLoad(folder);
  const seen = descendantsOf(child.pid ?? 0);
  atTheEnd(() => {
    for (const { pid } of seen) {
      try {
        process.kill(pid, 'SIGTERM');
      } catch {
        // It has ended.
      }
    }
  });
  return {
    ...{ folder, child, seen },
    shown: () => shown,
    exitCode: async () => {
      await eventually(() => existsSync(shell) && readFileSync(shell, 'utf8').endsWith('\n'));
      return Number(readFileSync(shell, 'utf8'));
    },
  };
}

describe.runIf(hasScript)('a terminal', { concurrent: true }, () => {
  test.each([
    ['closes', { detached: false }],
    ['closes, and no SIGHUP comes', { detached: true }],
  ])('that %s: winds down, rows kept', async (_, how) => {
    const { folder, child, seen, exitCode } = await onTerminal('60s', how);
    child.kill('SIGKILL');
    expect(await exitCode()).toBe(130);
    expect(await leftAfter(seen, 5000)).toEqual([]);
    await interrupted(folder);
  });

  test('that closes under a command that is to outlive it costs nothing', async () => {
    const { folder, child, exitCode } = await onTerminal('6s', { ignoresHangUp: true });
    child.kill('SIGKILL');
    expect(await exitCode()).toBe(0);
    await complete(folder);
  });

  test('that is stopped (Ctrl-S) does not stop the run; what was said shows when it goes on', async () => {
    const { folder, child, shown, exitCode } = await onTerminal('6s');
    child.stdin?.write('\x13');
    await eventually(() => existsSync(join(folder, 'run', 'index.html')));
    expect(shown()).not.toContain('Median time to first byte');
    child.stdin?.write('\x11');
    expect(await exitCode()).toBe(0);
    await eventually(() => shown().includes('Median time to first byte'));
    await complete(folder);
  });
});
