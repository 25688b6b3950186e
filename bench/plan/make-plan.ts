import { BenchError } from '../base/errors.ts';
import { seededRandom } from '../base/random.ts';
import type { Millis } from '../base/units.ts';
import type { BenchConfig } from '../config/config.ts';
import { makeWorld } from '../world/world.ts';
import { planSchema, type Plan, type PlannedBlock } from './plan.ts';
import { interleave, type Pairing } from './rounds.ts';
import { plannedTargets } from './targets.ts';

/** Long enough for anything that answers; a slower request is an error, never a latency. */
const requestTimeoutMs = 10_000;
/** Every connection opens in the first round and stays warm; later rounds only need the load to settle. */
const openingRounds = 1;
const settleMs = 800;
/** A shorter block has too few samples for a median at any rate in use. */
const leastKeepMs = 500;

/** Decides the whole measurement. The same configuration gives the same plan, byte for byte. */
export function makePlan(config: BenchConfig): Plan {
  const targets = plannedTargets(config);
  const pairings = pairingsOf(targets, config.scenarios);
  const rounds = interleave(pairings, config.rounds, seededRandom(config.seed).fork('order'));
  const timing = timingOf(config, pairings.length);
  const blocks = schedule(rounds, 0, timing, config.rate);
  return {
    schema: planSchema,
    seed: config.seed,
    profile: config.profile,
    primary: config.primary,
    vantages: config.vantages,
    targets,
    scenarios: config.scenarios,
    rounds: config.rounds,
    ...(config.untilCi === undefined ? {} : { untilCi: config.untilCi }),
    rate: config.rate,
    vus: timing.vus,
    requestTimeoutMs,
    ...(config.allowStatus.length === 0 ? {} : { allowStatus: config.allowStatus }),
    ...(config.follow ? { follow: true } : {}),
    blocks,
    durationMs: endOf(blocks),
  };
}

/** {@link makePlan}'s rounds from `plan.rounds` on, timed from 0 and with connections to open, as a plan of its own. */
export function moreRounds(plan: Plan, n: number): Plan {
  const random = seededRandom(plan.seed).fork('order');
  const pairings = pairingsOf(plan.targets, plan.scenarios);
  const rounds = interleave(pairings, plan.rounds + n, random).slice(plan.rounds);
  return withBlocks(
    plan,
    schedule(rounds, plan.rounds, timingIn(plan), plan.rate),
    plan.rounds + n,
  );
}

/** The same measurement with fresh rounds, in the order of another seed and from fewer vantages. */
export function repeatPlan(plan: Plan, seed: number, vantages: Plan['vantages']): Plan {
  const random = seededRandom(seed).fork('order');
  const rounds = interleave(pairingsOf(plan.targets, plan.scenarios), plan.rounds, random);
  const blocks = schedule(rounds, 0, timingIn(plan), plan.rate);
  return { ...withBlocks(plan, blocks, plan.rounds), seed, vantages };
}

/** The same measurement without targets that proved unfit: they stay in its tables, with the reason. */
export function leaveOut(plan: Plan, reasons: ReadonlyMap<string, string>): Plan {
  if (reasons.size === 0) return plan;
  const targets = plan.targets.map((target) => {
    const reason = target.leftOut ?? reasons.get(target.name);
    return reason === undefined ? target : { ...target, leftOut: reason };
  });
  const random = seededRandom(plan.seed).fork('order');
  const rounds = interleave(pairingsOf(targets, plan.scenarios), plan.rounds, random);
  const blocks = schedule(rounds, 0, timingIn(plan), plan.rate);
  return withBlocks({ ...plan, targets }, blocks, plan.rounds);
}

/** What was measured in two parts as one plan; `laterMs`: how much later the second one's agreed start was. */
export function joinPlans(first: Plan, second: Plan, laterMs: Millis): Plan {
  const later = second.blocks.map((block) => ({ ...block, startMs: block.startMs + laterMs }));
  return withBlocks(first, [...first.blocks, ...later], second.rounds);
}

const withBlocks = (plan: Plan, blocks: readonly PlannedBlock[], rounds: number): Plan => ({
  ...plan,
  rounds,
  blocks,
  durationMs: endOf(blocks),
});

function pairingsOf(targets: Plan['targets'], scenarios: Plan['scenarios']): Pairing[] {
  const measured = targets.filter(({ leftOut }) => leftOut === undefined);
  return measured.flatMap(({ name: target }) =>
    scenarios.map(({ name: scenario }) => ({ target, scenario })),
  );
}

interface Timing {
  readonly openMs: Millis;
  readonly keepMs: Millis;
  readonly drainMs: Millis;
}

/** The timing of a plan's own blocks: the first of them opens the connections. */
function timingIn({ blocks: [first] }: Plan): Timing {
  if (first === undefined) throw new Error('a plan has a block');
  return { openMs: first.warmUpMs, keepMs: first.keepMs, drainMs: first.drainMs };
}

function timingOf(config: BenchConfig, perRound: number): Timing & { readonly vus: number } {
  const slowest = slowestAnswer(config);
  // Twice the rate, so that a VU comes round every two seconds; more only where an answer takes that long.
  const vus = Math.ceil(config.rate * Math.max(2, (slowest + 500 / config.rate) / 1000 + 0.5));
  // Every VU has its own connection: all have had their turn after vus / rate seconds, and one second of slack.
  const openMs = Math.ceil((1000 * vus) / config.rate) + 1000;
  const drainMs = Math.ceil(Math.max(1000, slowest + 250));
  return { vus, openMs, drainMs, keepMs: keepOf(config, perRound, openMs, drainMs) };
}

/** With a budget, what remains of it after warm-up and drain is shared by all blocks. */
function keepOf(config: BenchConfig, perRound: number, openMs: Millis, drainMs: Millis): Millis {
  if (config.duration === undefined) return config.keep;
  const opening = Math.min(openingRounds, config.rounds) * openMs;
  const settling = Math.max(0, config.rounds - openingRounds) * settleMs;
  const overhead = perRound * (opening + settling + config.rounds * drainMs);
  const blocks = perRound * config.rounds;
  const keep = Math.floor((1000 * config.duration - overhead) / blocks);
  if (keep >= leastKeepMs) return keep;
  throw new BenchError(
    'usage',
    `${config.duration} s is too short for ${config.rounds} rounds of ${perRound}.`,
    `Give at least ${Math.ceil((overhead + blocks * leastKeepMs) / 1000)} s, or fewer rounds or targets.`,
  );
}

/**
 * An upper estimate of one iteration on the slowest topology, from the table: each query and the request itself
 * cross the longest link to the primary, once more for each further step.
 */
function slowestAnswer(config: BenchConfig): Millis {
  if (config.topologies.length === 0) return 1000;
  const worlds = [{}, ...config.rttOverridesOf.values()].map((own) =>
    makeWorld(config.regions, { ...config.rttOverrides, ...own }, config.newRegions),
  );
  const longest = Math.max(
    ...worlds.flatMap((world) => config.regions.map((region) => world.rtt(region, config.primary))),
  );
  const crossings = Math.max(
    ...config.scenarios.map(({ env, steps }) => Number(env['QUERIES'] ?? 3 * steps.length) + 1),
  );
  return longest * crossings + 100;
}

/** `from`: the number of the first of the rounds. */
function schedule(
  rounds: readonly Pairing[][],
  from: number,
  timing: Timing,
  rate: number,
): PlannedBlock[] {
  const blocks: PlannedBlock[] = [];
  rounds.forEach((pairings, index) => {
    pairings.forEach(({ target, scenario }, order) => {
      blocks.push({
        round: from + index,
        order,
        target,
        scenario,
        startMs: endOf(blocks),
        warmUpMs: index < openingRounds ? timing.openMs : settleMs,
        keepMs: timing.keepMs,
        drainMs: timing.drainMs,
        wanted: Math.floor((timing.keepMs * rate) / 1000),
      });
    });
  });
  return blocks;
}

function endOf(blocks: readonly PlannedBlock[]): Millis {
  const last = blocks.at(-1);
  return last === undefined ? 0 : last.startMs + last.warmUpMs + last.keepMs + last.drainMs;
}
