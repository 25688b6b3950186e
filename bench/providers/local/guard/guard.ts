import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endOfProcess, type ProcessEnd } from '../../../base/exit-words.ts';
import { childEnvironment } from '../../../base/child-environment.ts';
import { BenchError } from '../../../base/errors.ts';
import { programPath } from '../../../base/package-root.ts';
import type { GuardMessage } from './protocol.ts';

/** Ends the processes and removes the folders it was told of when this process dies, even by kill -9. */
export interface Guard {
  readonly pid: number;
  /** Resolves when the process has ended, wanted or not. */
  readonly ended: Promise<ProcessEnd>;
  /**
   * Watches over a child until it exits. `signal` is what asks it to end; SIGKILL follows if it doesn't. With `group`
   * the process group that it leads is ended, children of the child included.
   */
  watch(child: ChildProcess, signal: NodeJS.Signals, group?: boolean): void;
  /** Removes the folder (an absolute path) if this process dies. */
  folder(path: string): void;
  /** The folder is gone, or shall stay. */
  forgetFolder(path: string): void;
  /** All is tidied up: ends the guard, which does nothing any more. Safe to call twice. */
  release(): Promise<void>;
}

/** Starts the guard process; resolves when it listens. Rejects with a BenchError if it can't start. */
export async function startGuard(): Promise<Guard> {
  // Its own session, and a folder that nobody will want to remove or unmount.
  const child = fork(programPath('guard'), {
    detached: true,
    cwd: '/',
    stdio: 'ignore',
    execArgv: [],
    env: childEnvironment('tool'),
  });
  await listening(child);
  const ended = endOfProcess(child);
  child.unref();
  child.channel?.unref();
  const tell = (message: GuardMessage): void => {
    // A guard that somebody has ended must not take the program with it.
    if (child.connected) child.send(message, () => undefined);
  };
  let released: Promise<void> | undefined;
  return {
    pid: child.pid as number,
    ended,
    watch: (watched, signal, group = false) => {
      watch(tell, watched, signal, group);
    },
    folder: (path) => {
      tell({ type: 'folder', path });
    },
    forgetFolder: (path) => {
      tell({ type: 'forget-folder', path });
    },
    release: () => (released ??= release(child, tell)),
  };
}

async function listening(child: ChildProcess): Promise<void> {
  const failed = once(child, 'exit').then(([code, signal]) => {
    throw new BenchError(
      'fault',
      `The guard process ended before it listened (${String(signal ?? code)}).`,
      'Build the programs again with `npm run build`.',
    );
  });
  await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => undefined);
}

function watch(
  tell: (message: GuardMessage) => void,
  child: ChildProcess,
  signal: NodeJS.Signals,
  group: boolean,
): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  tell({ type: 'watch', pid, signal, group });
  child.once('exit', () => {
    tell({ type: 'forget', pid });
  });
}

const releaseMs = 5000;

async function release(child: ChildProcess, tell: (message: GuardMessage) => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.ref();
  tell({ type: 'bye' });
  // One that stands still would be waited for in vain, and has nothing to do any more.
  child.kill('SIGCONT');
  const kill = setTimeout(() => child.kill('SIGKILL'), releaseMs);
  await exited;
  clearTimeout(kill);
}
