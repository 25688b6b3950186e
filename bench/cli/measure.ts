import type { LeftBehind } from '../base/errors.ts';
import type { Warning } from '../base/warnings.ts';
import { bundleScenarios } from '../k6/bundle.ts';
import { formatSeconds } from '../base/units.ts';
import { measuredAgain, moreRounds } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Millis } from '../base/units.ts';
import { readyPlan } from './measure/ready-plan.ts';
import { judgeCalibration } from '../providers/local/judge-calibration.ts';
import type { WorldRequest } from '../providers/provider.ts';
import { execute, type MeasuredPart } from '../run/execute.ts';
import { moreRoundsFor, type MoreRounds } from '../run/more-rounds.ts';
import { moreTimeFor, type MoreTime } from '../run/more-time.ts';
import { startRecord, type Beginning, type Record, type Refused } from '../run/record.ts';
import { describeStandstill } from '../run/watch-standstills.ts';
import { manifestSchema, type Manifest } from '../samples/manifest.ts';
import type { KnownOfRun } from '../samples/open-run.ts';
import { describeFailure } from '../samples/part-failure.ts';
import { createRunFolder } from '../samples/run-folder.ts';
import { summariseRounds } from '../stats/summary.ts';
import { pairKey, regions } from '../world/regions.ts';
import type { World } from '../world/world.ts';
import type { MakeEngine } from './engine.ts';
import { environmentOf } from './environment.ts';
import { refuseToken } from './fly/refuse-token.ts';
import type { Io } from './io.ts';
import type { Progress } from './progress.ts';
import { versionsInUse } from './versions.ts';

/** What is measured, and where it is kept. */
export interface Measurement {
  readonly plan: Plan;
  readonly world: WorldRequest;
  readonly runId: string;
  /** The run that it is to confirm or refute. */
  readonly confirms?: string;
  readonly startedAt: Date;
  readonly dir: string;
  /** Whether rounds may be added: for those that don't count, and for intervals that are too wide. */
  readonly mayGrow: boolean;
  readonly engine: MakeEngine;
  /** What is known before and must travel with the results. */
  readonly warnings?: readonly Warning[];
  /** The plan once it is known how long an answer or a script's iteration takes; absent: the plan stays as it is. */
  readonly replan?: (seen: { readonly answerMs: Millis }) => Plan;
}

/** A run that was measured and kept. */
export interface Measured {
  readonly dir: string;
  readonly manifest: Manifest;
  /** Why not everything that was rented or started for it is gone. */
  readonly left?: LeftBehind;
  /** Where not all of it could be kept: why, and what is in memory alone. */
  readonly unkept?: { readonly error: unknown; readonly known: KnownOfRun } | undefined;
}

/** Measures and keeps the run. */
export async function measure(
  measurement: Measurement,
  progress: Progress,
  io: Io,
): Promise<Measured> {
  const { plan, world, runId, confirms, startedAt, mayGrow } = measurement;
  const { warnings: known = [] } = measurement;
  const command = ['bench', ...process.argv.slice(2)];
  refuseToken({ command, plan }, io.env);
  const targets = plan.targets.map(({ name }) => name);
  const bundle = await bundleScenarios(plan.scenarios, targets);
  const { provider, k6, k6Version, facts } = await measurement.engine(runId, progress, io);
  const { notes, ...environment } = environmentOf({
    ...{ env: io.env, provider: facts.provider, targets: plan.targets, reads: bundle.envNames },
    settings: plan.scenarios.flatMap(({ env }) => Object.keys(env)),
  });
  for (const note of notes) progress.remark(note);
  const folder = await createRunFolder(measurement.dir);
  const beginning: Beginning = {
    schema: manifestSchema,
    runId,
    ...(confirms === undefined ? {} : { confirms }),
    startedAtIso: startedAt.toISOString(),
    command,
    ...(notes.length === 0 ? {} : { environment }),
    ...facts,
    versions: await versionsInUse(k6Version),
    plan,
    scripts: bundle.digests,
    rtt: rttInForce(world.world),
    ...newRegions(world.world),
  };
  try {
    const record = await startRecord(folder, beginning);
    const growth = growing(record, progress, mayGrow, io.signal);
    const { calibrations, machines, left } = await execute({
      plan,
      provider,
      world,
      bundle: await folder.writeScript(bundle.script),
      hasSummary: bundle.hasSummary,
      ready: (urlOf) =>
        readyPlan(
          { measurement, bundle, k6, urlOf, isElsewhere: facts.provider !== 'local', folder },
          progress,
          io.signal,
        ),
      rowsFile: (vantage, part) => folder.samplesFile(vantage, part),
      next: growth,
      seeLinks: (readings) => {
        record.addLinks(readings);
      },
      partFailed: (failure) => {
        record.addFailure(failure);
        progress.remark(describeFailure(failure));
      },
      stoodStill: (standstill) => {
        const { fromMs, toMs } = standstill;
        record.addStandstill({ fromMs, toMs });
        progress.remark(describeStandstill(standstill));
      },
      events: {
        ...progress,
        measuring: (part, startAt) => {
          record.begin(part, startAt);
          progress.measuring(part, startAt);
        },
      },
      signal: io.signal,
    });
    const warnings: Warning[] = [
      ...known,
      ...calibrations.flatMap((each) => judgeCalibration(each, (link) => record.watched(link))),
    ];
    const manifest = await record.finish({ calibrations, machines }, io.signal.aborted, warnings);
    return {
      ...{ dir: folder.dir, manifest, unkept: unkept(manifest, record.refused()) },
      ...(left === undefined ? {} : { left }),
    };
  } catch (error) {
    await folder.discardIfEmpty();
    throw error;
  }
}

const unkept = (manifest: Manifest, refused: Refused | undefined): Measured['unkept'] =>
  refused && { error: refused.error, known: { manifest, outcomes: refused.outcomes } };

/** Keeps each part, and decides whether another one follows. */
function growing(
  record: Record,
  progress: Progress,
  mayGrow: boolean,
  signal: AbortSignal,
): (part: MeasuredPart) => Promise<Plan | undefined> {
  let replaced = 0;
  return async (part) => {
    await record.add(part);
    const alive = record.alive();
    if (part.rest !== undefined && !signal.aborted && alive.length > 0) {
      progress.note('going on with the rounds that had not begun');
      return { ...part.rest, vantages: alive };
    }
    if (!mayGrow || signal.aborted || alive.length === 0) return undefined;
    const plan = record.plan();
    const time = part.part === 0 ? moreTimeFor(plan, record.blocks()) : undefined;
    if (time !== undefined) {
      const again = measuredAgain(plan, time.again, alive);
      progress.note(whyAgain(time, again));
      return again;
    }
    const medians = plan.untilCi === undefined ? [] : await mediansOf(record);
    const more = moreRoundsFor({ plan, blocks: record.blocks(), replaced, medians });
    if (more === undefined) return undefined;
    if (more.why === 'invalid') replaced += more.rounds;
    progress.note(reason(more, plan));
    return { ...moreRounds(plan, more.rounds), vantages: alive };
  };
}

function whyAgain({ why }: MoreTime, plan: Plan): string {
  const rounds = `measuring all ${plan.rounds - (plan.supersededRounds ?? 0)} rounds again`;
  const takes = `this takes ${formatSeconds(plan.durationMs / 1000)}`;
  const timeout = formatSeconds(plan.requestTimeoutMs / 1000);
  switch (why) {
    case 'cut':
      return `some answers take longer than was planned: ${rounds}, with up to ${timeout} for each; ${takes}`;
    case 'busy':
      return `an iteration takes longer than was planned: ${rounds}, with more virtual users; ${takes}`;
    case 'endless':
      return `the bodies of answers do not end: ${rounds}, each request for ${timeout} at most; ${takes}`;
  }
}

function reason({ why, rounds }: NonNullable<MoreRounds>, { untilCi = 0 }: Plan): string {
  const n = `${rounds} ${rounds === 1 ? 'round' : 'rounds'}`;
  return why === 'invalid'
    ? `${n} did not count at some vantage: measuring as many again`
    : `some medians are not yet within ± ${(100 * untilCi).toFixed(1)} %: measuring ${n} more`;
}

async function mediansOf(record: Record) {
  const series = await record.series();
  return (
    series
      .filter(({ temperature }) => temperature === 'warm')
      .flatMap(({ rounds }) => summariseRounds(rounds).p50 ?? [])
      // More rounds make no lower bound a figure.
      .filter(({ isLowerBound }) => isLowerBound !== true)
  );
}

function rttInForce(world: World): Manifest['rtt'] {
  const codes = world.regions.map(({ code }) => code);
  const pairs = codes.flatMap((a, i) => codes.slice(i + 1).map((b) => [a, b] as const));
  return Object.fromEntries(
    pairs.map(([a, b]) => [pairKey(a, b), { ms: world.rtt(a, b), source: world.source(a, b) }]),
  );
}

/** Whoever reads the run can't know them. */
function newRegions(world: World): Pick<Manifest, 'regions'> {
  const unlisted = world.regions.filter(({ code }) => !regions.has(code));
  if (unlisted.length === 0) return {};
  const places = unlisted.map(({ code, city, lat, lon }) => [code, { city, lat, lon }] as const);
  return { regions: Object.fromEntries(places) };
}
