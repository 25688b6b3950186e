import type { Warning } from '../base/warnings.ts';
import type { Plan } from '../plan/plan.ts';
import type { Region, RegionCode } from '../world/regions.ts';
import type { Calibration } from './outcome.ts';
import type { PartFailure } from './part-failure.ts';
import type { Standstill } from './standstill.ts';

export const manifestSchema = 1;

/** A region's name, and its place on the globe. */
export type RegionOfRun = Pick<Region, 'city' | 'lat' | 'lon'>;

/** A machine that was rented as a vantage. */
export interface VantageMachine {
  readonly vantage: string;
  /** Of the provider. */
  readonly id: string;
  readonly region: string;
  readonly size: string;
  /** The machine's clock minus this one's, and how far off that may be (ms); absent where nobody could ask. */
  readonly clock?: { readonly offsetMs: number; readonly uncertaintyMs: number };
}

/** What a file held when it was written. */
export interface FileDigest {
  /** Of its bytes as they lie on disk, in hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The source of a workload, so that a later run can tell whether it is the same. */
export interface ScriptDigest {
  /** Of its own file. */
  readonly sha256: string;
  /** What it imports, by paths relative to it, each with its SHA-256; absent for none. */
  readonly imports?: Readonly<Record<string, string>>;
}

/** `manifest.json`: how a run came about, and what travels with its results. */
export interface Manifest {
  readonly schema: typeof manifestSchema;
  readonly runId: string;
  /** The run of which this one measures a part again, to confirm or refute what a gate saw. */
  readonly confirms?: string;
  readonly startedAtIso: string;
  readonly endedAtIso: string;
  /** The agreed start (Unix ms), written before the first request: with it a run that is cut can still be judged. */
  readonly startAt?: number;
  /** The first round of each part that was added while the run went on; noted before its first request. */
  readonly added?: readonly number[];
  /** `complete`, or why not everything that was planned is there. */
  readonly state: 'complete' | 'partial' | 'interrupted';
  /** The command line that made it. */
  readonly command: readonly string[];
  /**
   * Names of variables that were set where the command was typed and would change a measurement: those that reached it
   * and those that were kept from it. Absent if there were none.
   */
  readonly environment?: {
    readonly passed: readonly string[];
    readonly dropped: readonly string[];
  };
  readonly provider: string;
  readonly versions: {
    readonly bench: string;
    readonly node: string;
    readonly k6: string;
    readonly postgres?: string;
    readonly os: string;
    readonly gitSha?: string;
  };
  readonly plan: Plan;
  /** Round-trip times in force, `a-b` → ms and where it comes from. */
  readonly rtt: Readonly<Record<string, { readonly ms: number; readonly source: string }>>;
  /** Where those of its regions lie that the table of the version that measured lacks; absent if there are none. */
  readonly regions?: Readonly<Record<RegionCode, RegionOfRun>>;
  readonly calibrations: readonly Calibration[];
  /** Rented vantages; absent for the local world. */
  readonly machines?: readonly VantageMachine[];
  /** How the topologies were reached, where that is a choice: `public` URL or `private` network. */
  readonly via?: 'public' | 'private';
  /** Where the rented vantages live, so that they can be rented again. */
  readonly fly?: {
    readonly app: string;
    readonly size: string;
    readonly org?: string;
    readonly stage?: 'staging' | 'production';
  };
  /** Per vantage: `measured`, or why nothing was. */
  readonly vantages: Readonly<
    Record<
      string,
      {
        readonly state: 'measured' | 'failed' | 'interrupted';
        readonly reason?: string;
        readonly cpuShare?: number;
      }
    >
  >;
  readonly warnings: readonly Warning[];
  /**
   * What the files that figures rest on held when the run ended, by their names in the folder. Absent for older runs and
   * for one that was cut.
   */
  readonly files?: Readonly<Record<string, FileDigest>>;
  /** The sources of its workloads, by their names. Absent for older runs. */
  readonly scripts?: Readonly<Record<string, ScriptDigest>>;
  /** Parts that ended or stood still while it was measured, as they did; absent for none. */
  readonly failures?: readonly PartFailure[];
  /** When the machine stood still, or its clock jumped; absent for never. */
  readonly standstills?: readonly Standstill[];
}
