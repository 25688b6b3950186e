import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';
import type { Manifest } from '../../samples/manifest.ts';

export const benchProgram = join(packageRoot(), 'dist', 'bench.mjs');

const endings: (() => unknown)[] = [];

/** Done when all tests of a file are over: those that run side by side don't know their own end. */
export const atTheEnd = (act: () => unknown): void => void endings.push(act);

afterAll(async () => {
  for (const act of endings.splice(0).reverse()) await act();
});

/** A target that answers at once, while the tests of a file run. */
export function quickTarget(): { readonly url: string } {
  const target = { url: '' };
  const server = createServer((_, response) => response.end('hello'));
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    target.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return target;
}

/** A folder for a test. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'streams-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Variables of the shell that started the tests would tell that a hang-up is ignored, or that this is CI. */
export const plainEnv = (folder: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NO_COLOR: '1',
    TERM: 'xterm',
    _: '/bin/sh',
    TMPDIR: folder,
    ...more,
  };
  Reflect.deleteProperty(env, 'CI');
  return env;
};

export interface Attacked {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a program that is ended after the tests, should it still run. */
export function startAttacked(...args: Parameters<typeof spawn>): Attacked {
  const child = spawn(...args);
  const ended: Attacked['ended'] = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
  atTheEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended };
}

/** Waits until it is so; only what hangs takes so long. Tests that run side by side have no `expect.poll`. */
export const eventually = (look: () => unknown): Promise<void> =>
  vi.waitFor(
    async () => {
      if ((await look()) !== true) throw new Error(`never: ${String(look)}`);
    },
    { timeout: 90_000, interval: 50 },
  );

/** Resolves once the load runs: k6 has opened its file. */
export const underLoad = (folder: string, vantage = 'cdg', run = 'run'): Promise<void> =>
  eventually(() => existsSync(join(folder, `${run}.partial`, 'samples', `${vantage}.csv`)));

/** What is in the folder of a run, and what it says of itself. */
export async function keptRun(
  folder: string,
  run = 'run',
): Promise<{ manifest: Manifest; files: string[] }> {
  const dir = join(folder, run);
  const text = await readFile(join(dir, 'manifest.json'), 'utf8');
  return { manifest: JSON.parse(text) as Manifest, files: await readdir(dir) };
}
