import { distrust } from '../../base/distrust.ts';
import type { Millis } from '../../base/units.ts';
import type { JudgedQuantile } from '../../compare/side.ts';
import { fewestRounds } from '../../compare/thresholds.ts';
import { scriptChanges } from '../../compare/script-changes.ts';
import { describeDifference, differencesOf } from '../../compare/unlike.ts';
import type { Plan } from '../../plan/plan.ts';
import { metricName, type Cell } from '../../samples/series.ts';
import type { Estimate } from '../../stats/interval.ts';
import type { PastCell, PastRun } from './past-run.ts';
import { trendOf, type Trend } from './trend.ts';

/** What became of the same cells over many runs. Descriptive: no exit code rests on it. */
export interface History {
  readonly quantile: JudgedQuantile;
  /** Measured alike, in the order of time. */
  readonly runs: readonly PastRun[];
  readonly cells: readonly HistoryCell[];
  /** Runs and figures that were left out, a sentence each. */
  readonly notes: readonly string[];
}

export interface HistoryCell extends Cell, Trend {
  /** One for every run; undefined where it did not measure the cell, or in too few rounds. */
  readonly points: readonly (Point | undefined)[];
}

export interface Point extends Estimate {
  readonly rounds: number;
  readonly n: number;
}

export interface HistoryOptions {
  readonly quantile: JudgedQuantile;
  /** Takes runs that were measured differently too. */
  readonly mixed: boolean;
}

/** Lines runs up in time. Those measured differently from the newest are left out, unless allowed. Pure. */
export function historyOf(all: readonly PastRun[], options: HistoryOptions): History {
  const different = [...new Map(all.map((run) => [run.manifest.runId, run])).values()];
  const altered = different.filter(isAltered);
  const ordered = different
    .filter((run) => !isAltered(run))
    .sort((a, b) => startOf(a) - startOf(b));
  const { runs, notes } = options.mixed ? mixedRuns(ordered) : likeTheNewest(ordered);
  const cells = cellsOf(runs).map((cell) => historyCell(cell, runs, options.quantile));
  return {
    ...{ quantile: options.quantile, runs, cells },
    notes: [
      ...copies(all.length - different.length),
      ...altered.flatMap(whyLeftOut),
      ...notes,
      ...changedScripts(runs),
      ...weakRuns(runs, options.quantile),
    ],
  };
}

/** Its figures are not those that were measured: a trend must not rest on them. What only lacks something is said so. */
const isAltered = ({ manifest }: PastRun): boolean =>
  manifest.warnings.some((warning) => warning.code === 'file-altered' && warning.isLess !== true);

function whyLeftOut({ manifest: { runId, warnings } }: PastRun): string[] {
  const doubt = distrust(warnings.filter(({ code }) => code === 'file-altered'));
  return doubt === undefined ? [] : [`${runId} is left out. ${doubt.sentence}`];
}

/** A step in the trend may come from it. */
function changedScripts(runs: readonly PastRun[]): string[] {
  return runs.slice(1).flatMap(({ manifest }, i) => {
    const before = runs[i]?.manifest;
    if (before === undefined) return [];
    return scriptChanges(before, manifest).map(
      (change) => `${before.runId} and ${manifest.runId}: ${change}`,
    );
  });
}

/** A run counted twice would make the band too narrow. */
function copies(count: number): string[] {
  return count === 0 ? [] : [`Copies of a run count once: ${count} left out.`];
}

const startOf = ({ manifest }: PastRun): Millis => Date.parse(manifest.startedAtIso);

/** `k6: 2.1.0 and 2.2.0`, of a run and the newest. */
function unlike(run: PastRun, newest: PastRun): string {
  return differencesOf(run.manifest, newest.manifest).map(describeDifference).join('; ');
}

function likeTheNewest(ordered: readonly PastRun[]) {
  const newest = ordered.at(-1);
  if (newest === undefined) return { runs: [], notes: [] };
  const odd = ordered.filter((run) => unlike(run, newest) !== '');
  return {
    runs: ordered.filter((run) => !odd.includes(run)),
    notes: odd.map(
      (run) =>
        `${run.manifest.runId} is left out, as it was measured differently from the newest run (${unlike(run, newest)}).`,
    ),
  };
}

function mixedRuns(runs: readonly PastRun[]) {
  const newest = runs.at(-1);
  const notes = runs.flatMap((run) => {
    const why = newest === undefined ? '' : unlike(run, newest);
    const { runId } = run.manifest;
    return why === '' ? [] : [`${runId} was measured differently from the newest run (${why}).`];
  });
  return { runs, notes };
}

/** The headline of every scenario on warm connections, for every target and vantage of any run, newest first. */
function cellsOf(runs: readonly PastRun[]): Cell[] {
  const cells = [...runs].reverse().flatMap(({ manifest }) => headlines(manifest.plan));
  return [...new Map(cells.map((cell) => [Object.values(cell).join('\n'), cell])).values()];
}

function headlines({ scenarios, targets, vantages }: Plan): Cell[] {
  return scenarios.flatMap(({ name: scenario, steps, headline }) => {
    const metric = metricName('warm', steps.length > 1 ? headline : '');
    return targets.flatMap(({ name: target }) =>
      vantages.map((vantage) => ({ target, vantage, scenario, metric })),
    );
  });
}

function historyCell(cell: Cell, runs: readonly PastRun[], quantile: JudgedQuantile): HistoryCell {
  const points = runs.map((run) => pointOf(find(run, cell), quantile));
  return {
    ...cell,
    points,
    ...trendOf(
      points.map((point) => point?.centre),
      quantile,
    ),
  };
}

function find({ cells }: PastRun, cell: Cell): PastCell | undefined {
  return cells.find((one) =>
    (['target', 'vantage', 'scenario', 'metric'] as const).every((key) => one[key] === cell[key]),
  );
}

function pointOf(cell: PastCell | undefined, quantile: JudgedQuantile): Point | undefined {
  if (cell === undefined || cell.summary.rounds < fewestRounds) return undefined;
  const { rounds, n } = cell.summary;
  const estimate = cell.summary[quantile];
  // A lower bound is no figure to hold others against, and an open interval none to draw.
  if (estimate === undefined || estimate.isLowerBound === true) return undefined;
  const { centre, interval } = estimate;
  if (interval?.high === Infinity) return { centre, rounds, n };
  return { ...estimate, rounds, n };
}

/** A figure from a few rounds is no measurement to hold others against. */
function weakRuns(runs: readonly PastRun[], quantile: JudgedQuantile): string[] {
  return runs.flatMap((run) => {
    const planned = headlines(run.manifest.plan);
    const weak = planned.filter((cell) => pointOf(find(run, cell), quantile) === undefined);
    if (weak.length === 0) return [];
    const places =
      weak.length === planned.length ? 'all cells' : `${weak.length} of ${planned.length} cells`;
    return [
      `${run.manifest.runId} counts without ${places}: fewer than ${fewestRounds} valid rounds, too few requests for a ${quantile}, or one that is known from below only.`,
    ];
  });
}
