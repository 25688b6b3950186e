import { readFile } from 'node:fs/promises';
import { BenchError } from '../../base/errors.ts';
import { bundleScenarios, type Bundle } from '../../k6/bundle.ts';
import type { UrlOf } from '../../plan/k6-options.ts';
import { leaveOut } from '../../plan/make-plan.ts';
import type { ReadyPlan } from '../../run/execute.ts';
import { tryScripts } from '../../run/try-scripts.ts';
import type { RunFolder } from '../../samples/run-folder.ts';
import type { Measurement } from '../measure.ts';
import type { Progress } from '../progress.ts';

/** A world that is up, and the scripts that are to run in it. */
export interface Ready {
  readonly measurement: Measurement;
  readonly bundle: Bundle;
  /** Path of a k6 on this machine. */
  readonly k6: string | undefined;
  readonly urlOf: UrlOf;
  /** The vantages have no access to the files of this machine. */
  readonly isElsewhere: boolean;
  readonly folder: RunFolder;
}

/** Tries users' scripts before anything is measured, and plans for how long they take. */
export async function readyPlan(
  ready: Ready,
  progress: Progress,
  signal: AbortSignal,
): Promise<ReadyPlan> {
  const { measurement, bundle, k6, urlOf, isElsewhere } = ready;
  const { plan, replan } = measurement;
  if (isElsewhere) refuseFiles(bundle, k6 !== undefined);
  if (!plan.scenarios.some(({ own }) => own === true)) return { plan, setupMs: 0 };
  if (k6 === undefined) {
    progress.note('The script was not tried first: there is no k6 on this machine (bench doctor).');
    return { plan, setupMs: 0 };
  }
  const done = progress.step('Trying the script once');
  const tried = await tryScripts(
    { plan, k6, script: bundle.script, imports: bundle.imports, urlOf },
    signal,
  );
  done();
  if (tried === undefined) return { plan, setupMs: 0 };
  if (tried.replaced.length > 0)
    progress.note(
      `The plan takes the place of the script's ${tried.replaced.join(', ')}: ${plan.rate} iterations a second from each region, on each target in turn.`,
    );
  const { scenarios } = tried.plan;
  const timed = replan?.({ answerMs: tried.iterationMs }) ?? plan;
  return {
    plan: leaveOut({ ...timed, scenarios }, tried.failed),
    setupMs: tried.setupMs,
    bundle: isElsewhere ? await withFiles(ready, tried.opened) : undefined,
  };
}

/** So much of a script's data goes along with it. */
const mostBytes = 512 * 1024;

/** The script with the contents of what it opens in it. */
async function withFiles(
  { measurement: { plan }, folder }: Ready,
  opened: readonly string[],
): Promise<string | undefined> {
  if (opened.length === 0) return undefined;
  const contents = await Promise.all(opened.map((file) => readFile(file)));
  const bytes = contents.reduce((sum, { length }) => sum + length, 0);
  if (bytes > mostBytes)
    throw new BenchError(
      'usage',
      `The script opens ${Math.ceil(bytes / 1024)} kB of files; ${mostBytes / 1024} kB can be sent along to machines elsewhere.`,
      'Take a part of the data, or have the script fetch it in setup().',
    );
  const files = Object.fromEntries(
    opened.map((file, i) => [file, contents[i]?.toString('base64') ?? '']),
  );
  const targets = plan.targets.map(({ name }) => name);
  const { script } = await bundleScenarios(plan.scenarios, targets, files);
  return folder.writeScript(script);
}

function refuseFiles({ imports, opensFiles }: Bundle, canTry: boolean): void {
  if (imports.includes('k6/experimental/fs'))
    throw new BenchError(
      'usage',
      'The script opens files with k6/experimental/fs, which are not on the machines elsewhere.',
      'Use open(), whose files are sent along.',
    );
  if (opensFiles && !canTry)
    throw new BenchError(
      'usage',
      'The script opens files, and without a k6 on this machine it is not known which to send along.',
      'Have k6 installed here first: `bench doctor` shows how.',
    );
}
