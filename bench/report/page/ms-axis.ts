import type { Inks } from './inks.ts';
import { logTicks, type LogAxis } from './log-ticks.ts';

export type ScaleType = 'logarithmic' | 'linear';

export interface MsAxisOptions {
  readonly type: ScaleType;
  readonly min: number;
  readonly max: number;
}

/** An axis of milliseconds, with its unit and round values. */
export function msAxis({ type, min, max }: MsAxisOptions, { quiet, grid }: Inks) {
  return {
    type,
    min,
    max,
    title: {
      display: true,
      text: `time to first byte, ms (${type === 'linear' ? 'linear' : 'log'} scale)`,
      color: quiet,
    },
    afterBuildTicks: (axis: LogAxis) => {
      if (type === 'logarithmic')
        axis.ticks = logTicks(min, max, axis.maxWidth).map((value) => ({ value }));
    },
    ticks: {
      color: quiet,
      maxRotation: 0,
      callback: (value: string | number) => Number(value).toLocaleString('en'),
    },
    grid: { color: grid },
    border: { display: false },
  };
}
