import type { Manifest } from '../samples/manifest.ts';
import type { Series } from '../samples/series.ts';
import type { CellCauses } from './causes.ts';
import { explainCell } from './explain-cell.ts';
import { geographyOf, type Geography } from './geography.ts';
import type { Placed } from './placed.ts';
import { predict, type Prediction } from './predict.ts';
import { isReplayed } from './served.ts';

/** Where a run's time goes, and what another placement would give. */
export interface Explanation {
  /** In the order of the series; those without a sample are left out. */
  readonly cells: readonly CellCauses[];
  /** By workload, vantage and placement, for warm connections. */
  readonly predictions: readonly Prediction[];
}

/**
 * Explains a run. `placements`: where its targets are, by their names, and other ways to place the app. Pure.
 */
export function explainRun(
  manifest: Manifest,
  series: readonly Series[],
  placements: readonly Placed[],
): Explanation {
  const geography = geographyOf(manifest, placements);
  const cells = series.flatMap((each) => explainCell(each, geography) ?? []);
  const warm = cells.filter(({ temperature }) => temperature === 'warm');
  return { cells, predictions: predictionsOf(warm, placements, geography) };
}

function predictionsOf(
  cells: readonly CellCauses[],
  placements: readonly Placed[],
  geography: Geography,
): Prediction[] {
  return bases(cells).flatMap((base) => {
    const alike = cells.filter((c) => c.scenario === base.scenario && c.step === base.step);
    const replays = alike.some(({ served }) => isReplayed(served));
    return placements.flatMap((placed) => {
      const prediction = predict(base, placed, replays, geography);
      if (prediction === undefined) return [];
      const own = alike.find((c) => c.target === placed.name && c.vantage === base.vantage);
      return [{ ...prediction, measured: own?.whole }];
    });
  });
}

/** Of every workload and vantage the first target whose work is known. */
function bases(cells: readonly CellCauses[]): CellCauses[] {
  const known = new Map<string, CellCauses>();
  for (const cell of cells) {
    const key = `${cell.scenario}\n${cell.step}\n${cell.vantage}`;
    if (cell.work !== undefined && !known.has(key)) known.set(key, cell);
  }
  return [...known.values()];
}
