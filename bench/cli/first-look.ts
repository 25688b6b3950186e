import { visible } from '../base/visible.ts';
import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { ProblemsError, type Problem } from '../base/errors.ts';
import type { Millis } from '../base/units.ts';
import type { Warning } from '../base/warnings.ts';
import type { BenchConfig, UrlTarget } from '../config/config.ts';
import { scenarios } from '../scenarios/index.ts';
import type { Io } from './io.ts';
import { checkTargets } from './target-check.ts';
import type { Rules } from './target-check/judge.ts';

/** What is measured after the first look, and what it showed. */
export interface FirstLook {
  /** Without the targets that can't be measured: they are in `leftOut`. */
  readonly config: BenchConfig;
  /** What must travel with the figures. */
  readonly warnings: readonly Warning[];
  /** The longest answer seen; undefined if nothing was looked at. */
  readonly answerMs?: Millis;
}

/**
 * Looks at the targets before any plan: what is wrong is said in seconds, not after all rounds. Targets that can't be
 * measured are left out, with a note. Throws with every problem at once if none is left, or with those that are `known`.
 */
export async function firstLook(
  config: BenchConfig,
  io: Io,
  targets: readonly UrlTarget[] = config.targets,
  known: readonly Problem[] = [],
): Promise<FirstLook> {
  if (targets.length + known.length === 0) return { config, warnings: [] };
  const judged = await checkTargets(targets, await rulesOf(config), {
    env: config.provider === 'fly' ? {} : io.env,
    isElsewhere: config.provider === 'fly',
    signal: io.signal,
  });
  const bad = judged.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [{ name, problem }],
  );
  const unseen = config.topologies.filter(({ name }) => !targets.some((t) => t.name === name));
  if (known.length > 0 || (bad.length === judged.length && unseen.length === 0))
    throw new ProblemsError([...known, ...bad.map(({ problem }) => problem)]);
  for (const { notes } of judged) for (const text of notes) io.err.write(`note ${visible(text)}\n`);
  for (const { name, problem } of bad)
    io.err.write(
      `note ${visible(name)} is left out: ${visible(problem.what)}.\n  fix ${visible(problem.fix)}\n`,
    );
  const lengths = judged.flatMap(({ answerMs }) => answerMs ?? []);
  return {
    config: {
      ...config,
      ...(bad.length === 0
        ? {}
        : { leftOut: new Map(bad.map(({ name, problem }) => [name, problem.what])) }),
    },
    warnings: judged.flatMap(({ warnings }) => warnings),
    ...(lengths.length === 0 ? {} : { answerMs: Math.max(...lengths) }),
  };
}

async function rulesOf({ scenarios: chosen, allowStatus, follow }: BenchConfig): Promise<Rules> {
  const own = chosen.filter(({ file }) => isAbsolute(file));
  const texts = await Promise.all(own.map(({ file }) => readFile(file, 'utf8').catch(() => '')));
  return {
    asksBase: chosen.some(({ file }) => scenarios.some((s) => s.file === file && s.asksBase)),
    isScript: own.length === chosen.length,
    skipsTls: texts.length > 0 && texts.every((text) => /insecureSkipTLSVerify/.test(text)),
    ...{ allowStatus, follow },
  };
}
