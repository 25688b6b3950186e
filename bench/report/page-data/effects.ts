import type { Comparison } from '../../compare/comparison.ts';
import { practicalEffect } from '../../compare/thresholds.ts';
import { sideLabels } from '../comparison/words.ts';
import { workloadsOf, workloadTitle, type ComparedWorkload } from '../comparison/workloads.ts';
import type { ReportModel } from '../model.ts';
import { visible } from '../words.ts';

/** One chart: the medians of some candidates as multiples of their baseline's, region by region. */
export interface EffectsData {
  readonly title: string;
  /** A row of the chart each. */
  readonly places: readonly string[];
  readonly candidates: readonly Candidate[];
  /** From how much on a difference counts, as a share of 1. */
  readonly counts: number;
  readonly points: readonly EffectPoint[];
}

export interface Candidate {
  readonly name: string;
  /** Index into the page's targets, so that it looks the same in all charts. */
  readonly target: number;
}

export interface EffectPoint {
  /** Index into the places. */
  readonly place: number;
  /** Index into the candidates. */
  readonly candidate: number;
  /** Candidate ÷ baseline, and its 95 % interval. */
  readonly times: number;
  readonly low?: number;
  readonly high?: number;
  readonly verdict: string;
}

/** The charts of a section, and whose multiples they show. */
export interface SectionEffects {
  readonly baseline: string;
  readonly charts: readonly EffectsData[];
}

export type AllEffects = Readonly<Record<'within' | 'baseline', SectionEffects>>;

export function allEffects({ comparisons, baseline, targets }: ReportModel): AllEffects {
  return {
    within: { baseline: visible(targets[0] ?? ''), charts: effectsData(comparisons, targets) },
    baseline: {
      baseline: 'the earlier run',
      charts: effectsData(baseline?.comparisons ?? [], targets),
    },
  };
}

/** The id of a chart's canvas. */
export const effectsId = (of: 'within' | 'baseline', index: number): string =>
  `effects-${of}-${index}`;

/** The medians of comparisons as charts, one for every workload. */
export function effectsData(
  comparisons: readonly Comparison[],
  targets: readonly string[],
): EffectsData[] {
  const candidates = comparisons.map((comparison) => candidateOf(comparison, targets));
  const workloads = comparisons.map(workloadsOf);
  const titles = [...new Set(workloads.flat().map(workloadTitle))];
  return titles
    .map((title) =>
      chart(
        title,
        candidates,
        workloads.map((all) => find(all, title)),
      ),
    )
    .filter(({ points }) => points.length > 0);
}

/** Across runs the target that both have; within one, the one that is not the baseline. */
export function candidateName(comparison: Comparison): string {
  const { baseline, candidate } = comparison;
  return baseline.target === candidate.target ? candidate.target : sideLabels(comparison)[1];
}

function candidateOf(comparison: Comparison, targets: readonly string[]): Candidate {
  return {
    name: visible(candidateName(comparison)),
    target: targets.indexOf(comparison.candidate.target),
  };
}

const find = (workloads: readonly ComparedWorkload[], title: string) =>
  (workloads.find((workload) => workloadTitle(workload) === title)?.cells ?? []).filter(
    ({ quantile, effect }) => quantile === 'p50' && effect !== undefined,
  );

function chart(
  title: string,
  candidates: readonly Candidate[],
  medians: readonly ReturnType<typeof find>[],
): EffectsData {
  const vantages = [...new Set(medians.flat().flatMap(({ vantage }) => vantage ?? []))];
  const places = [...vantages.map(visible), 'mean'];
  const points = medians.flatMap((cells, candidate) =>
    cells.flatMap(({ vantage, verdict, effect }): EffectPoint[] => {
      if (effect === undefined) return [];
      const place = vantage === undefined ? vantages.length : vantages.indexOf(vantage);
      const { percent, lowPercent, highPercent } = effect;
      const ends =
        lowPercent === undefined || highPercent === undefined
          ? {}
          : { low: times(lowPercent), high: times(highPercent) };
      return [{ place, candidate, times: times(percent), ...ends, verdict }];
    }),
  );
  const hasMean = points.some(({ place }) => place === vantages.length);
  const counts = practicalEffect({ vantage: vantages[0] ?? '', quantile: 'p50' });
  return {
    ...{ title, candidates, counts, points },
    places: hasMean ? places : places.slice(0, -1),
  };
}

/** To a tenth of a per mille: no screen shows more. */
const times = (percent: number): number => Number((1 + percent / 100).toPrecision(5));
