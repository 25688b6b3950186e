import { distrust, type Distrust } from '../base/distrust.ts';
import type { Warning } from '../base/warnings.ts';
import type { Millis } from '../base/units.ts';
import { compareSides } from '../compare/compare-sides.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { Side } from '../compare/side.ts';
import { sidesOf } from '../compare/sides-of.ts';
import { explainRun, type Explanation } from '../explain/explain-run.ts';
import type { Placed } from '../explain/placed.ts';
import { replicaLags, type ReplicaLag } from '../explain/replica-lag.ts';
import type { LinkReading } from '../samples/links.ts';
import type { LagReading } from '../samples/lag.ts';
import type { Manifest } from '../samples/manifest.ts';
import type { Outcomes } from '../samples/outcome.ts';
import type { Series, StaleReads } from '../samples/series.ts';
import { regionOf } from '../world/vantage.ts';
import { calibrationRows, type CalibrationRow } from './calibration.ts';
import { cellResults, type CellResult } from './cells.ts';
import { linkHistory, type LinkHistory } from './link-history.ts';
import { rttBetween } from '../samples/rtt-between.ts';
import type { Compared } from './comparison/compared.ts';
import { distributionsOf, type Distributions } from './distributions.ts';
import { findingsOf, type Finding } from './findings.ts';
import { comparing, racesOf, type Race } from './findings/races.ts';
import { historyOf, type History } from './history/history.ts';
import type { PastRun } from './history/past-run.ts';
import { nowhere, type Geography } from './map/geography.ts';
import { latencyTables, type LatencyTable } from './tables.ts';
import { timelinesOf, type Timeline } from './timelines.ts';
import { wordingOf } from './words.ts';

/** Below this, answers feel instantaneous: the goal of the article that the harness follows. */
export const defaultBudgetMs: Millis = 100;

/** What was measured and what else a report says. */
export interface ReportInput {
  readonly manifest: Manifest;
  readonly outcomes: Outcomes;
  /** What the run folder lacks, a sentence each. */
  readonly missing: readonly string[];
  readonly series: readonly Series[];
  readonly staleReads: readonly StaleReads[];
  /** How far replicas were behind; absent where that was not measured. */
  readonly lag?: readonly LagReading[] | undefined;
  /** What links measured meanwhile; absent where they were not probed. */
  readonly links?: readonly LinkReading[] | undefined;
}

export interface ReportOptions {
  readonly budgetMs?: Millis;
  /** Region code → city, as people read it. */
  readonly cities?: Readonly<Record<string, string>>;
  /** This run against an earlier one. */
  readonly baseline?: Compared;
  /** Earlier runs, for the trend up to this one. */
  readonly earlier?: readonly PastRun[];
  readonly geography?: Geography;
  /** Where the targets are, and other ways to place the app. */
  readonly placements?: readonly Placed[];
}

/** A vantage as reports show it, measured or not. */
export interface Place {
  /** `gru`; `gru (for scl)` where it stands in for another region. */
  readonly code: string;
  /** Where it really is. */
  readonly region: string;
  readonly city: string | undefined;
  /** To the primary region; 0 there; undefined where no distance is known. */
  readonly rttMs: Millis | undefined;
  /** Why nothing is shown for it; undefined where something was measured. */
  readonly gap: string | undefined;
}

/** Everything that a report shows, in numbers and sentences; every format renders this and computes nothing. */
export interface ReportModel {
  readonly manifest: Manifest;
  /** Why the figures must not be used as they stand: whatever shows them says this first. */
  readonly distrust?: Distrust;
  readonly budgetMs: Millis;
  readonly places: readonly Place[];
  readonly geography: Geography;
  readonly targets: readonly string[];
  /** One for every step of every scenario; the headline of the first scenario is the first. */
  readonly tables: readonly [LatencyTable, ...LatencyTable[]];
  readonly cells: readonly CellResult[];
  /** By table: all requests of its cells, and how these differ along them. */
  readonly distributions: Distributions;
  /** By table: its rounds in the order of the run. */
  readonly timelines: readonly Timeline[];
  /** By table: who is how far behind the fastest of its region, and whether that is sure. */
  readonly races: readonly (readonly Race[])[];
  /** Every other target against the first, in the same rounds. */
  readonly comparisons: readonly Comparison[];
  /** Against an earlier run, if one was named. */
  readonly baseline?: Compared;
  /** The trend up to this run, if there are earlier ones. */
  readonly history?: History;
  readonly staleReads: readonly StaleReads[];
  /** Undefined where it was not measured. */
  readonly replicaLags: readonly ReplicaLag[] | undefined;
  /** Where the time goes, and what another placement would give. */
  readonly explanation: Explanation;
  readonly calibration: readonly CalibrationRow[];
  /** The same links while the run went on; undefined where they were not probed. */
  readonly links: LinkHistory | undefined;
  /** What it all means, the most important first; of a run that can't be trusted only what does not rest on latencies. */
  readonly findings: readonly Finding[];
  readonly warnings: readonly string[];
  /** What should be here and is not. */
  readonly missing: readonly string[];
}

/** Computes the report of a run. Pure. */
export function buildModel(input: ReportInput, options: ReportOptions = {}): ReportModel {
  const { manifest, series, staleReads } = input;
  const budgetMs = options.budgetMs ?? defaultBudgetMs;
  const cells = cellResults(series);
  const places = placesOf(manifest, cells, options.cities ?? {});
  const targets = manifest.plan.targets.map(({ name }) => name);
  const tables = latencyTables(manifest.plan, cells, places, budgetMs);
  const sides = sidesOf(manifest, series);
  const comparisons = againstFirst(sides);
  const compared = comparing(sides);
  const races = tables.map((table) => racesOf(table, compared));
  const doubt = distrust(manifest.warnings);
  const findings = findingsOf({
    manifest,
    budgetMs,
    table: tables[0],
    races: races[0] ?? [],
    staleReads,
    sides,
    comparisons,
  });
  return {
    ...(doubt === undefined ? {} : { distrust: doubt }),
    ...{ manifest, budgetMs, places, targets, tables, cells, comparisons, staleReads },
    distributions: distributionsOf(tables, series),
    timelines: timelinesOf(manifest.plan, tables, series, input.outcomes),
    races,
    geography: options.geography ?? nowhere,
    ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
    ...historyUpTo({ dir: '', manifest, cells }, options.earlier ?? []),
    replicaLags: input.lag === undefined ? undefined : replicaLags(input.lag),
    explanation: explainRun(manifest, series, options.placements ?? []),
    calibration: calibrationRows(manifest.calibrations),
    links: linkHistory(manifest, input.outcomes, input.links),
    findings:
      doubt === undefined ? findings : staleReads.length > 0 ? findings.filter(isCounted) : [],
    warnings: manifest.warnings.filter((warning) => !isGap(warning, places)).map(wordingOf),
    missing: input.missing,
  };
}

/** Stale reads are counted: they are what they are, however long an answer took. */
const isCounted = ({ topic }: Finding): boolean => topic === 'consistency';

/** With runs of later days this one would not be the newest, and not the one that is judged. */
function historyUpTo(run: PastRun, earlier: readonly PastRun[]): Pick<ReportModel, 'history'> {
  const before = earlier.filter(
    ({ manifest }) =>
      manifest.runId !== run.manifest.runId &&
      Date.parse(manifest.startedAtIso) < Date.parse(run.manifest.startedAtIso),
  );
  if (before.length === 0) return {};
  return { history: historyOf([...before, run], { quantile: 'p50', mixed: false }) };
}

function againstFirst([first, ...others]: readonly Side[]): Comparison[] {
  if (first === undefined) return [];
  return others.map((other) => compareSides(first, other, 'same-rounds'));
}

function placesOf(
  manifest: Manifest,
  cells: readonly CellResult[],
  cities: Readonly<Record<string, string>>,
): Place[] {
  const measured = new Set(cells.filter(({ summary }) => summary.n > 0).map((c) => c.vantage));
  return manifest.plan.vantages.map((code) => ({
    code,
    region: regionOf(code),
    city: cities[regionOf(code)],
    rttMs: rttBetween(manifest, code, manifest.plan.primary),
    gap: measured.has(code) ? undefined : gapOf(manifest, code),
  }));
}

function gapOf({ vantages }: Manifest, code: string): string {
  const fate = vantages[code];
  if (fate === undefined) return 'not reached before the run was cut';
  // It stands within sentences.
  return (
    fate.reason?.replace(/\.$/, '') ?? (fate.state === 'measured' ? 'no valid round' : fate.state)
  );
}

/** A region that is shown as missing needs no second word. */
function isGap(warning: Warning, places: readonly Place[]): boolean {
  if (warning.code !== 'vantage-failed') return false;
  return places.some(({ code, gap }) => code === warning.vantage && gap !== undefined);
}
