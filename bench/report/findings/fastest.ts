import { formatMillis, type Millis } from '../../base/units.ts';
import { isBelow, list, visible, withInterval } from '../words.ts';
import type { Race } from './races.ts';

/** Which target is fastest, where, and who meets the budget: one sentence. */
export function fastest(races: readonly Race[], budgetMs: Millis): string {
  if (races.length === 0) return 'Nothing was measured that could be summarised.';
  return `${[ranking(races), ...others(races), budget(races, budgetMs)].join('; ')}.`;
}

function ranking(races: readonly Race[]): string {
  if (races.every(({ ranked }) => ranked.length === 1)) return single(races);
  const [leader] = leaders(races);
  if (leader === undefined) return 'No target is clearly faster than another in any region';
  const [name, won] = leader;
  return `${visible(name)} is the fastest ${won.length === races.length ? 'everywhere' : `in ${places(won)}`}`;
}

function single(races: readonly Race[]): string {
  const all = races
    .flatMap(({ place, ranked }) => ranked.map((r) => ({ place: place.code, ...r })))
    .sort((a, b) => a.p50.centre - b.p50.centre);
  const [best] = all;
  const worst = all.at(-1);
  if (best === undefined || worst === undefined) return '';
  const span = `${withInterval(best.p50)} in ${best.place}`;
  return all.length === 1
    ? `${visible(best.target)} answers in ${span}`
    : `${visible(best.target)} answers in ${span} to ${withInterval(worst.p50)} in ${worst.place}`;
}

/** Who is ahead, and where; who is so in most regions first. */
function leaders(races: readonly Race[]): [string, Race[]][] {
  const won = new Map<string, Race[]>();
  for (const r of races)
    if (r.winner !== undefined) won.set(r.winner, [...(won.get(r.winner) ?? []), r]);
  return [...won].sort(([, a], [, b]) => b.length - a.length);
}

const places = (races: readonly Race[]): string => list(races.map(({ place }) => place.code));

/** Where somebody else is ahead, or nobody is. */
function others(races: readonly Race[]): string[] {
  const [leader, ...elsewhere] = leaders(races);
  const even = races.filter(({ winner, ranked }) => winner === undefined && ranked.length > 1);
  return [
    ...elsewhere.map(([name, won]) => `${visible(name)} is ahead in ${places(won)}`),
    ...(leader === undefined || even.length === 0
      ? []
      : [`no target is clearly ahead in ${places(even)}`]),
  ];
}

function budget(races: readonly Race[], budgetMs: Millis): string {
  const goal = `the goal of ${formatMillis(budgetMs)} ms`;
  const missed = missesOf(races, budgetMs);
  const kept = [...missed].filter(([, where]) => where.length === 0).map(([name]) => name);
  const [alone] = missed.size === 1 ? missed.values() : [];
  if (alone !== undefined)
    return alone.length === 0
      ? `it stays below ${goal} in every region`
      : `it misses ${goal} in ${alone.length === races.length ? 'every region' : list(alone)}`;
  if (kept.length === 0) return `no target stays below ${goal} in every region`;
  if (kept.length === missed.size) return `all stay below ${goal} in every region`;
  return `only ${list(kept.map(visible))} ${kept.length > 1 ? 'stay' : 'stays'} below ${goal} in every region`;
}

/** Target → the regions in which its median is not below the budget. */
function missesOf(races: readonly Race[], budgetMs: Millis): Map<string, string[]> {
  const missed = new Map<string, string[]>();
  for (const { place, ranked } of races)
    for (const { target, p50 } of ranked)
      missed.set(target, [
        ...(missed.get(target) ?? []),
        ...(isBelow(p50, budgetMs) ? [] : [place.code]),
      ]);
  return missed;
}
