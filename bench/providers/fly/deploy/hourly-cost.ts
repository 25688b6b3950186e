import { machineHourUsd, presetSize } from '../machine-price.ts';
import { prices } from '../prices.ts';
import { volumeGb, type AppPlan } from './deploy-plan.ts';

/** Presets that both flyctl's `postgres create` and an app's machines can have. */
export const sizes = [
  ...['shared-cpu-1x', 'shared-cpu-2x', 'shared-cpu-4x', 'shared-cpu-8x'],
  ...['performance-1x', 'performance-2x', 'performance-4x', 'performance-8x'],
] as const;

/** US dollars an hour for what a topology's deployment holds, while it is there: machines and volumes. */
export function hourlyCostUsd({ regions, primary, replicas }: AppPlan, size: string): number {
  const databases = [primary, ...replicas];
  const machines = [...regions, ...databases].reduce(
    (sum, region) => sum + machineHourUsd(presetSize(size), region),
    0,
  );
  return machines + (databases.length * volumeGb * prices.volumeGbMonth) / (30 * 24);
}
