import { prices } from '../prices.ts';

/** US dollars an hour for one processor, without the regions' markups; a shared one with 256 MB. */
const perProcessor = { performance: prices.processorHour, shared: 0.0028 } as const;

/** Presets that both flyctl's `postgres create` and an app's machines can have. */
export const sizes = [
  ...['shared-cpu-1x', 'shared-cpu-2x', 'shared-cpu-4x', 'shared-cpu-8x'],
  ...['performance-1x', 'performance-2x', 'performance-4x', 'performance-8x'],
] as const;

/** About what a machine of that preset costs while it is there. */
export function hourlyCostUsd(size: string): number {
  const [, kind = 'performance', count = '1'] =
    /^(shared|performance)(?:-cpu)?-(\d+)x$/.exec(size) ?? [];
  return perProcessor[kind as keyof typeof perProcessor] * Number(count);
}
