import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessEnd } from '../../../base/exit-words.ts';
import { stopChild, type Attempt, type WatchedChild } from '../children.ts';
import { accessFile } from './access.ts';
import type { Tending } from './cluster.ts';
import type { PostgresInstall } from './install.ts';
import { runIn } from './run-in.ts';
import { serverArguments, type ServerSettings } from './settings.ts';
import { troubleIn } from './trouble.ts';

export interface ServerOptions extends ServerSettings, Tending {
  /** Made by `initCluster` or `copyCluster`. What the server says goes into `<dataDir>.log`. */
  readonly dataDir: string;
}

/** A server that accepts connections. */
export interface PostgresServer {
  readonly pid: number;
  readonly port: number;
  /** The file that has what it prints. */
  readonly log: string;
  /** Resolves when the server has ended, wanted or not. */
  readonly exited: Promise<ProcessEnd>;
  /** Ends the server and every connection; safe to call twice. */
  stop(mode: StopMode): Promise<void>;
}

/** `fast` leaves a cluster that can be copied; `immediate` is for one that is thrown away, and is over within 1 s. */
export type StopMode = 'fast' | 'immediate';

/** Milliseconds in which even a busy machine starts a server. */
const startLimitMs = 30_000;

/** Starts a server; resolves when it accepts connections. Rejects with a BenchError, or with the signal's reason. */
export async function startPostgres(
  install: PostgresInstall,
  options: ServerOptions,
): Promise<PostgresServer> {
  const { dataDir, guard, port, signal, standbyOf } = options;
  signal?.throwIfAborted();
  if (standbyOf !== undefined) await writeFile(join(dataDir, 'standby.signal'), '');
  const child = await runIn(install, guard, {
    dataDir,
    command: join(install.bin, 'postgres'),
    args: [
      ...['-D', dataDir],
      ...serverArguments(options, { major: install.major, accessFile: accessFile(dataDir) }),
    ],
    endSignal: 'SIGQUIT',
  });
  await ready(child, dataDir, signal);
  return {
    pid: child.pid,
    port,
    log: child.log,
    exited: child.exited,
    stop: async (mode) => {
      await stopChild(child, attempts[mode]);
    },
  };
}

/** SIGINT: a fast shutdown, with a checkpoint. SIGQUIT: an immediate one, after which Postgres leaves no shared memory. */
const attempts: Record<StopMode, readonly Attempt[]> = {
  fast: [
    { signal: 'SIGINT', graceMs: 10_000 },
    { signal: 'SIGQUIT', graceMs: 700 },
  ],
  immediate: [{ signal: 'SIGQUIT', graceMs: 700 }],
};

async function ready(
  child: WatchedChild,
  dataDir: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  for (;;) {
    const isReady = await saysReady(dataDir, child.pid);
    // Also of a server that was quicker than the abort: nobody would take it down.
    const isAborted = signal?.aborted === true;
    if (isReady && !isAborted) return;
    if (isAborted || !running(child) || Date.now() >= deadline) break;
    await sleep(10);
  }
  await stopChild(child, attempts.immediate);
  signal?.throwIfAborted();
  throw await troubleIn('start', child.log);
}

const running = ({ process: child }: WatchedChild): boolean =>
  child.exitCode === null && child.signalCode === null;

/** Whether the server's own status file says, on its eighth line, that it accepts connections (reading ones at least). */
async function saysReady(dataDir: string, pid: number): Promise<boolean> {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}
