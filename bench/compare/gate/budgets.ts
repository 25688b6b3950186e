import type { Millis } from '../../base/units.ts';
import { namesOf, type Vantage } from '../../world/vantage.ts';

/** What can be limited, spelled as in `fly.bench.toml`. */
export const limitKinds = ['p50', 'p95', 'error_rate', 'stale_reads'] as const;
export type LimitKind = (typeof limitKinds)[number];

/** Upper limits: quantiles in ms, the others as shares from 0 to 1. */
export interface Limits {
  readonly p50?: Millis | undefined;
  readonly p95?: Millis | undefined;
  readonly error_rate?: number | undefined;
  readonly stale_reads?: number | undefined;
}

/** `[bench.budgets]`: limits that hold everywhere, and narrower ones. */
export interface Budgets extends Limits {
  readonly vantages?: ReadonlyMap<string, Limits> | undefined;
  readonly targets?: ReadonlyMap<string, TargetLimits> | undefined;
}

export interface TargetLimits extends Limits {
  readonly vantages?: ReadonlyMap<string, Limits> | undefined;
}

/**
 * The limit in force for a target at a vantage; the narrower wins: both named, then the target, then the vantage. One
 * that stands in for another region, `gru (for scl)`, goes by that name, by the wanted `scl`, then by the real `gru`.
 */
export function limitOf(
  budgets: Budgets,
  kind: LimitKind,
  target: string,
  vantage: string,
): number | undefined {
  const ofTarget = budgets.targets?.get(target);
  const at = (vantages: Budgets['vantages']) => namedLimit(vantages, vantage, kind);
  return at(ofTarget?.vantages) ?? ofTarget?.[kind] ?? at(budgets.vantages) ?? budgets[kind];
}

function namedLimit(
  vantages: Budgets['vantages'],
  vantage: Vantage,
  kind: LimitKind,
): number | undefined {
  for (const name of namesOf(vantage)) {
    const limit = vantages?.get(name)?.[kind];
    if (limit !== undefined) return limit;
  }
  return undefined;
}
