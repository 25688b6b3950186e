import type { UnixMillis } from '../../../base/units.ts';
import { k6Version } from '../../../k6/install/version.ts';
import type { WaitingJob } from '../../../k6/job.ts';
import type { RegionCode } from '../../../world/regions.ts';
import type { Vantage } from '../../../world/vantage.ts';
import { guestOf } from '../cost.ts';
import { metadataKeys, type CreateMachine } from '../machines-api.ts';
import { guestFiles, guestFolder } from './guest-files.ts';
import { holdS } from './patience.ts';

/** What is to be known of a k6 Machine before it is made. */
export interface WantedMachine {
  readonly job: WaitingJob;
  readonly vantage: Vantage;
  readonly region: RegionCode;
  readonly runId: string;
  /** `performance-2x`. */
  readonly size: string;
  /** It ends by itself then, whatever becomes of us. */
  readonly expiresAt: UnixMillis;
  /** `host/pid/start` of this process. */
  readonly controller: string;
  /** `s3://bucket/prefix/`, where it may be asked to upload to. */
  readonly upload?: string | undefined;
}

/** The machine that runs a job: the official k6 image with our programs beside it. */
export async function machineConfig(wanted: WantedMachine): Promise<CreateMachine> {
  const { job, vantage, region, runId, size, expiresAt, controller, upload } = wanted;
  const expires = String(Math.ceil(expiresAt / 1000));
  return {
    name: machineName(runId, vantage),
    region,
    config: {
      image: `grafana/k6:${k6Version}`,
      guest: guestOf(size),
      env: { BENCH_DIR: '/tmp/bench', BENCH_EXPIRES: expires, BENCH_IDLE_S: String(holdS) },
      init: { exec: ['sh', `${guestFolder}/entry.sh`] },
      files: await guestFiles(job),
      // A k6 that fails must not be run again, and its rows are wanted before the machine goes.
      restart: { policy: 'no' },
      auto_destroy: false,
      metadata: {
        [metadataKeys.run]: runId,
        [metadataKeys.vantage]: vantage,
        [metadataKeys.expires]: expires,
        [metadataKeys.controller]: controller,
        [metadataKeys.rows]: job.rowsFile,
        ...(upload === undefined ? {} : { [metadataKeys.upload]: upload }),
      },
      // k6 gets five seconds to end and its rows a moment to be packed.
      stop_config: { signal: 'SIGTERM', timeout: '15s' },
    },
  };
}

/** Unique within an app, so that a second attempt to make it is noticed. */
function machineName(runId: string, vantage: Vantage): string {
  const name = `k6-${runId}-${vantage}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return name.replace(/^-|-$/g, '').slice(0, 63);
}
