import { formatSeconds } from '../base/units.ts';
import type { Plan } from '../plan/plan.ts';
import type { World } from '../world/world.ts';

/** What a run would do, for people: nothing of it has happened. */
export function describeDryRun(plan: Plan, world: World, seedFixed: boolean): string {
  const perVantage = plan.blocks.reduce(
    (sum, { warmUpMs, keepMs }) => sum + ((warmUpMs + keepMs) * plan.rate) / 1000,
    0,
  );
  const links = plan.vantages
    .filter((vantage) => vantage !== plan.primary)
    .map(
      (vantage) => `${plan.primary}–${vantage} ${world.rtt(plan.primary, vantage).toFixed(1)} ms`,
    );
  const lines = [
    `provider    local (no account, no cost)`,
    `targets     ${plan.targets.map((t) => (t.kind === 'url' ? `${t.name} = ${t.url}` : t.name)).join(', ')}`,
    `scenarios   ${plan.scenarios.map(({ name, env }) => `${name}${settings(env)}`).join(', ')}`,
    `vantages    ${plan.vantages.join(', ')}; primary ${plan.primary}`,
    `distances   ${links.join(', ')}`,
    `load        ${plan.rate} iterations/s at each vantage, ${plan.vus} VUs`,
    `rounds      ${plan.rounds} of profile ${plan.profile}, ${plan.blocks[0]?.wanted ?? 0} samples a block`,
    `requests    about ${Math.round(perVantage * plan.vantages.length)} iterations in all`,
    `duration    ${formatSeconds(plan.durationMs / 1000)} of load`,
    `seed        ${plan.seed}${seedFixed ? '' : ' (a new one each time; --seed repeats it)'}`,
    `order       ${firstRounds(plan)}`,
  ];
  return `${lines.join('\n')}\nNothing was started.\n`;
}

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
