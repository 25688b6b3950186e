import type { Millis } from '../../base/units.ts';
import type { ReportOptions } from '../../report/model.ts';
import { comparedOf } from '../compare/compared-of.ts';
import { openedRun, openOperand } from '../compare/opened.ts';
import { readHistory } from '../history/read-history.ts';
import type { Io } from '../io.ts';
import type { LoadedRun } from '../load-run.ts';
import { earlierBeside } from './earlier-beside.ts';

/** What somebody wants to see beside a run. */
export interface Besides {
  readonly budget?: Millis;
  /** An earlier run, or a saved baseline. */
  readonly baseline?: string;
  /** Folders of earlier runs; unless told, the runs in whose midst it lies. */
  readonly history?: readonly string[];
}

/**
 * Reads what stands beside a run in its report. Runs that were measured differently are compared all the same, and that
 * is said. Throws a BenchError (usage) if the baseline can't be read, or has no target in common with the run.
 */
export async function besidesOf(
  loaded: LoadedRun,
  { budget, baseline, history }: Besides,
  io: Io,
): Promise<ReportOptions> {
  return {
    ...(budget === undefined ? {} : { budgetMs: budget }),
    ...(baseline === undefined
      ? {}
      : {
          baseline: comparedOf(await openOperand('--baseline', baseline), openedRun(loaded), true),
        }),
    earlier: await readHistory(history ?? (await earlierBeside(loaded.run)), io),
  };
}
