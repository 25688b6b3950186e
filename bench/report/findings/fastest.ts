import { formatMillis, type Millis } from '../../base/units.ts';
import { compareSides } from '../../compare/compare-sides.ts';
import { metricName } from '../../samples/series.ts';
import type { Estimate } from '../../stats/interval.ts';
import type { Evidence } from '../findings.ts';
import type { TableRow } from '../tables.ts';
import { list, visible, withInterval } from '../words.ts';

/**
 * Which target is fastest, where, by how much, and who meets the budget. Ahead is who is judged faster than every
 * other target in the same rounds.
 */
export function fastest(evidence: Evidence): string {
  const { table, budgetMs } = evidence;
  const isSlower = judgeOf(evidence);
  const races = table.rows.map((row) => race(row, isSlower)).filter((r) => r.ranked.length > 0);
  if (races.length === 0) return 'Nothing was measured that could be summarised.';
  return [ranking(races), budget(races, budgetMs)].join(' ');
}

/** Whether the median of one target is judged slower than another's at a vantage. */
type IsSlower = (target: string, than: string, vantage: string) => boolean;

function judgeOf({ sides, table }: Evidence): IsSlower {
  const metric = metricName(table.temperature, table.step);
  const slowerAt = new Map<string, ReadonlySet<string>>();
  return (target, than, vantage) => {
    const key = `${target}\n${than}`;
    const known = slowerAt.get(key) ?? judged(target, than);
    slowerAt.set(key, known);
    return known.has(vantage);
  };

  function judged(target: string, than: string): ReadonlySet<string> {
    const baseline = sides.find((side) => side.target === than);
    const candidate = sides.find((side) => side.target === target);
    if (baseline === undefined || candidate === undefined) return new Set();
    const { cells } = compareSides(baseline, candidate, 'same-rounds');
    const here = cells.filter((c) => c.scenario === table.scenario && c.metric === metric);
    const slower = here.filter((c) => c.quantile === 'p50' && c.verdict === 'slower');
    return new Set(slower.flatMap(({ vantage }) => vantage ?? []));
  }
}

interface Ranked {
  readonly target: string;
  readonly p50: Estimate;
}

/** One region's targets, the fastest first. */
interface Race {
  readonly place: string;
  readonly ranked: readonly Ranked[];
  /** The target that is clearly ahead of all others here. */
  readonly winner: string | undefined;
}

function race({ place, cells }: TableRow, isSlower: IsSlower): Race {
  const ranked = cells
    .flatMap(({ target, result: { summary } }) =>
      summary.p50 === undefined ? [] : [{ target, p50: summary.p50 }],
    )
    .sort((a, b) => a.p50.centre - b.p50.centre);
  const [first, ...others] = ranked;
  const clear =
    first !== undefined &&
    others.length > 0 &&
    others.every(({ target }) => isSlower(target, first.target, place.code));
  return { place: place.code, ranked, winner: clear ? first.target : undefined };
}

function ranking(races: readonly Race[]): string {
  if (races.every(({ ranked }) => ranked.length === 1)) return single(races);
  const [leader] = [...byWinner(races)].sort(([, a], [, b]) => b.length - a.length);
  if (leader === undefined) return 'No target is clearly faster than another in any region.';
  const [name, won] = leader;
  const example = [...won].sort((a, b) => lead(b) - lead(a))[0];
  const [first, second] = example?.ranked ?? [];
  if (first === undefined || second === undefined) return '';
  const where = won.length === races.length ? 'everywhere' : `in ${places(won)}`;
  const against = `${visible(second.target)} takes ${withInterval(second.p50)}`;
  return `${visible(name)} is the fastest ${where}: ${withInterval(first.p50)} in ${example?.place ?? ''}, where ${against}.${others(races, name)}`;
}

function single(races: readonly Race[]): string {
  const all = races
    .flatMap(({ place, ranked }) => ranked.map((r) => ({ place, ...r })))
    .sort((a, b) => a.p50.centre - b.p50.centre);
  const [best] = all;
  const worst = all.at(-1);
  if (best === undefined || worst === undefined) return '';
  const span = `${withInterval(best.p50)} in ${best.place}`;
  return all.length === 1
    ? `${visible(best.target)} answers in ${span}.`
    : `${visible(best.target)} answers in ${span} to ${withInterval(worst.p50)} in ${worst.place}.`;
}

function byWinner(races: readonly Race[]): Map<string, Race[]> {
  const won = new Map<string, Race[]>();
  for (const r of races)
    if (r.winner !== undefined) won.set(r.winner, [...(won.get(r.winner) ?? []), r]);
  return won;
}

const lead = ({ ranked: [first, second] }: Race): number =>
  (second?.p50.centre ?? 0) / (first?.p50.centre ?? 1);

const places = (races: readonly Race[]): string => list(races.map(({ place }) => place));

/** Where somebody else is ahead, or nobody is. */
function others(races: readonly Race[], leader: string): string {
  const elsewhere = [...byWinner(races)]
    .filter(([name]) => name !== leader)
    .map(([name, won]) => `${visible(name)} is ahead in ${places(won)}`);
  const even = races.filter(({ winner, ranked }) => winner === undefined && ranked.length > 1);
  const all = [
    ...elsewhere,
    ...(even.length > 0 ? [`no target is clearly ahead in ${places(even)}`] : []),
  ];
  const sentence = list(all);
  return sentence === '' ? '' : ` ${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function budget(races: readonly Race[], budgetMs: Millis): string {
  const goal = `${formatMillis(budgetMs)} ms`;
  const missed = new Map<string, string[]>();
  for (const { place, ranked } of races)
    for (const { target, p50 } of ranked)
      missed.set(target, [
        ...(missed.get(target) ?? []),
        ...(p50.centre < budgetMs ? [] : [place]),
      ]);
  const kept = [...missed].filter(([, where]) => where.length === 0).map(([name]) => name);
  if (kept.length === 0) return `No target stays below ${goal} in every region.`;
  if (kept.length === missed.size && kept.length > 1) return `All stay below ${goal} everywhere.`;
  const names = list(kept.map(visible));
  const only = kept.length < missed.size ? 'Only ' : '';
  return `${only}${names} ${kept.length > 1 ? 'stay' : 'stays'} below ${goal} in every region.`;
}
