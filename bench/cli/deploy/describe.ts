import { visibleJson } from '../../base/visible.ts';
import type { BenchConfig } from '../../config/config.ts';
import type { AppPlan } from '../../providers/fly/deploy/deploy-plan.ts';
import { wholeCents } from '../../providers/fly/cost.ts';
import { hourlyCostUsd } from '../../providers/fly/deploy/hourly-cost.ts';
import { pricesNote } from '../../providers/fly/prices.ts';

/** A topology as it was deployed; `full`: regions that had no room. */
export interface Deployed {
  readonly plan: AppPlan;
  readonly full: readonly string[];
}

/** What a deployment would make, and what that costs. */
export function summaryOf(plans: readonly AppPlan[], size: string): string {
  const machines = plans.reduce(
    (sum, { regions, replicas }) => sum + regions.length + replicas.length + 1,
    0,
  );
  const cost = wholeCents(plans.reduce((sum, plan) => sum + hourlyCostUsd(plan, size), 0));
  const apps = plans.map(({ app, database }) => `${app}, ${database}`).join(', ');
  return (
    `${String(2 * plans.length)} Fly apps (${apps}) with ${String(machines)} machines of ${size}: ` +
    `about ${cost} USD an hour (${pricesNote}), until \`bench destroy\`.`
  );
}

export function asJson(deployed: readonly Deployed[]): string {
  const topologies = deployed.map(({ plan, full }) => ({
    topology: plan.topology,
    app: plan.app,
    database: plan.database,
    url: plan.url,
    private_url: plan.privateUrl,
    primary: plan.primary,
    regions: plan.regions.filter((region) => !full.includes(region)),
    replicas: plan.replicas.filter((region) => !full.includes(region)),
    no_room: full,
  }));
  return `${visibleJson({ topologies }, 2)}\n`;
}

export function asText(deployed: readonly Deployed[], { fly }: BenchConfig): string {
  const names = deployed.map(({ plan }) => plan.topology).join(',');
  const stage = fly.stage === undefined ? '' : ` --${fly.stage}`;
  return (
    deployed.map(paragraph).join('') +
    `\nMeasure: bench run --provider fly --topologies ${names}${stage}` +
    `\nRemove:  bench destroy --topologies ${names}${stage}\n`
  );
}

function paragraph({ plan, full }: Deployed): string {
  const left = (regions: readonly string[]): string =>
    regions.filter((region) => !full.includes(region)).join(', ');
  const replicas = left(plan.replicas);
  return (
    `${plan.topology}  ${plan.url}\n` +
    `  app in ${left(plan.regions)}; database in ${plan.primary}` +
    `${replicas === '' ? '' : `, replicas in ${replicas}`}\n` +
    (full.length === 0 ? '' : `  no room in ${full.join(', ')}: the same command tries again\n`)
  );
}
