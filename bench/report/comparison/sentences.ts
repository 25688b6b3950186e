import type { ComparedCell, Comparison, Verdict } from '../../compare/comparison.ts';
import { list } from '../words.ts';
import { sideLabels, signedMillis, signedPercent, verdictWord } from './words.ts';
import { workloadName, workloadsOf, type ComparedWorkload } from './workloads.ts';

/**
 * What a comparison says, in a sentence or two for every workload: `b is faster than a in ord and syd (−112 to
 * −283 ms, −94.6 to −97.6 %) and in the mean; inconclusive in cdg. The p95 says the same.`
 */
export function verdictSentences(comparison: Comparison): string[] {
  const workloads = workloadsOf(comparison);
  if (workloads.length === 0) return ['Nothing can be compared.'];
  return workloads.map((workload) => {
    const about = workloads.length > 1 ? `${workloadName(workload)}: ` : '';
    return [about + medians(workload, sideLabels(comparison)), ...tails(workload)].join(' ');
  });
}

function medians(
  { cells }: ComparedWorkload,
  [baseline, candidate]: readonly [string, string],
): string {
  const all = clauses(cells.filter(({ quantile }) => quantile === 'p50'));
  const first = all[0]?.verdict;
  const told = all.map(({ verdict, text }, i) =>
    i === 0 && isDirection(verdict)
      ? `${verdict} than ${baseline} ${text}`
      : `${verdictWord(verdict)} ${text}`,
  );
  const subject =
    first !== undefined && isDirection(first)
      ? `${candidate} is`
      : `${candidate} against ${baseline}:`;
  return `${subject} ${told.join('; ')}.`;
}

/** The tail, at length only where it says something else than the medians. */
function tails({ cells }: ComparedWorkload): string[] {
  const p95 = cells.filter(({ quantile }) => quantile === 'p95');
  if (p95.length === 0) return [];
  const agrees = p95.every(({ vantage, verdict }) =>
    cells.some((c) => c.quantile === 'p50' && c.vantage === vantage && c.verdict === verdict),
  );
  if (agrees) return ['The p95 says the same.'];
  return [
    `At p95: ${clauses(p95)
      .map(({ verdict, text }) => `${verdictWord(verdict)} ${text}`)
      .join('; ')}.`,
  ];
}

interface Clause {
  readonly verdict: Verdict;
  /** `in ord and syd (+5.2 to +8.1 ms, +4.1 to +6.2 %)`. */
  readonly text: string;
}

const order: readonly Verdict[] = ['slower', 'faster', 'no-difference', 'inconclusive'];

function clauses(cells: readonly ComparedCell[]): Clause[] {
  return order.flatMap((verdict) => {
    const group = cells.filter((cell) => cell.verdict === verdict);
    if (group.length === 0) return [];
    return [{ verdict, text: where(group) + (isDirection(verdict) ? ` (${size(group)})` : '') }];
  });
}

const isDirection = (verdict: Verdict): boolean => verdict === 'slower' || verdict === 'faster';

function where(group: readonly ComparedCell[]): string {
  const vantages = group.flatMap(({ vantage }) => vantage ?? []);
  const places = vantages.length === 0 ? '' : `in ${list(vantages)}`;
  if (vantages.length === group.length) return places;
  return places === '' ? 'in the mean' : `${places}, and in the mean`;
}

/** Of the vantages; of their mean where there is nothing else. */
function size(group: readonly ComparedCell[]): string {
  const single = group.filter(({ vantage }) => vantage !== undefined);
  const effects = (single.length > 0 ? single : group).flatMap(({ effect }) => effect ?? []);
  const ms = effects.map((effect) => effect.ms);
  const percent = effects.map((effect) => effect.percent);
  return `${span(ms, signedMillis)} ms, ${span(percent, signedPercent)} %`;
}

/** From the value nearest 0 to the farthest; all have one sign. */
function span(values: readonly number[], word: (value: number) => string): string {
  const ordered = [...values].sort((a, b) => Math.abs(a) - Math.abs(b)).map(word);
  const [first = '', last = ''] = [ordered[0], ordered.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}
