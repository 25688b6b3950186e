import type { Millis } from '../../base/units.ts';

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
  readonly vantages?: Readonly<Record<string, Limits>> | undefined;
  readonly targets?: Readonly<Record<string, TargetLimits>> | undefined;
}

export interface TargetLimits extends Limits {
  readonly vantages?: Readonly<Record<string, Limits>> | undefined;
}

/** The limit in force for a target at a vantage; the narrower wins: both named, then the target, then the vantage. */
export function limitOf(
  budgets: Budgets,
  kind: LimitKind,
  target: string,
  vantage: string,
): number | undefined {
  const ofTarget = budgets.targets?.[target];
  return (
    ofTarget?.vantages?.[vantage]?.[kind] ??
    ofTarget?.[kind] ??
    budgets.vantages?.[vantage]?.[kind] ??
    budgets[kind]
  );
}
