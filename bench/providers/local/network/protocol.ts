import type { Millis } from '../../../base/units.ts';
import type { RegionCode } from '../../../world/regions.ts';

/** What the parent tells the network process, once, as its first IPC message. */
export interface NetworkConfig {
  /** Round-trip times by `pairKey`; a region to itself is 0. */
  readonly rtt: Readonly<Record<string, Millis>>;
  /** The round-trip times of an app whose links differ; all of its pairs. */
  readonly rttOf?: Readonly<Record<string, Readonly<Record<string, Millis>>>>;
  /** Each direction of a link gets up to this much more, uniformly; 0 for none. */
  readonly jitterMs: Millis;
  readonly seed: number;
  readonly machines: readonly MachineAddress[];
  readonly edges: readonly {
    readonly app: string;
    readonly region: RegionCode;
    readonly primary: RegionCode;
  }[];
  /** TCP listeners: whoever connects speaks to `targetPort` as if `to` were that far from `from`. */
  readonly tunnels: readonly {
    readonly id: string;
    readonly app: string;
    readonly from: RegionCode;
    readonly to: RegionCode;
    readonly targetPort: number;
  }[];
  /** Ordered pairs that get an echo service across their link. */
  readonly echoes: readonly EchoedLink[];
}

export interface EchoedLink {
  /** The app whose own link it is; the world's if absent. */
  readonly app?: string;
  readonly from: RegionCode;
  readonly to: RegionCode;
}

export interface MachineAddress {
  readonly id: string;
  /** The Fly app it belongs to: one per topology. */
  readonly app: string;
  readonly region: RegionCode;
  readonly port: number;
}

/** The answer, once everything listens. Ports are on 127.0.0.1. */
export interface NetworkReady {
  readonly type: 'ready';
  readonly edges: readonly {
    readonly app: string;
    readonly region: RegionCode;
    readonly port: number;
  }[];
  readonly tunnels: readonly { readonly id: string; readonly port: number }[];
  readonly echoes: readonly (EchoedLink & { readonly port: number })[];
}

/** The answer when it can't. */
export interface NetworkFailed {
  readonly type: 'failed';
  readonly reason: string;
}
