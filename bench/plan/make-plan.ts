import { BenchError } from '../base/errors.ts';
import { seededRandom } from '../base/random.ts';
import { formatSeconds, type Millis, type PerSecond } from '../base/units.ts';
import type { BenchConfig } from '../config/config.ts';
import { makeWorld } from '../world/world.ts';
import { planSchema, type Plan, type PlannedBlock } from './plan.ts';
import { interleave, type Pairing } from './rounds.ts';
import { plannedTargets } from './targets.ts';

/** Long enough for anything that answers; a slower request is an error, never a latency. */
const requestTimeoutMs = 10_000;
/** Every connection opens in the first round and stays warm; later rounds only need the load to settle. */
const openingRounds = 1;
const leastSettleMs = 800;
/** A shorter block has too few samples for a median at any rate in use. */
const leastKeepMs = 500;

/** What is known of the targets before any load. */
export interface Seen {
  /** The longest answer, or iteration of a script, that was seen. */
  readonly answerMs?: Millis;
}

/** Decides the whole measurement. The same configuration, and what was seen, give the same plan, byte for byte. */
export function makePlan(config: BenchConfig, seen: Seen = {}): Plan {
  const targets = plannedTargets(config);
  const pairings = pairingsOf(targets, config.scenarios);
  const rounds = interleave(pairings, config.rounds, seededRandom(config.seed).fork('order'));
  const timing = timingOf(config, seen, pairings.length);
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

/** Some of a plan's rounds as they were planned, but timed from 0 and with connections to open. */
export function retimed(plan: Plan, blocks: readonly PlannedBlock[]): Plan {
  const rounds = new Map<number, Pairing[]>();
  for (const { round, target, scenario } of blocks)
    rounds.set(round, [...(rounds.get(round) ?? []), { target, scenario }]);
  const from = Math.min(...rounds.keys());
  return withBlocks(
    plan,
    schedule([...rounds.values()], from, timingIn(plan), plan.rate),
    plan.rounds,
  );
}

/** The same measurement with fresh rounds, in the order of another seed and from fewer vantages. */
export function repeatPlan(plan: Plan, seed: number, vantages: Plan['vantages']): Plan {
  const random = seededRandom(seed).fork('order');
  const { supersededRounds = 0, ...rest } = plan;
  const pairings = pairingsOf(plan.targets, plan.scenarios);
  const rounds = interleave(pairings, plan.rounds - supersededRounds, random);
  const blocks = schedule(rounds, 0, timingIn(plan), plan.rate);
  return { ...withBlocks(rest, blocks, rounds.length), seed, vantages };
}

/** What a plan measures its rounds again with: more time for the answers, and the users that they keep busy. */
export interface Again {
  readonly drainMs: Millis;
  readonly settleMs: Millis;
  readonly vus: number;
  readonly rate: PerSecond;
  readonly requestTimeoutMs: Millis;
}

/** All of the plan's rounds once more, timed from 0 and numbered on; the earlier ones no longer count. */
export function measuredAgain(plan: Plan, again: Again, vantages: Plan['vantages']): Plan {
  const { vus, rate, requestTimeoutMs, drainMs } = again;
  const random = seededRandom(plan.seed).fork('again');
  const rounds = interleave(pairingsOf(plan.targets, plan.scenarios), plan.rounds, random);
  // As many samples as before, also at a lower rate.
  const keepMs = Math.ceil((timingIn(plan).keepMs * plan.rate) / rate);
  const timing = { openMs: openMsOf(vus, rate), settleMs: again.settleMs, keepMs, drainMs };
  const blocks = schedule(rounds, plan.rounds, timing, rate);
  return {
    ...withBlocks(plan, blocks, 2 * plan.rounds),
    ...{ vantages, vus, rate, requestTimeoutMs },
    supersededRounds: plan.rounds,
  };
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
  const { vus, rate, requestTimeoutMs, supersededRounds } = second;
  return {
    ...withBlocks(first, [...first.blocks, ...later], second.rounds),
    // Rounds that were measured again don't count: what is said of the load is that of the others.
    ...{ vus, rate, requestTimeoutMs },
    ...(supersededRounds === undefined ? {} : { supersededRounds }),
  };
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
  /** Warm-up of all further rounds. */
  readonly settleMs: Millis;
  readonly keepMs: Millis;
  readonly drainMs: Millis;
}

/** The timing of the blocks that count: the first of them opens the connections, and no other warms up longer. */
function timingIn({ blocks, supersededRounds = 0 }: Plan): Timing {
  const counted = blocks.filter(({ round }) => round >= supersededRounds);
  const [first] = counted;
  if (first === undefined) throw new Error('a plan has a block');
  const { warmUpMs: openMs, keepMs, drainMs } = first;
  const later = counted.find(({ round }) => round >= first.round + openingRounds);
  return { openMs, settleMs: later?.warmUpMs ?? leastSettleMs, keepMs, drainMs };
}

/** An answer as slow as was seen, and somewhat slower ones, are waited for. */
const slower = 1.25;
const drainSlackMs = 250;

function timingOf(
  config: BenchConfig,
  seen: Seen,
  perRound: number,
): Timing & { readonly vus: number } {
  const answerMs = Math.min(requestTimeoutMs, Math.max(0, seen.answerMs ?? 0));
  const longest = Math.max(slowestAnswer(config), slower * answerMs);
  const vus = vusFor(config.rate, longest);
  const openMs = openMsOf(vus, config.rate);
  const drainMs = drainFor(longest, requestTimeoutMs);
  // What an iteration sends last, the first iterations of a block must have come to when counting begins.
  const settleMs = Math.ceil(Math.max(leastSettleMs, answerMs));
  const timing = { openMs, settleMs, drainMs };
  return { vus, ...timing, keepMs: keepOf(config, perRound, timing, seen) };
}

/** Twice the rate, so that a VU comes round every two seconds; more only where an iteration takes that long. */
export const vusFor = (rate: PerSecond, iterationMs: Millis): number =>
  Math.ceil(rate * Math.max(2, (iterationMs + 500 / rate) / 1000 + 0.5));

/** Every VU has its own connection: all have had their turn after vus / rate seconds, and one second of slack. */
const openMsOf = (vus: number, rate: PerSecond): Millis => Math.ceil((1000 * vus) / rate) + 1000;

/** How long the last requests are waited for: never longer than they may take. */
export const drainFor = (answerMs: Millis, timeoutMs: Millis): Millis =>
  Math.ceil(Math.min(Math.max(1000, answerMs + drainSlackMs), timeoutMs + 2 * drainSlackMs));

/** With a budget, what remains of it after warm-up and drain is shared by all blocks. */
function keepOf(
  config: BenchConfig,
  perRound: number,
  { openMs, settleMs, drainMs }: Omit<Timing, 'keepMs'>,
  { answerMs = 0 }: Seen,
): Millis {
  if (config.duration === undefined) return config.keep;
  const opening = Math.min(openingRounds, config.rounds) * openMs;
  const settling = Math.max(0, config.rounds - openingRounds) * settleMs;
  const overhead = perRound * (opening + settling + config.rounds * drainMs);
  const blocks = perRound * config.rounds;
  const keep = Math.floor((1000 * config.duration - overhead) / blocks);
  if (keep >= leastKeepMs) return keep;
  throw new BenchError(
    'usage',
    `${config.duration} s is too short for ${config.rounds} rounds of ${perRound}${slowAnswers(answerMs)}.`,
    `Give at least ${Math.ceil((overhead + blocks * leastKeepMs) / 1000)} s, or fewer rounds or targets.`,
  );
}

/** Said only where the answers are why. */
const slowAnswers = (answerMs: Millis): string =>
  answerMs < 1000 ? '' : `, as an answer was seen to take ${formatSeconds(answerMs / 1000)}`;

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
        warmUpMs: index < openingRounds ? timing.openMs : timing.settleMs,
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
