import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Guard } from '../../local/guard/guard.ts';
import { ApiError } from '../api-error.ts';
import { startGroup, type ProcessEnd } from './group.ts';

export interface ExecRequest {
  readonly command: readonly string[];
  readonly stdin: string;
  readonly timeoutS: number;
}

/** Fields that are zero are left out, so `{}` is a success that said nothing. */
export interface ExecAnswer {
  readonly exit_code?: number;
  readonly exit_signal?: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** What is kept of each stream; nothing is published, and whatever comes after is lost without a word. */
export const keptBytes = 1024 * 1024;

/** How long output is waited for once the command has ended, for something it left running may hold the pipe. */
const drainMs = 1000;

/**
 * Runs a command beside a machine's own process; throws an ApiError (408) and kills it when the time is over. What it
 * leaves running in the background goes on until the machine ends (`stop`).
 */
export async function runExec(
  guard: Pick<Guard, 'watch'>,
  { command, stdin, timeoutS }: ExecRequest,
  where: { readonly cwd: string; readonly env: Record<string, string> },
  stop: AbortSignal,
): Promise<ExecAnswer> {
  const group = startGroup(guard, command, { ...where, stdio: ['pipe', 'pipe', 'pipe'] });
  const { child } = group;
  stop.addEventListener('abort', group.kill);
  const [stdout, stderr] = [keep(child.stdout), keep(child.stderr)];
  // A command need not read what it is given.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin);
  const timer = new AbortController();
  const end = await Promise.race([group.ended, pause(timeoutS * 1000, timer.signal)]);
  timer.abort();
  if (end === undefined) {
    group.kill();
    stop.removeEventListener('abort', group.kill);
    throw new ApiError(408, 'deadline_exceeded: command did not finish in time');
  }
  await Promise.race([
    Promise.all([stdout.ended, stderr.ended]),
    sleep(drainMs, 0, { ref: false }),
  ]);
  // Its id may be given to others once nobody is left.
  if (!group.lives()) stop.removeEventListener('abort', group.kill);
  return answerOf(end, stdout.text(), stderr.text());
}

const pause = (ms: number, signal: AbortSignal): Promise<undefined> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

function answerOf({ code, signal }: ProcessEnd, stdout: string, stderr: string): ExecAnswer {
  return {
    ...(code === 0 ? {} : { exit_code: code }),
    ...(signal === 0 ? {} : { exit_signal: signal }),
    ...(stdout === '' ? {} : { stdout }),
    ...(stderr === '' ? {} : { stderr }),
  };
}

/** Reads a stream to its end, keeping its first bytes. */
function keep(stream: Readable | null): { readonly ended: Promise<void>; text(): string } {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on('data', (chunk: Buffer) => {
    if (bytes < keptBytes) chunks.push(chunk.subarray(0, keptBytes - bytes));
    bytes += chunk.length;
  });
  const ended =
    stream === null
      ? Promise.resolve()
      : new Promise<void>((resolve) =>
          stream.once('close', resolve).once('error', () => undefined),
        );
  return { ended, text: () => Buffer.concat(chunks).toString('utf8') };
}
