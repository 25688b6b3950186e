import { visibleJson } from '../base/visible.ts';
import type { Millis } from '../base/units.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { Warning } from '../base/warnings.ts';
import type { VantageMachine } from '../samples/manifest.ts';
import type { StaleReads } from '../samples/series.ts';
import type { Estimate } from '../stats/interval.ts';
import type { CalibrationRow } from './calibration.ts';
import type { CellResult } from './cells.ts';
import type { Finding } from './findings.ts';
import type { ReportModel } from './model.ts';
import { wordingOf } from './words.ts';

/** `summary.json`. Keys stay within a schema version; more may follow. */
export interface SummaryJson {
  readonly schema: 1;
  /** Whether its figures may be used as they stand; if not, the next three say why not, and what to do. */
  readonly trustworthy: boolean;
  /** One sentence with all of it. */
  readonly notice?: string;
  readonly untrustworthyBecause?: readonly string[];
  readonly whatToDo?: readonly string[];
  readonly runId: string;
  readonly startedAtIso: string;
  readonly state: string;
  readonly provider: string;
  /** How the deployments were reached, where that is a choice. */
  readonly via?: 'public' | 'private';
  /** The rented vantages; absent for the local world. */
  readonly machines?: readonly VantageMachine[];
  readonly budgetMs: Millis;
  readonly vantages: readonly {
    /** `gru`; `gru (for scl)` where it stands in for another region. */
    readonly code: string;
    /** Where it really is. */
    readonly region: string;
    readonly city?: string;
    /** To the primary region. */
    readonly rttMs?: Millis;
    /** Why nothing was measured there. */
    readonly gap?: string;
  }[];
  /** The rows of `summary.csv`. */
  readonly cells: readonly {
    readonly target: string;
    readonly vantage: string;
    readonly scenario: string;
    readonly metric: string;
    readonly rounds: number;
    readonly n: number;
    readonly p50?: QuantileJson;
    readonly p95?: QuantileJson;
    readonly p99?: QuantileJson;
    readonly errors: number;
    readonly excluded: number;
    /** Requests that had no answer when they were cut; absent for none. They count as errors too. */
    readonly cut?: number;
    /** Medians of what the app said of itself. */
    readonly server: CellResult['server'];
  }[];
  /** Every other target against the first, as `bench compare RUN --json` has them. */
  readonly comparisons: readonly Comparison[];
  readonly staleReads: readonly StaleReads[];
  readonly calibration: readonly CalibrationRow[];
  readonly findings: readonly Finding[];
  readonly warnings: readonly (Warning & { readonly text: string })[];
  readonly missing: readonly string[];
}

interface QuantileJson {
  readonly ms: Millis;
  /** Requests were cut: it is at least `ms`. */
  readonly atLeast?: true;
  /** Of the 95 % interval; without `highMs` its upper end is open. */
  readonly lowMs?: Millis;
  readonly highMs?: Millis;
}

/** `summary.json` as text. */
export function summaryJson(model: ReportModel): string {
  return `${visibleJson(toJson(model), 2)}\n`;
}

function toJson(model: ReportModel): SummaryJson {
  const { manifest, budgetMs, comparisons, staleReads, calibration, findings, missing } = model;
  const { runId, startedAtIso, state, provider, via, machines } = manifest;
  return {
    schema: 1,
    ...trust(model),
    ...{ runId, startedAtIso, state, provider },
    ...present({ via, machines }),
    budgetMs,
    vantages: model.places.map(({ code, region, city, rttMs, gap }) => ({
      ...{ code, region },
      ...present({ city, rttMs, gap }),
    })),
    cells: model.cells.map(cellJson),
    ...{ comparisons, staleReads, calibration, findings },
    warnings: manifest.warnings.map((warning) => ({ ...warning, text: wordingOf(warning) })),
    missing,
  };
}

function trust({
  distrust,
}: ReportModel): Pick<SummaryJson, 'trustworthy' | 'notice' | 'untrustworthyBecause' | 'whatToDo'> {
  if (distrust === undefined) return { trustworthy: true };
  const { sentence: notice, because: untrustworthyBecause, advice: whatToDo } = distrust;
  return { trustworthy: false, notice, untrustworthyBecause, whatToDo };
}

function cellJson({ summary, ...cell }: CellResult): SummaryJson['cells'][number] {
  const { target, vantage, scenario, metric, errors, excluded, server } = cell;
  const { p50, p95, p99, rounds, n } = summary;
  return {
    ...{ target, vantage, scenario, metric, rounds, n },
    ...present({ p50: quantileJson(p50), p95: quantileJson(p95), p99: quantileJson(p99) }),
    ...{ errors, excluded },
    ...present({ cut: cell.cut }),
    server,
  };
}

function quantileJson(estimate: Estimate | undefined): QuantileJson | undefined {
  if (estimate === undefined) return undefined;
  const { centre: ms, interval } = estimate;
  const bound = estimate.isLowerBound === true ? { atLeast: true as const } : {};
  if (interval === undefined) return { ms, ...bound };
  const high = interval.high === Infinity ? {} : { highMs: interval.high };
  return { ms, ...bound, lowMs: interval.low, ...high };
}

/** Without the keys that hold nothing. */
function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
