import { ProblemsError } from '../../base/errors.ts';
import { flySettings } from '../../config/fly-settings.ts';
import type { Settings, Where } from '../../config/settings.ts';
import type { Allowance } from '../fly/consent-to.ts';
import { readFileOf } from '../load-config.ts';
import type { GateFlags } from './flags.ts';
import { namedNow, type NamedNow } from './named-now.ts';

/** What the gate was told, flags over file, and where each was said. Names are not checked yet: the run knows them. */
export interface GateRequest {
  readonly flags: GateFlags;
  /** The file's, for the budgets and the names in it. */
  readonly file: Settings;
  /** `--control`, or `fly.bench.toml:40 [bench] gate.control`. */
  readonly where: Where;
  /** Folder of the accepted runs; `named`: somebody asked for this one. */
  readonly baseline: { readonly dir: string; readonly named: boolean };
  readonly baselineTarget: string | undefined;
  readonly control: string | undefined;
  readonly inconclusive: 'pass' | 'fail' | undefined;
  /** With what it may be measured again. */
  readonly named: NamedNow;
  /** What measuring again on Fly may cost. */
  readonly allowance: Allowance;
}

const defaultBaseline = 'reports/baseline';

/** Throws a ProblemsError with everything that is wrong in the file. */
export async function readSettings(
  flags: GateFlags,
  environment: NodeJS.ProcessEnv,
): Promise<GateRequest> {
  const file = await readFileOf(flags);
  if (file.problems.length > 0) throw new ProblemsError(file.problems);
  const said = file.settings.gate ?? {};
  return {
    flags,
    file: file.settings,
    where: (key) => flagFor(key, flags) ?? file.where(key),
    baseline: {
      dir: flags.baseline ?? said.baseline ?? defaultBaseline,
      named: flags.baseline !== undefined,
    },
    baselineTarget: flags.baselineTarget ?? said.baseline_target,
    control: flags.control ?? said.control,
    inconclusive: flags.inconclusive ?? said.inconclusive,
    named: namedNow(flags, file.settings, environment),
    allowance: {
      maxCostUsd: flags.maxCost ?? flySettings(file.settings.fly).maxCostUsd,
      yes: flags.yes === true,
    },
  };
}

function flagFor(key: string, flags: GateFlags): string | undefined {
  if (key === 'gate.candidate') return '--candidate';
  if (key === 'gate.control' && flags.control !== undefined) return '--control';
  if (key === 'gate.baseline_target' && flags.baselineTarget !== undefined)
    return '--baseline-target';
  return undefined;
}
