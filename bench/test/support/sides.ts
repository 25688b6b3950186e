import { seededRandom } from '../../base/random.ts';
import type { KeptRun } from '../../compare/baseline/baseline.ts';
import type { Side } from '../../compare/side.ts';

/** Targets of a run that was never measured; everything follows from this. */
export interface SyntheticSides {
  readonly runId?: string;
  readonly startedAtIso?: string;
  /** Target → its median in ms; the p95 is three times that. */
  readonly targets: Readonly<Record<string, number>>;
  readonly vantages?: readonly string[];
  readonly rounds?: number;
  readonly n?: number;
  /** Standard deviation of the logs between rounds, for each cell alone. */
  readonly sd?: number;
  /** Log of what all cells of the run have in common: the day. */
  readonly day?: number;
  /** `target@vantage` → factor. */
  readonly slower?: Readonly<Record<string, number>>;
}

/** Sides of one run, paired by round; reproducible by their run id. */
export function syntheticRunOfSides(run: SyntheticSides): KeptRun {
  const { runId = 'run', startedAtIso = '2026-11-21T12:00:00.000Z', sd = 0.02, day = 0 } = run;
  const { vantages = ['cdg', 'ord', 'syd', 'scl'], rounds = 10, n = 1000 } = run;
  const sides = Object.entries(run.targets).map(([target, ms]): Side => {
    const cells = vantages.map((vantage) => {
      const random = seededRandom(11).fork(`${runId} ${target} ${vantage}`);
      const factor = Math.exp(day) * (run.slower?.[`${target}@${vantage}`] ?? 1);
      // Uniform noise of that standard deviation.
      const noisy = () => factor * Math.exp(sd * Math.sqrt(12) * (random.float() - 0.5));
      return {
        ...{ vantage, scenario: 'search', metric: 'ttfb_warm', n },
        rounds: Array.from({ length: rounds }, (_, round) => ({
          ...{ round, p50: ms * noisy(), p95: 3 * ms * noisy() },
        })),
      };
    });
    return { runId, target, startedAtIso, cells };
  });
  return { runId, startedAtIso, sides };
}

/** Accepted runs of consecutive days, whose days differ by 5 %. */
export function syntheticHistory(length: number, run: SyntheticSides): KeptRun[] {
  const random = seededRandom(3);
  return Array.from({ length }, (_, i) =>
    syntheticRunOfSides({
      ...run,
      runId: `day-${String(i).padStart(2, '0')}`,
      startedAtIso: new Date(Date.UTC(2026, 9, 1 + i)).toISOString(),
      day: 0.05 * Math.sqrt(12) * (random.float() - 0.5),
    }),
  );
}
