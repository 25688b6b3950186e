import { BenchError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { flySchema, type FlySettings } from '../../config/fly-settings.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { agree, goOn, NotAgreed } from '../agree.ts';
import { expectedLoad } from '../fly/expected-load.ts';
import type { Io } from '../io.ts';
import type { NamedNow } from './named-now.ts';

/** Where machines would be rented, and what of it only the run folder names. */
export interface Account {
  readonly settings: Pick<FlySettings, 'app' | 'org' | 'size' | 'stage'>;
  readonly unnamed: readonly string[];
}

/** The user's own settings, and those of the run where they say otherwise. Throws a BenchError (usage) for odd names. */
export function accountOf(fly: NonNullable<Manifest['fly']>, { fly: own }: NamedNow): Account {
  const { app, org, size, stage } = fly;
  const parsed = flySchema.safeParse({
    ...{ app, size },
    ...(org === undefined ? {} : { org }),
    ...(stage === undefined ? {} : { stage }),
  });
  if (!parsed.success)
    throw new BenchError(
      'usage',
      'The run folder names an app, an organisation or a size that bench would not rent.',
      'Measure a second run yourself, and hand it over with --confirmation DIR, or leave it: --no-confirm.',
    );
  const settings = {
    ...{ app, size },
    ...(org === undefined ? {} : { org }),
    ...(stage === undefined ? {} : { stage }),
  };
  const names = [
    app === own.app ? '' : `the Fly app ${app}`,
    org === own.org ? '' : `the organisation ${org ?? 'that owns the app'}`,
    size === own.size ? '' : `machines of size ${size}`,
    stage === own.stage ? '' : `the ${stage ?? 'plain'} deployment of the topologies`,
  ];
  return { settings, unnamed: names.filter((name) => name !== '') };
}

/**
 * Says what of a measurement only the run folder names, and asks whether it is meant. Throws a BenchError (usage) if
 * not, or if nobody can be asked: the run is then judged without it.
 */
export async function agreeToNames(
  unnamed: readonly string[],
  plan: Plan,
  { yes }: NamedNow,
  io: Io,
): Promise<void> {
  if (unnamed.length === 0) return;
  const { requests, seconds } = expectedLoad(plan);
  const what = `Measuring again would use what only the run folder names: ${unnamed.map(visible).join(', ')}; about ${requests} requests in ${Math.round(seconds)} s.`;
  if (yes) io.err.write(`note ${what}\n`);
  const fix =
    'If they are yours, name them: --target name=URL, or in fly.bench.toml; or say --yes.';
  try {
    await agree({ ...goOn, what, fix }, { yes, io });
  } catch (error) {
    if (!(error instanceof NotAgreed)) throw error;
    throw new BenchError('usage', error.message, fix, { cause: error });
  }
}
