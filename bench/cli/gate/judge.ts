import { BenchError } from '../../base/errors.ts';
import type { AcceptedRun } from '../../compare/baseline/baseline.ts';
import { confirmed, regressionAgainst, type Against } from '../../compare/gate/against.ts';
import { flaggedVantages } from '../../compare/gate/flagged-vantages.ts';
import { judgeRun } from '../../compare/gate/judge-run.ts';
import type { Judgement } from '../../compare/gate/judgement.ts';
import type { Regression } from '../../compare/gate/regression.ts';
import { trendsOf, type Trend } from '../../compare/gate/trend.ts';
import type { Side } from '../../compare/side.ts';
import { sidesOf } from '../../compare/sides-of.ts';
import type { Io } from '../io.ts';
import type { LoadedRun } from '../load-run.ts';
import { checkNames, unmeasuredBudgets } from './check-names.ts';
import { freshRounds } from './fresh-rounds.ts';
import { distrustOf, gapsOf } from './quality.ts';
import type { GateRequest } from './settings.ts';
import { usableBaseline, type UsableBaseline } from './usable-baseline.ts';

/** Judges a run by everything that was asked for; measures what looks slower again, unless told not to. */
export async function judge(loaded: LoadedRun, request: GateRequest, io: Io): Promise<Judgement> {
  const { run, series, staleReads } = loaded;
  const { manifest } = run;
  checkNames(request, manifest.plan);
  const sides = sidesOf(manifest, series);
  const saved = await usableBaseline(request, manifest);
  const against = againstOf(request, saved, manifest.runId);
  const candidates = candidatesOf(request, sides);
  refuseNothing(request, against, saved);
  const first = regressionAgainst(against, sides, candidates);
  const doubt = distrustOf(run);
  // Nobody measures for minutes to confirm what can't be believed anyway.
  const { regression, notes } =
    doubt !== undefined
      ? { regression: first, notes: [] }
      : await secondStage(first, against, candidates, loaded, request, io);
  const judgement = judgeRun({
    run: { manifest, outcomes: run.outcomes, series, staleReads },
    ...{ sides, candidates, distrust: doubt === undefined ? [] : [doubt.sentence] },
    budgets: request.file.budgets,
    regression,
    trends: trends(request, saved, loaded, sides, candidates),
    gaps: gapsOf(run),
    notes: [...saved.notes, ...unmeasuredBudgets(request, manifest.plan), ...notes],
  });
  refuseEmpty(judgement);
  return judgement;
}

/** A gate that looked at nothing must not look like one that found nothing. */
function refuseEmpty({ outcome, budgets, regression }: Judgement): void {
  const checks = regression.method === 'none' ? 0 : regression.checks.length;
  if (outcome !== 'passed' || budgets.length + checks > 0) return;
  throw new BenchError(
    'usage',
    'Nothing in this run can be judged: no budget is about it, and no target is left to compare.',
    'Check the names in [bench.budgets] and --candidate, and that the run measured more than the baseline.',
  );
}

/** In the specification's order of preference. */
function againstOf(request: GateRequest, saved: UsableBaseline, runId: string): Against {
  if (request.baselineTarget !== undefined)
    return { kind: 'baseline-target', target: request.baselineTarget };
  if (request.control !== undefined) {
    const accepted: readonly AcceptedRun[] = saved.baseline?.window ?? [];
    const others = accepted.filter((run) => run.runId !== runId);
    return { kind: 'control', target: request.control, accepted: others };
  }
  const reason =
    saved.baseline === undefined
      ? 'Regressions are not judged: there is no baseline. Name a target of the same rounds with --baseline-target, or accept runs and name a --control.'
      : 'Regressions are not judged: the accepted runs are of other days, so a target that never changes must stand between them and this run. Name it with --control.';
  return { kind: 'nothing', reason };
}

function candidatesOf({ flags, baselineTarget, control }: GateRequest, sides: readonly Side[]) {
  const names = sides.map(({ target }) => target);
  return flags.candidate ?? names.filter((name) => name !== (baselineTarget ?? control));
}

function refuseNothing(request: GateRequest, against: Against, saved: UsableBaseline): void {
  if (request.file.budgets !== undefined || against.kind !== 'nothing') return;
  const what = 'There is nothing to judge by: no budgets, and ';
  if (saved.baseline === undefined)
    throw new BenchError(
      'usage',
      `${what}no baseline.`,
      'Write [bench.budgets] into fly.bench.toml, or name a --baseline-target of the run.',
    );
  throw new BenchError(
    'usage',
    `${what}no target that ties the run to the accepted ones, which are of other days.`,
    'Name one that never changes with --control, or write [bench.budgets] into fly.bench.toml.',
  );
}

async function secondStage(
  first: Regression,
  against: Against,
  candidates: readonly string[],
  { run }: LoadedRun,
  request: GateRequest,
  io: Io,
): Promise<{ readonly regression: Regression; readonly notes: readonly string[] }> {
  if (first.method === 'none') return { regression: first, notes: [] };
  const vantages = flaggedVantages(first.checks, run.manifest.plan.vantages);
  if (vantages.length === 0) return { regression: first, notes: [] };
  const fresh = await freshRounds(run, vantages, request, io);
  return {
    regression: confirmed(first, against, candidates, fresh),
    notes: fresh.state === 'measured' ? (fresh.notes ?? []) : [],
  };
}

function trends(
  { baselineTarget, control }: GateRequest,
  { baseline }: UsableBaseline,
  { run }: LoadedRun,
  sides: readonly Side[],
  candidates: readonly string[],
): Trend[] {
  const reference = baselineTarget ?? control;
  if (baseline === undefined || reference === undefined) return [];
  const { runId, startedAtIso } = run.manifest;
  return trendsOf({ runId, startedAtIso, sides }, reference, candidates, baseline);
}
