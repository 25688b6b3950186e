const bars = '▁▂▃▄▅▆▇█';

/**
 * A row of values as bars, a blank where there is none. The scale spans a fifth of the middle value at least, so that
 * ordinary noise stays low and looks like it.
 */
export function sparkLine(values: readonly (number | undefined)[]): string {
  const there = values.filter((value) => value !== undefined);
  const [low, high] = [Math.min(...there), Math.max(...there)];
  const span = Math.max(high - low, (low + high) / 10);
  return values
    .map((value) => {
      if (value === undefined) return ' ';
      return bars[Math.min(bars.length - 1, Math.floor((bars.length * (value - low)) / span))];
    })
    .join('');
}
