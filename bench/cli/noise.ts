import { dirname } from 'node:path';
import { messageOf } from '../base/errors.ts';
import { compareSides } from '../compare/compare-sides.ts';
import {
  detectableHere,
  noiseRecord,
  noiseUnder,
  type Load,
  type Noise,
  type NoiseRecord,
} from '../compare/noise.ts';
import { sidesOf } from '../compare/sides-of.ts';
import { practicalEffect } from '../compare/thresholds.ts';
import type { Plan } from '../plan/plan.ts';
import { isUntrustworthy } from '../base/distrust.ts';
import type { Manifest } from '../samples/manifest.ts';
import type { Series } from '../samples/series.ts';
import type { Io } from './io.ts';
import { keepNoise, noiseFile, readNoise } from './noise-file.ts';

/** Keeps what an A/A run says of this machine, and puts it in words with what earlier ones said. */
export async function keepAa(
  manifest: Manifest,
  series: readonly Series[],
  io: Io,
): Promise<string> {
  const [baseline, candidate] = sidesOf(manifest, series);
  if (baseline === undefined || candidate === undefined) return '';
  const comparison = compareSides(baseline, candidate, 'same-rounds');
  const alarms = comparison.cells.filter(
    ({ verdict }) => verdict === 'faster' || verdict === 'slower',
  );
  const here = `A/A: ${comparison.cells.length} verdicts on a target against itself, ${alarms.length} of them false alarms.`;
  if (manifest.state !== 'complete' || manifest.warnings.some(isUntrustworthy))
    return `${here} The run is not kept as this machine's noise: it is not trustworthy.`;
  const load = loadOf(manifest.plan);
  const record = noiseRecord(manifest, load, comparison);
  const noise = noiseUnder(await kept(record, io), load);
  return noise === undefined ? here : `${here} ${inWords(noise, manifest.plan)}`;
}

/** A cache that can't be written is no reason to lose the results of a run. */
async function kept(record: NoiseRecord, { env, err }: Io): Promise<readonly NoiseRecord[]> {
  try {
    return await keepNoise(env, record);
  } catch (error) {
    const folder = dirname(noiseFile(env));
    err.write(
      `note The run is not kept as this machine's noise: ${folder} can't be written (${messageOf(error)}). Set XDG_CACHE_HOME to a folder that can.\n`,
    );
    return [];
  }
}

/** What the A/A runs of this machine say of a run like this one; undefined if there was none. */
export async function knownNoise(plan: Plan, { env }: Io): Promise<string | undefined> {
  const noise = noiseUnder(await readNoise(env), loadOf(plan));
  return noise && inWords(noise, plan);
}

const loadOf = ({ scenarios, blocks, rate }: Plan): Load => ({
  scenarios: scenarios.map(({ name }) => name),
  wanted: blocks[0]?.wanted ?? 0,
  rate,
});

/** `On this machine 3 A/A runs raised 0 false alarms in 24 verdicts; … slower by 12 % at cdg, 5 % at ord.` */
function inWords(noise: Noise, { vantages, rounds, targets, scenarios }: Plan): string {
  const family = scenarios.length * (2 * vantages.length + 1);
  const effects = detectableHere(noise, { vantages, rounds, family });
  const runs = `${noise.runs} A/A ${noise.runs === 1 ? 'run' : 'runs'}`;
  const said = `On this machine ${runs} raised ${noise.falseAlarms} false alarms in ${noise.verdicts} verdicts`;
  if (effects.length === 0 || targets.length < 2) return `${said}.`;
  const found = effects.map(({ vantage, effect }) => `${percentOf(effect, vantage)} at ${vantage}`);
  return `${said}; with that noise ${rounds} rounds find a median that is slower by ${found.join(', ')}.`;
}

/** Less than what counts is never called. */
function percentOf(effect: number, vantage: string): string {
  const counts = practicalEffect({ vantage, quantile: 'p50' });
  return `${(100 * Math.max(effect, counts)).toFixed(0)} %`;
}
