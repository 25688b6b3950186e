import { spawn } from 'node:child_process';

/** How a program ended; `output` is what it wrote to both streams, its last 64 KiB. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const KEPT = 64 * 1024;

/**
 * Runs a program to its end. Aborting stops it with all its children and rejects with the signal's reason once it is
 * gone. Rejects with the system's error if it can't be started.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env: NodeJS.ProcessEnv },
  signal: AbortSignal,
): Promise<Ended> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // A process group of its own, since `go build` runs compilers.
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const keep = (text: string) => {
      output = (output + text).slice(-KEPT);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const stop = () => {
      stopGroup(child.pid);
    };
    signal.addEventListener('abort', stop);
    child.on('error', (error) => {
      signal.removeEventListener('abort', stop);
      reject(error);
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve({ code, output });
    });
  });
}

function stopGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
