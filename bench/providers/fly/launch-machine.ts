import type { WaitingJob } from '../../k6/job.ts';
import type { VantageMachine } from '../../samples/manifest.ts';
import { regionOf } from '../../world/vantage.ts';
import { thisController } from './controller.ts';
import type { FlyRun } from './index.ts';
import { machineConfig } from './vantage/machine-config.ts';
import { openVantage, type RemoteVantage } from './vantage/open-vantage.ts';

/** A machine that only waits to be told when to start. */
export interface Launched {
  readonly machine: VantageMachine;
  readonly remote: RemoteVantage;
}

/** Longer than any image takes to be pulled and unpacked. */
const startMs = 180_000;

/** Makes the machine of a job's vantage and waits until it is ready; its clock is compared with ours. */
export async function launchMachine(
  run: FlyRun,
  job: WaitingJob,
  signal: AbortSignal,
): Promise<Launched> {
  const { api, app, runId, size } = run;
  const { vantage, durationMs } = job;
  const region = regionOf(vantage);
  const wanted = await machineConfig({
    ...{ job, vantage, region, runId, size },
    expiresAt: expiryOf(durationMs),
    controller: thisController(),
  });
  const made = await api.create(app, wanted, signal);
  await api.wait(app, made, 'started', startMs, signal);
  const remote = openVantage((command, options) => api.exec(app, made.id, command, options), {
    lost: () => fateOf(run, made.id),
    pollMs: Math.min(5000, Math.max(1000, durationMs / 20)),
  });
  await remote.ready(signal);
  const clock = await remote.clock();
  return { remote, machine: { vantage, id: made.id, region: made.region, size, clock } };
}

/** Why a machine won't answer any more, in words; undefined for one that is up. */
async function fateOf({ api, app }: FlyRun, id: string): Promise<string | undefined> {
  const machine = await api.get(app, id);
  if (machine === undefined) return 'its machine is gone';
  if (machine.state === 'started') return undefined;
  const exit = machine.events.find(({ type }) => type === 'exit')?.exit;
  const how = exit === undefined ? '' : `, exit code ${String(exit.exit_code)}`;
  return `its machine is ${machine.state}${exit?.oom_killed === true ? ', out of memory' : how}`;
}

/** Unix ms. A run may add rounds, three times as many as planned at most; and its samples take time to come home. */
const expiryOf = (durationMs: number): number => Date.now() + 4 * durationMs + 30 * 60_000;
