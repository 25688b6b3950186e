import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { ensureK6 } from '../../k6/install.ts';
import type { GuestFile } from '../../providers/fly/machines-api.ts';
import type { Exec } from '../../providers/fly/vantage/exec.ts';

/** A folder and a process in place of a k6 Machine. */
export interface Guest {
  readonly exec: Exec;
  /** What the entry program writes. */
  readonly dir: string;
  readonly entry: ChildProcess;
  /** With its exit code. */
  readonly ended: Promise<number | null>;
  remove(): void;
}

export interface GuestOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Searched before all else: other tools, or another k6. */
  readonly path?: string;
}

/** Boots a "machine" with these files: runs their entry.sh, and commands as they come. */
export async function bootGuest(
  files: readonly GuestFile[],
  { env = {}, path }: GuestOptions = {},
): Promise<Guest> {
  const k6 = await ensureK6(
    { note: () => undefined, progress: () => undefined },
    new AbortController().signal,
  );
  const root = mkdtempSync(join(tmpdir(), 'bench-guest-'));
  const programs = join(root, 'bench');
  const dir = join(root, 'tmp');
  mkdirSync(programs);
  for (const { guest_path, raw_value, mode } of files)
    writeFileSync(join(programs, basename(guest_path)), Buffer.from(raw_value, 'base64'), { mode });
  const search = [path, dirname(k6.path), process.env['PATH']].filter((p) => p !== undefined);
  const all = { ...env, PATH: search.join(delimiter), BENCH_DIR: dir };
  const run = (args: readonly string[]): ChildProcess => {
    const [command = '', ...rest] = args.map((arg) => arg.replace(/^\/bench(?=\/)/, programs));
    return spawn(command, rest, { env: all, detached: true });
  };
  const entry = run(['sh', '/bench/entry.sh']);
  const ended = new Promise<number | null>((resolve) => entry.once('close', resolve));
  return {
    exec: async (command, { stdin } = {}) => {
      const child = run(command);
      // A command need not read what it is given.
      child.stdin?.on('error', () => undefined).end(stdin ?? '');
      const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
      return { exitCode: child.exitCode ?? (await codeOf(child)), stdout, stderr };
    },
    dir,
    entry,
    ended,
    remove: () => {
      kill(entry);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A folder with links to all that busybox has, for a search path; undefined where there is no busybox. */
export function busyboxTools(): string | undefined {
  const listed = spawnSync('busybox', ['--list'], { encoding: 'utf8' });
  if (listed.status !== 0) return undefined;
  const found = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim();
  const folder = mkdtempSync(join(tmpdir(), 'bench-busybox-'));
  for (const applet of listed.stdout.trim().split('\n')) symlinkSync(found, join(folder, applet));
  return folder;
}

const codeOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? -1);
    });
  });

async function textOf(stream: ChildProcess['stdout']): Promise<string> {
  let text = '';
  if (stream !== null) for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return text;
}

/** With everything it started. */
function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
