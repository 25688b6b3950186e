import { seededRandom } from '../../../base/random.ts';
import { sidesOf } from '../../../compare/sides-of.ts';
import type { Side } from '../../../compare/side.ts';
import { interleave, type Pairing } from '../../../plan/rounds.ts';
import type { Series } from '../../../samples/series.ts';
import { syntheticPlan } from '../../support/synthetic-run.ts';
import { gaussian } from './gaussian.ts';
import type { Latencies } from './latencies.ts';
import { autoregressive, levels, type Noise } from './noise.ts';

/** A run that was never measured: everything that decides its samples, but the seed. */
export interface Design {
  readonly latencies: Latencies;
  readonly noise: Noise;
  readonly targets: readonly string[];
  readonly vantages: readonly string[];
  readonly rounds: number;
  /** Samples kept in each block. */
  readonly kept: number;
  /** How many times as long as the others this target takes here; 1 unless told. */
  readonly factor?: (target: string, vantage: string) => number;
  /** `planned`: interleaved as bench/plan does it. `in-sequence`: all rounds of one target, then those of the next. */
  readonly order?: 'planned' | 'in-sequence';
}

/** The gate's design: two targets at four vantages, ten rounds of a hundred. */
export const gateDesign = {
  targets: ['baseline', 'candidate'],
  vantages: ['cdg', 'ord', 'syd', 'scl'],
  rounds: 10,
  kept: 100,
} as const;

/** The series of a run, as they come out of a run folder. */
export function simulate(design: Design, seed: number): Series[] {
  const random = seededRandom(seed);
  const normal = gaussian(random);
  const { latencies, noise, targets, vantages, kept, factor = () => 1 } = design;
  return vantages.flatMap((vantage) => {
    const order = orderOf(design, seed);
    const slots = levels(noise, order.length, normal);
    return targets.map((target): Series => {
      const own = slots.filter((_, slot) => order[slot] === target);
      const rounds = own.map((level, round) => {
        const scale = factor(target, vantage) * Math.exp(level);
        const wave = noise.follows === 'requests' ? autoregressive(noise.phi, normal) : normal;
        const values = Array.from({ length: kept }, () => scale * latencies.draw(random, wave));
        return { round, values };
      });
      return { ...blank, target, vantage, rounds };
    });
  });
}

/** The targets of a run as sides of comparisons. */
export function sides(design: Design, series: readonly Series[]): Side[] {
  const plan = syntheticPlan({ targets: design.targets, vantages: design.vantages, rounds: 1 });
  return sidesOf({ runId: 'simulated', startedAtIso: '2026-11-21T12:00:00Z', plan }, series);
}

/** The target of each slot. */
function orderOf({ targets, rounds, order = 'planned' }: Design, seed: number): string[] {
  if (order === 'in-sequence')
    return targets.flatMap((target) => Array.from({ length: rounds }, () => target));
  const pairings = targets.map((target): Pairing => ({ target, scenario: 'search' }));
  const planned = interleave(pairings, rounds, seededRandom(seed).fork('order'));
  return planned.flat().map(({ target }) => target);
}

const blank = {
  ...{ scenario: 'search', metric: 'ttfb_warm', step: '' },
  ...{ errors: 0, excluded: 0, server: {} },
  temperature: 'warm' as const,
};
