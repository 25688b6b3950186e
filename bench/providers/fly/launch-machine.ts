import { BenchError } from '../../base/errors.ts';
import type { WaitingJob } from '../../k6/job.ts';
import type { VantageMachine } from '../../samples/manifest.ts';
import { regionOf } from '../../world/vantage.ts';
import { thisController } from './controller.ts';
import type { FlyRun } from './index.ts';
import { metadataKeys, type Machine } from './machines-api.ts';
import type { Uploads } from './vantage/by-storage.ts';
import type { Exec } from './vantage/exec.ts';
import { machineConfig } from './vantage/machine-config.ts';
import { openVantage, type RemoteVantage } from './vantage/open-vantage.ts';
import type { Watching } from './vantage/watching.ts';

/** A machine that only waits to be told when to start. */
export interface Launched {
  readonly machine: VantageMachine;
  readonly remote: RemoteVantage;
}

/** Longer than any image takes to be pulled and unpacked. */
const startMs = 180_000;

/** Makes the machine of a job's vantage. Once the signal is aborted there is none, or it is destroyed again. */
export async function makeMachine(
  { api, app, runId, size, storage }: FlyRun,
  job: WaitingJob,
  signal: AbortSignal,
): Promise<Machine> {
  const { vantage, durationMs } = job;
  const wanted = await machineConfig({
    ...{ job, vantage, region: regionOf(vantage), runId, size },
    expiresAt: expiryOf(durationMs),
    controller: thisController(),
    upload: storage?.place,
  });
  return api.create(app, wanted, signal);
}

export interface Opening {
  readonly signal: AbortSignal;
  /** Once aborted, nothing is said to the machine any more, and no answer waited for. */
  readonly hungUp: AbortSignal;
  readonly uploads: Uploads | undefined;
  readonly silent: Watching['silent'];
}

/** Waits until a machine is ready; its clock is compared with ours. */
export async function openMachine(
  run: FlyRun,
  { vantage, durationMs }: WaitingJob,
  made: Machine,
  { signal, hungUp, uploads, silent }: Opening,
): Promise<Launched> {
  const { api, app, size } = run;
  const { id, region } = made;
  await api.wait(app, made, 'started', startMs, signal);
  const exec: Exec = (command, options) =>
    api.exec(app, id, command, { ...options, signal: hungUp });
  const remote = openVantage(exec, {
    lost: () => fateOf(run, id, hungUp).catch(whatStays),
    ...{ uploads, silent },
    expiresAt: 1000 * Number(made.metadata[metadataKeys.expires] ?? Infinity),
    pollMs: Math.min(5000, Math.max(1000, durationMs / 20)),
  });
  await remote.ready(signal);
  const clock = await remote.clock();
  return { remote, machine: { vantage, id, region, size, clock } };
}

/** Why a machine won't answer any more, in words; undefined for one that is up. */
async function fateOf(
  { api, app }: FlyRun,
  id: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const machine = await api.get(app, id, signal);
  if (machine === undefined) return 'its machine is gone';
  if (machine.state === 'started') return undefined;
  const exit = machine.events.find(({ type }) => type === 'exit')?.exit;
  const how = exit === undefined ? '' : `, exit code ${String(exit.exit_code)}`;
  return `its machine is ${machine.state}${exit?.oom_killed === true ? ', out of memory' : how}`;
}

/** A token that is not accepted any more will not be later. */
function whatStays(error: unknown): string {
  if (error instanceof BenchError && error.kind === 'usage') return error.message;
  throw error;
}

/** Unix ms. A run may add rounds, three times as many as planned at most; and its samples take time to come home. */
const expiryOf = (durationMs: number): number => Date.now() + 4 * durationMs + 30 * 60_000;
