/** What is used of an axis of Chart.js. */
export interface LogAxis {
  ticks: { value: number }[];
  /** In pixels. */
  readonly maxWidth: number;
}

/** A number, its sign and some air. */
const labelWidth = 40;

/**
 * Round values for a logarithmic axis: 1, 2 and 5 times the powers of ten, as far as their labels keep apart in `width`
 * pixels; evenly spaced ones on a short axis.
 */
export function logTicks(min: number, max: number, width = Infinity): number[] {
  const round = decades(min, max);
  if (round.length < 3) return evenTicks(min, max);
  const perFactor = width / Math.log10(max / min);
  const kept: number[] = [];
  for (const value of [...round].sort((a, b) => rank(a) - rank(b)))
    if (kept.every((other) => perFactor * Math.abs(Math.log10(value / other)) >= labelWidth))
      kept.push(value);
  return kept.sort((a, b) => a - b);
}

/** Powers of ten come first. */
function rank(value: number): number {
  const digit = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
  return digit === 1 ? 0 : digit;
}

/** 1, 2 and 5 times the powers of ten between the two, from which a reader can estimate the rest. */
export function decades(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i))
    .flatMap((power) => [power, 2 * power, 5 * power])
    .filter((value) => value >= min && value <= max);
}

/** Four to eight multiples of a round number. */
function evenTicks(min: number, max: number): number[] {
  const rough = (max - min) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([5, 2].find((times) => times * power <= rough) ?? 1);
  const from = Math.ceil(min / step);
  const count = Math.floor(max / step) - from + 1;
  // Divided, not multiplied by what may be a fraction: 0.7, not 0.7000000000000001.
  return Array.from({ length: count }, (_, i) =>
    step < 1 ? (from + i) / Math.round(1 / step) : (from + i) * step,
  );
}
