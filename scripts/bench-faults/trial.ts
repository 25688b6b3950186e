import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { packageRoot } from '../../bench/base/package-root.ts';
import { readSamples } from '../../bench/k6/output.ts';
import { startFakeFly, type FakeFly } from '../../bench/providers/fake/index.ts';

/** A run on the fake, while it can be disturbed. */
export interface Running {
  readonly fake: FakeFly;
  readonly child: ChildProcess;
  /** Until the API has answered the action so often. */
  asked(action: string, times?: number): Promise<void>;
  /** Until it holds, or the command has ended. */
  until(holds: () => boolean): Promise<void>;
  /** Until the command has said it. */
  says(pattern: RegExp): Promise<void>;
}

export interface Fault {
  readonly name: string;
  /** What the command may end with; null: it was killed. */
  readonly codes: readonly (number | null)[];
  /** The machine is gone with what nobody had fetched yet. */
  readonly mayLose?: true;
  readonly disturb: (running: Running) => Promise<void> | void;
}

/** How a run got through a fault. */
export interface Trial {
  readonly code: number | null;
  /** Whether the fault struck before the command ended. */
  readonly struck: boolean;
  readonly seconds: number;
  /** Requests that the target answered, and those of them that are in the run folder. */
  readonly served: number;
  readonly kept: number;
  /** Machines of one region beyond the first. */
  readonly duplicates: number;
  /** Machines after the command, and after `bench clean`. */
  readonly left: number;
  readonly leftAfterClean: number;
}

const regions = ['cdg', 'syd'];

/** Runs the command once, with the fault. */
export async function tryFault({ disturb }: Fault): Promise<Trial> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-faults-'));
  let served = 0;
  const target = createServer((request, response) => {
    if (request.headers['user-agent']?.includes('k6') === true) served++;
    response.end('hello');
  }).listen(0, '127.0.0.1');
  await once(target, 'listening');
  const fake = await startFakeFly({ delays: { createMs: 2000, startMs: 200, apiMs: 50 } });
  const began = performance.now();
  try {
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
    const flags = ['--rounds', '2', '--duration', '10s', '--rate', '10', '--out', 'run'];
    const where = ['--provider', 'fly', '--regions', regions.join(',')];
    const child = start(['run', ...where, '--target', `mine=${url}`, ...flags], folder, fake);
    const ended = once(child, 'exit') as Promise<[number | null]>;
    let struck = false;
    const disturbing = Promise.resolve(disturb(watched(fake, child))).then(() => {
      // What was waited for is given up once the command has ended.
      struck = isRunning(child) || child.killed;
    });
    const [code] = await ended;
    await Promise.race([disturbing, pause(1000)]);
    const seconds = (performance.now() - began) / 1000;
    const left = fake.machines().length;
    await once(start(['clean'], folder, fake), 'exit');
    return {
      ...{ code, struck, seconds, served, left, kept: await keptIn(folder) },
      duplicates:
        fake.machinesEver.length - new Set(fake.machinesEver.map(({ region }) => region)).size,
      leftAfterClean: fake.machines().length,
    };
  } finally {
    await fake.close();
    target.closeAllConnections();
    target.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function start(args: readonly string[], folder: string, fake: FakeFly): ChildProcess {
  return spawn(process.execPath, [join(packageRoot(), 'dist', 'bench.mjs'), ...args], {
    cwd: folder,
    env: { ...process.env, FLY_FLAPS_BASE_URL: fake.url, FLY_API_TOKEN: fake.token },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

function watched(fake: FakeFly, child: ChildProcess): Running {
  const lines: string[] = [];
  if (child.stderr !== null)
    createInterface({ input: child.stderr }).on('line', (line) => void lines.push(line));
  const until = async (holds: () => boolean) => {
    while (!holds() && isRunning(child)) await pause(20);
  };
  return {
    ...{ fake, child, until },
    asked: (action, times = 1) =>
      until(() => fake.requests.filter((request) => request.action === action).length >= times),
    says: (pattern) => until(() => lines.some((line) => pattern.test(line))),
  };
}

/** Requests with all their rows, of a complete run or of one that was cut. */
async function keptIn(folder: string): Promise<number> {
  let kept = 0;
  for (const run of ['run', 'run.partial'])
    for (const region of regions) {
      const file = join(folder, run, 'samples', `${region}.csv.gz`);
      const there = await access(file).then(
        () => true,
        () => false,
      );
      if (!there) continue;
      const sink = {
        sample: () => {
          kept++;
        },
        extra: () => undefined,
      };
      // A machine that never came up has an empty file.
      await readSamples(file, region, sink).catch(() => undefined);
    }
  return kept;
}
