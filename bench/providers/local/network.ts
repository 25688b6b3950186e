import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describeEnd, endOfProcess, type ProcessEnd } from '../../base/exit-words.ts';
import { childEnvironment } from '../../base/child-environment.ts';
import { BenchError } from '../../base/errors.ts';
import { programPath } from '../../base/package-root.ts';
import type { Millis } from '../../base/units.ts';
import type { NetworkConfig, NetworkFailed, NetworkReady } from './network/protocol.ts';

/** The network process of a local world, while it runs. */
export interface Network {
  readonly ready: NetworkReady;
  readonly pid: number;
  /** Resolves when the process has ended, however that came. */
  readonly exited: Promise<NetworkExit>;
  /** The same at once, also while something else still holds its output open. */
  readonly ended: Promise<ProcessEnd>;
  /** What it wrote to stderr so far, at most the last 4 KiB. */
  readonly printed: () => string;
  /** Ends it within half a second; safe to call again. */
  stop(): Promise<void>;
}

export interface NetworkExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it wrote to stderr, at most the last 4 KiB. */
  readonly stderr: string;
}

const patienceMs: Millis = 400;

/**
 * Starts the network process and resolves once all of it listens. `watch` hears of the child: one that is stopped does
 * not see that we have died, and the guard has to end it. Throws a `fault` BenchError if it can't.
 */
export async function startNetwork(
  config: NetworkConfig,
  watch: (child: ChildProcess) => void = () => undefined,
): Promise<Network> {
  const child = fork(programPath('network'), [], {
    execArgv: [],
    env: childEnvironment('tool'),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  watch(child);
  const printed = { stderr: '' };
  const exited = exitOf(child, printed);
  const ended = endOfProcess(child);
  child.on('error', () => undefined);
  child.send(config, () => undefined);
  const answer = await Promise.race([firstMessage(child), exited]);
  if ('type' in answer && answer.type === 'ready')
    return {
      ...{ ready: answer, pid: child.pid ?? 0, exited, ended },
      printed: () => printed.stderr,
      stop: () => stop(child, exited),
    };
  await stop(child, exited);
  throw new BenchError(
    'fault',
    `The emulated network did not start: ${'type' in answer ? answer.reason : describeExit(answer)}.`,
    'Run `npm run build` and try again; `bench doctor` checks this computer.',
  );
}

async function firstMessage(child: ChildProcess): Promise<NetworkReady | NetworkFailed> {
  const [message] = (await once(child, 'message')) as [NetworkReady | NetworkFailed];
  return message;
}

function exitOf(child: ChildProcess, printed: { stderr: string }): Promise<NetworkExit> {
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed.stderr = (printed.stderr + text).slice(-4096);
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal, ...printed });
    });
    // Not even started: `close` does not come then.
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, stderr: error.message });
    });
  });
}

async function stop(child: ChildProcess, exited: Promise<NetworkExit>): Promise<void> {
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  const kill = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await exited;
  clearTimeout(kill);
}

const describeExit = ({ code, signal, stderr }: NetworkExit): string =>
  `it ${describeEnd(signal === null ? { code } : { signal })} ${stderr}`.trim();
