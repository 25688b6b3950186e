import { formatMillis, type Millis } from '../../base/units.ts';
import type { ComparedCell, Comparison, SideName, Verdict } from '../../compare/comparison.ts';

/** `no difference`. */
export const verdictWord = (verdict: Verdict): string => verdict.replace('-', ' ');

/** What a verdict looks like without colour. */
export const verdictMarks: Readonly<Record<Verdict, string>> = {
  slower: '▲',
  faster: '▼',
  'no-difference': '=',
  inconclusive: '?',
};

/** `−112`, `+0.04`: a difference has a sign, and a minus that no line breaks at. */
export function signedMillis(ms: Millis): string {
  return `${sign(ms)}${formatMillis(Math.abs(ms))}`;
}

/** `−94.6`, `+0.5`, `+191`. */
export function signedPercent(percent: number): string {
  const size = Math.abs(percent);
  return `${sign(percent)}${size.toFixed(size >= 100 ? 0 : 1)}`;
}

const sign = (value: number): string => (value < 0 ? '−' : '+');

/** `197 %`, `6.4 %`, `5 %`. */
export function percent(value: number): string {
  if (value >= 10_000) return 'over 10000 %';
  return `${value.toFixed(value >= 10 ? 0 : 1).replace(/\.0$/, '')} %`;
}

/** `ord p50`; `mean p50` for the mean over the vantages. */
export function cellLabel({ vantage, quantile }: ComparedCell): string {
  return `${vantage ?? 'mean'} ${quantile}`;
}

/** How the two sides are told apart: by target, by run, or by both. */
export function sideLabels({ baseline, candidate }: Comparison): readonly [string, string] {
  const label = ({ runId, target }: SideName): string => {
    if (baseline.runId === candidate.runId) return target;
    return baseline.target === candidate.target ? runId : `${runId}:${target}`;
  };
  return [label(baseline), label(candidate)];
}
