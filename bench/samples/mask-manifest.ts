import { maskDeep } from '../base/secrets.ts';
import { maskerOfPlan, maskPlan } from '../plan/mask-plan.ts';
import { maskCommand } from './mask-command.ts';
import type { Manifest } from './manifest.ts';

/**
 * A manifest as it may be stored and shown; the same again if it was masked before. Names of targets, regions and
 * workloads stay, even where a secret is spelt like one of them: rows are found by them.
 */
export function maskManifest(manifest: Manifest): Manifest {
  const { plan, command, warnings, vantages } = manifest;
  const mask = maskerOfPlan(plan);
  const words = <T extends object>(value: T): T =>
    Object.fromEntries(
      Object.entries(value).map(([key, each]: [string, unknown]) => [
        key,
        names.has(key) ? each : maskDeep(each, mask),
      ]),
    ) as T;
  return {
    ...manifest,
    command: maskDeep(maskCommand(command), mask),
    plan: { ...maskPlan(plan), targets: maskPlan(plan).targets.map(words) },
    vantages: Object.fromEntries(
      Object.entries(vantages).map(([vantage, fate]) => [
        vantage,
        fate.reason === undefined ? fate : { ...fate, reason: mask(fate.reason) },
      ]),
    ),
    warnings: warnings.map(words),
  };
}

const names = new Set([
  ...['code', 'kind', 'name', 'copyOf', 'sameAs', 'rtt', 'target', 'vantage', 'scenario', 'step'],
  ...['from', 'to', 'topology', 'region', 'metric'],
]);
