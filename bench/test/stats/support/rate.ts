import { proportionInterval } from '../../../stats/proportion.ts';

/** How often something happened. */
export interface Rate {
  readonly hits: number;
  readonly of: number;
}

export function rateOf<T>(items: readonly T[], happened: (item: T) => boolean): Rate {
  return { hits: items.filter(happened).length, of: items.length };
}

export function share({ hits, of }: Rate): number {
  return hits / of;
}

/** `1.2 % (0.8–1.7)`: with the exact 95 % interval of what the simulation can tell. */
export function rateText(rate: Rate): string {
  const { low, high } = proportionInterval(rate.hits, rate.of) ?? { low: NaN, high: NaN };
  const percent = (value: number) => (100 * value).toFixed(1);
  return `${percent(share(rate))} % (${percent(low)}–${percent(high)})`;
}
