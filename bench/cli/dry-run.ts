import { visibleJson } from '../base/visible.ts';
import { formatSeconds } from '../base/units.ts';
import { readableUrl } from '../config/target-url.ts';
import type { Plan } from '../plan/plan.ts';
import type { World } from '../world/world.ts';
import { aboutUsd, formatUsd } from '../providers/fly/cost.ts';
import { prices, pricesNote } from '../providers/fly/prices.ts';
import { trialNote } from '../providers/fly/trial.ts';
import { expectedLoad } from './fly/expected-load.ts';
import type { FlyRunDecision } from './fly/fly-run.ts';

/** What a run would do. */
export interface DryRun {
  readonly plan: Plan;
  readonly world: World;
  /** Whether the same seed comes again next time. */
  readonly seedFixed: boolean;
  readonly fly: FlyRunDecision | undefined;
}

/** The plan; on Fly also what it takes. */
export function dryRunJson({ plan, fly }: DryRun): string {
  const { spending, config } = fly ?? {};
  const machines = { machines: plan.vantages.length, size: config?.fly.size };
  const from = { prices_of: prices.asOf, prices_from: prices.source };
  const estimate = { ...machines, ...spending?.load, cost_usd: spending?.costUsd, ...from };
  return `${visibleJson({ ...plan, ...(fly === undefined ? {} : { estimate }) }, 2)}\n`;
}

/** For people: nothing of it has happened. */
export function describeDryRun({ plan, world, seedFixed, fly }: DryRun): string {
  const { requests, perSecond } = expectedLoad(plan);
  const lines = [
    `provider    ${fly === undefined ? 'local (no account, no cost)' : machines(plan, fly)}`,
    `targets     ${plan.targets.map((t) => (t.kind === 'url' ? `${t.name} = ${readableUrl(t.url)}` : t.name)).join(', ')}`,
    `scenarios   ${plan.scenarios.map(({ name, env }) => `${name}${settings(env)}`).join(', ')}`,
    `vantages    ${plan.vantages.join(', ')}; primary ${plan.primary}`,
    `distances   ${fly === undefined ? links(plan, world) : 'real'}`,
    `load        ${plan.rate} iterations/s at each vantage, ${plan.vus} VUs; ${perSecond} requests/s to a target in all`,
    `rounds      ${plan.rounds} of profile ${plan.profile}, ${plan.blocks[0]?.wanted ?? 0} samples a block`,
    `requests    about ${requests} in all`,
    `duration    ${formatSeconds(plan.durationMs / 1000)} of load`,
    `seed        ${plan.seed}${seedFixed ? '' : ' (a new one each time; --seed repeats it)'}`,
    ...(fly === undefined
      ? []
      : [
          `cost        ${plan.untilCi === undefined ? aboutUsd(fly.spending.costUsd) : `up to ${formatUsd(fly.spending.costUsd)}`} (an estimate by ${pricesNote}; asks above ${formatUsd(fly.config.fly.maxCostUsd)})`,
          `trial       ${trialNote}`,
        ]),
    `order       ${firstRounds(plan)}`,
  ];
  return `${lines.join('\n')}\nNothing was started.\n`;
}

const machines = ({ vantages }: Plan, { config, isAsked }: FlyRunDecision): string =>
  `fly: ${vantages.length} Machines of ${config.fly.size} in the app ${config.fly.app}` +
  (isAsked ? '' : ' (no token: regions as this version knows them)');

const links = (plan: Plan, world: World): string =>
  plan.vantages
    .filter((vantage) => vantage !== plan.primary)
    .map(
      (vantage) => `${plan.primary}–${vantage} ${world.rtt(plan.primary, vantage).toFixed(1)} ms`,
    )
    .join(', ');

function settings(env: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? '' : ` (${pairs.join(' ')})`;
}

function firstRounds(plan: Plan): string {
  const order = (round: number) =>
    plan.blocks
      .filter((block) => block.round === round)
      .map(({ target, scenario }) => (plan.scenarios.length > 1 ? `${target}/${scenario}` : target))
      .join(' → ');
  return [0, 1, 2]
    .filter((round) => round < plan.rounds)
    .map(order)
    .join('\n            ');
}
