import type { Millis } from '../../base/units.ts';

const unitMs: Readonly<Record<string, Millis>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A duration of the API: a number is nanoseconds, a text is Go's (`1m30s`). Undefined for anything else. */
export function durationMs(value: number | string): Millis | undefined {
  if (typeof value === 'number') return value / 1e6;
  if (value === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(value)) return undefined;
  return [...value.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (unitMs[unit ?? ''] ?? 0),
    0,
  );
}
