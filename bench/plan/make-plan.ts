import { BenchError } from '../base/errors.ts';
import { seededRandom } from '../base/random.ts';
import type { Millis } from '../base/units.ts';
import type { BenchConfig } from '../config/config.ts';
import { makeWorld } from '../world/world.ts';
import { planSchema, type Plan, type PlannedBlock, type PlannedTarget } from './plan.ts';
import { interleave, type Pairing } from './rounds.ts';

/** Long enough for anything that answers; a slower request is an error, never a latency. */
const requestTimeoutMs = 10_000;
/** Every connection opens in the first round and stays warm; later rounds only need the load to settle. */
const openingRounds = 1;
const settleMs = 800;
/** A shorter block has too few samples for a median at any rate in use. */
const leastKeepMs = 500;

/** Decides the whole measurement. The same configuration gives the same plan, byte for byte. */
export function makePlan(config: BenchConfig): Plan {
  const targets: PlannedTarget[] = [
    ...config.topologies.map(({ name }) => ({ kind: 'topology' as const, name })),
    ...config.targets.map(({ name, url }) => ({ kind: 'url' as const, name, url })),
  ];
  const pairings = targets.flatMap(({ name: target }) =>
    config.scenarios.map(({ name: scenario }) => ({ target, scenario })),
  );
  const rounds = interleave(pairings, config.rounds, seededRandom(config.seed).fork('order'));
  const timing = timingOf(config, pairings.length);
  const blocks = schedule(rounds, timing, config.rate);
  return {
    schema: planSchema,
    seed: config.seed,
    profile: config.profile,
    primary: config.primary,
    vantages: config.regions,
    targets,
    scenarios: config.scenarios,
    rounds: config.rounds,
    rate: config.rate,
    vus: timing.vus,
    requestTimeoutMs,
    blocks,
    durationMs: endOf(blocks),
  };
}

interface Timing {
  readonly vus: number;
  readonly openMs: Millis;
  readonly keepMs: Millis;
  readonly drainMs: Millis;
}

function timingOf(config: BenchConfig, perRound: number): Timing {
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
  const world = makeWorld(config.regions, config.rttOverrides);
  const longest = Math.max(...config.regions.map((region) => world.rtt(region, config.primary)));
  const crossings = Math.max(
    ...config.scenarios.map(({ env, steps }) => Number(env['QUERIES'] ?? 3 * steps.length) + 1),
  );
  return longest * crossings + 100;
}

function schedule(rounds: readonly Pairing[][], timing: Timing, rate: number): PlannedBlock[] {
  const blocks: PlannedBlock[] = [];
  rounds.forEach((pairings, round) => {
    pairings.forEach(({ target, scenario }, order) => {
      blocks.push({
        round,
        order,
        target,
        scenario,
        startMs: endOf(blocks),
        warmUpMs: round < openingRounds ? timing.openMs : settleMs,
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
