import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchError } from '../../../base/errors.ts';
import type { RegionCode } from '../../../world/regions.ts';
import { writeWhole } from '../../../samples/write-whole.ts';
import type { ProviderEvents } from '../../provider.ts';
import type { Flyctl } from './flyctl.ts';
import { holds, primaryOf, surplusRegions } from './holds.ts';
import type { Look } from './look.ts';
import type { Memory } from './remember.ts';
import { isNoCapacity } from './trouble.ts';
import { passwordWord, primaryWord, surplusWord, type FlyStep, type Step } from './step.ts';
import { waitHealthy, type Patience } from './wait-healthy.ts';

/** What steps are carried out with. */
export interface Tools {
  readonly flyctl: Flyctl;
  readonly look: Memory;
  readonly events: ProviderEvents;
  readonly patience: Patience;
}

/**
 * Carries out the steps of one topology; what is done already is left out, so that a second call goes on where a first
 * one stopped. Returns the regions that had no room; the first region must have it. Throws a BenchError.
 */
export async function carryOut(
  steps: readonly Step[],
  primary: RegionCode,
  { flyctl, look, events, patience }: Tools,
  signal: AbortSignal,
): Promise<RegionCode[]> {
  const full = new Set<RegionCode>();
  const password = randomBytes(24).toString('hex');
  for (const step of steps) {
    signal.throwIfAborted();
    if (step.kind === 'file') {
      await mkdir(dirname(step.path), { recursive: true });
      await writeWhole(step.path, step.text);
    } else if (step.kind === 'health') {
      const regions = step.regions.filter((region) => !full.has(region));
      const done = events.step(step.title);
      await waitHealthy({ ...step, regions }, look, patience, signal);
      done();
    } else if (step.region === undefined || !full.has(step.region)) {
      if (await holds(step.purpose, look)) continue;
      const done = events.step(step.title);
      try {
        await runStep(step, password, flyctl, look, signal);
        done();
      } catch (error) {
        if (step.region === undefined || step.region === primary || !isNoCapacity(error))
          throw error;
        full.add(step.region);
        done('no room there');
      }
    }
  }
  return [...full];
}

/** A command that failed although it did what it is for (its last answer got lost, say) has not failed. */
async function runStep(
  step: FlyStep,
  password: string,
  flyctl: Flyctl,
  look: Memory,
  signal: AbortSignal,
): Promise<void> {
  const words = await wordsOf(step, password, look);
  const fill = (text: string): string =>
    [...words].reduce((filled, [word, value]) => filled.replaceAll(word, value), text);
  try {
    await flyctl.run(step.args.map(fill), {
      ...(step.input === undefined ? {} : { input: fill(step.input) }),
      hide: [password],
      signal,
    });
    look.forget(step.purpose.app);
  } catch (error) {
    look.forget(step.purpose.app);
    if (signal.aborted) throw error;
    if (!(await holds(step.purpose, look).catch(() => false))) throw error;
  }
}

async function wordsOf(
  { args, purpose }: FlyStep,
  password: string,
  look: Look,
): Promise<ReadonlyMap<string, string>> {
  const words = new Map([[passwordWord, password]]);
  if (args.includes(primaryWord) && purpose.is === 'machine') {
    const primary = primaryOf(await look.machines(purpose.app));
    if (primary === undefined)
      throw new BenchError(
        'fault',
        `None of the machines of ${purpose.app} says that it is the primary.`,
        `See \`fly status -a ${purpose.app}\`; once one does, run the same command again.`,
      );
    words.set(primaryWord, primary.id);
  }
  if (args.includes(surplusWord) && purpose.is === 'nowhere else')
    words.set(surplusWord, (await surplusRegions(purpose.app, purpose.regions, look)).join(','));
  return words;
}
