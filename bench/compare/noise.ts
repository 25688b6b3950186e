import { detectableEffect } from '../stats/detectable.ts';
import { quantile, sorted } from '../stats/quantile.ts';
import type { Comparison } from './comparison.ts';
import { judgedQuantiles, type JudgedQuantile } from './side.ts';

/** What one A/A run, one target measured twice, says of the machine that it ran on. */
export interface NoiseRecord {
  readonly runId: string;
  readonly startedAtIso: string;
  readonly load: Load;
  readonly cells: readonly NoiseCell[];
}

/** What the noise of a block depends on; only runs of the same load are alike. */
export interface Load {
  readonly scenarios: readonly string[];
  /** Samples wanted in a block, and how fast they come. */
  readonly wanted: number;
  readonly rate: number;
}

export interface NoiseCell {
  readonly vantage: string;
  readonly quantile: JudgedQuantile;
  readonly rounds: number;
  /** Of the log differences between rounds (s_d of the specification); they would be 0 without noise. */
  readonly sd: number;
  /** Judged faster or slower, which can't be. */
  readonly falseAlarm: boolean;
}

/** What the A/A runs of a machine say together. */
export interface Noise {
  readonly runs: number;
  readonly verdicts: number;
  readonly falseAlarms: number;
  readonly cells: readonly {
    readonly vantage: string;
    readonly quantile: JudgedQuantile;
    /** The median over the runs. */
    readonly sd: number;
  }[];
}

/** Takes the noise from the comparison of a target with itself. */
export function noiseRecord(
  { runId, startedAtIso }: { readonly runId: string; readonly startedAtIso: string },
  load: Load,
  { cells }: Comparison,
): NoiseRecord {
  return {
    ...{ runId, startedAtIso, load },
    cells: cells.flatMap(({ vantage, quantile, rounds, verdict, effect }) =>
      vantage === undefined || effect?.sd === undefined
        ? []
        : {
            ...{ vantage, quantile, rounds, sd: effect.sd },
            falseAlarm: verdict === 'faster' || verdict === 'slower',
          },
    ),
  };
}

/** The noise under a load; undefined where no record has the like. */
export function noiseUnder(records: readonly NoiseRecord[], load: Load): Noise | undefined {
  const alike = records.filter((record) => isAlike(record.load, load));
  if (alike.length === 0) return undefined;
  const cells = alike.flatMap((record) => record.cells);
  const vantages = [...new Set(cells.map(({ vantage }) => vantage))];
  return {
    runs: alike.length,
    verdicts: cells.length,
    falseAlarms: cells.filter(({ falseAlarm }) => falseAlarm).length,
    cells: vantages.flatMap((vantage) =>
      judgedQuantiles.flatMap((q) => {
        const sds = cells.filter((cell) => cell.vantage === vantage && cell.quantile === q);
        if (sds.length === 0) return [];
        return { vantage, quantile: q, sd: quantile(sorted(sds.map(({ sd }) => sd)), 0.5) };
      }),
    ),
  };
}

const isAlike = (a: Load, b: Load): boolean =>
  a.rate === b.rate && a.wanted === b.wanted && a.scenarios.join() === b.scenarios.join();

/**
 * The smallest median slow-down (0.05: 5 %) that a run of so many rounds would call with this noise, at each vantage of
 * the run. `family`: the cells judged together.
 */
export function detectableHere(
  { cells }: Noise,
  run: { readonly vantages: readonly string[]; readonly rounds: number; readonly family: number },
): { readonly vantage: string; readonly effect: number }[] {
  const { rounds, family } = run;
  return cells
    .filter((cell) => cell.quantile === 'p50' && run.vantages.includes(cell.vantage))
    .map(({ vantage, sd }) => ({ vantage, effect: detectableEffect({ sd, rounds, family }) }));
}
