import { formatMillis, type Millis } from '../../base/units.ts';
import type { Estimate } from '../../stats/interval.ts';
import type { Evidence } from '../findings.ts';
import type { TableRow } from '../tables.ts';
import { list, visible, withInterval } from '../words.ts';

/** Below this the instrument itself may make the difference (measurement specification, "Comparison"). */
const floorMs: Millis = 0.3;

/**
 * Which target is fastest, where, by how much, and who meets the budget. Says only what the intervals keep apart;
 * verdicts proper are for `compare/`.
 */
export function fastest({ table, budgetMs }: Evidence): string {
  const races = table.rows.map(race).filter((r) => r.ranked.length > 0);
  if (races.length === 0) return 'Nothing was measured that could be summarised.';
  return [ranking(races), budget(races, budgetMs)].join(' ');
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

function race({ place, cells }: TableRow): Race {
  const ranked = cells
    .flatMap(({ target, result: { summary } }) =>
      summary.p50 === undefined ? [] : [{ target, p50: summary.p50 }],
    )
    .sort((a, b) => a.p50.centre - b.p50.centre);
  const [first, second] = ranked;
  const clear =
    first !== undefined &&
    second !== undefined &&
    ranked.slice(1).every((other) => isApart(first.p50, other.p50));
  return { place: place.code, ranked, winner: clear ? first.target : undefined };
}

function isApart(fast: Estimate, slow: Estimate): boolean {
  if (fast.interval === undefined || slow.interval === undefined) return false;
  return fast.interval.high < slow.interval.low && slow.centre - fast.centre >= floorMs;
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
