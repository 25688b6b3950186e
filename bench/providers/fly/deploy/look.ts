import type { RegionCode } from '../../../world/regions.ts';

/** What flyctl can tell of an account; asked anew each time. */
export interface Look {
  /** Every app that the account sees: its name → the slug of its organisation. */
  apps(): Promise<ReadonlyMap<string, string>>;
  machines(app: string): Promise<readonly FlyMachine[]>;
  /** Names only. */
  secrets(app: string): Promise<readonly string[]>;
  /** `v6`, `shared_v4`, `private_v6`, … */
  addressTypes(app: string): Promise<readonly string[]>;
  /** The newest; undefined: there was none yet. */
  release(app: string): Promise<FlyRelease | undefined>;
}

export interface FlyMachine {
  readonly id: string;
  readonly region: RegionCode;
  readonly state: string;
  readonly checks: readonly {
    readonly name: string;
    readonly status: string;
    readonly output: string;
  }[];
}

export interface FlyRelease {
  readonly complete: boolean;
  /** `registry.fly.io/app:label` */
  readonly image: string;
}

/** The name of the secret by which `bench deploy` knows what it has made. */
export const markerSecret = 'BENCH_DEPLOY';

export const urlSecret = 'DATABASE_URL';
