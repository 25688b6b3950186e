import type { Effect } from '../../compare/comparison.ts';
import { inMillis, visible } from '../words.ts';
import type { Place } from '../model.ts';
import type { Race, Ranked } from './races.ts';

/**
 * The largest lead that somebody has who is clearly ahead: `read-replicas answers in 6.10 ms in Santiago; single-region
 * takes 211 ms: 34× (95 % 33–35).` The second in rank is compared, not the last. Undefined where nobody is ahead.
 */
export function contrast(races: readonly Race[]): string | undefined {
  const ahead = races
    .filter(({ winner }) => winner !== undefined)
    .sort((a, b) => timesOf(b.ranked[1]) - timesOf(a.ranked[1]))[0];
  const [first, second] = ahead?.ranked ?? [];
  if (ahead === undefined || first === undefined || second?.behind?.effect === undefined)
    return undefined;
  const where = whereIs(
    ahead.place,
    races.map(({ place }) => place),
  );
  return (
    `${visible(first.target)} answers in ${inMillis(first.p50)} in ${visible(where)}; ` +
    `${visible(second.target)} takes ${inMillis(second.p50)}: ${times(second.behind.effect)}.`
  );
}

/** Its city, if no other one is there. */
function whereIs({ code, region, city = code }: Place, places: readonly Place[]): string {
  const isShared = places.filter((place) => place.region === region).length > 1;
  return isShared ? code : (city.split(',')[0] ?? code);
}

const timesOf = (ranked: Ranked | undefined): number =>
  1 + (ranked?.behind?.effect?.percent ?? 0) / 100;

/** `34× (95 % 33–35)`: as many digits as tell the ends of the interval apart. */
function times({ percent, lowPercent, highPercent, bound }: Effect): string {
  if (bound !== undefined) return `at least ${(1 + percent / 100).toFixed(percent < 200 ? 1 : 0)}×`;
  const [centre = 1, ...ends] = [percent, lowPercent, highPercent].flatMap((p) =>
    p === undefined ? [] : [1 + p / 100],
  );
  const digits = [0, 1, 2].find(
    (d) => new Set([centre, ...ends].map((v) => v.toFixed(d))).size === 1 + ends.length,
  );
  const figures = [centre, ...ends].map((v) => v.toFixed(digits ?? 2));
  const within = ends.length === 2 ? ` (95 % ${figures[1] ?? ''}–${figures[2] ?? ''})` : '';
  return `${figures[0] ?? ''}×${within}`;
}
