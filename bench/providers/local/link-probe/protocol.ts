import type { Millis } from '../../../base/units.ts';
import type { LinkReading } from '../../../samples/links.ts';
import type { Calibration } from '../../../samples/outcome.ts';
import type { NetworkConfig, NetworkReady } from '../network/protocol.ts';

/** What the parent tells the link probe: `links` first and once. */
export type ProbeRequest =
  | {
      readonly type: 'links';
      readonly echoes: NetworkReady['echoes'];
      readonly distances: Distances;
    }
  | { readonly type: 'calibrate'; readonly when: Calibration['when'] }
  | { readonly type: 'watch'; readonly everyMs: Millis }
  | { readonly type: 'unwatch' };

/** The round trips that are wanted. */
export type Distances = Pick<NetworkConfig, 'rtt' | 'rttOf'>;

/** What it answers. `readings` come about once a second while it watches, the last ones before `unwatched`. */
export type ProbeAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'calibrated'; readonly calibration: Calibration }
  | { readonly type: 'failed'; readonly reason: string; readonly fix: string }
  | { readonly type: 'readings'; readonly readings: readonly LinkReading[] }
  | { readonly type: 'unwatched' };
