import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Guard } from '../../local/guard/guard.ts';

/** How a process ended, as a machine tells of it. */
export interface ProcessEnd {
  /** 128 + the signal's number for one that was killed. */
  readonly code: number;
  /** 0: by itself. */
  readonly signal: number;
}

/** A process in a session of its own, the leader of its group. */
export interface Group {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessEnd>;
  /** Kills every member at once. */
  readonly kill: () => void;
  /** Whether a member is left. */
  readonly lives: () => boolean;
}

/** Starts a group that the guard ends if this process dies. Members may outlive the leader; `kill` reaches them still. */
export function startGroup(
  guard: Pick<Guard, 'watch'>,
  [command = 'true', ...args]: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Record<string, string>;
    readonly stdio: readonly ('pipe' | 'ignore' | number)[];
  },
): Group {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: [...options.stdio],
    detached: true,
  });
  guard.watch(child, 'SIGKILL', true);
  return {
    child,
    ended: endOf(child),
    kill: () => {
      signalGroup(child.pid, 'SIGKILL');
    },
    lives: () => signalGroup(child.pid, 0),
  };
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    // What a shell answers for a command that is not there.
    child.once('error', () => {
      resolve({ code: 127, signal: 0 });
    });
    child.once('exit', (code, by) => {
      const signal = by === null ? 0 : constants.signals[by];
      resolve({ code: code ?? 128 + signal, signal });
    });
  });
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
    return false;
  }
}
