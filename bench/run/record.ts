import { BenchError } from '../base/errors.ts';
import type { UnixMillis } from '../base/units.ts';
import type { Warning } from '../base/warnings.ts';
import type { JobOutcome } from '../k6/job.ts';
import { readSamples, type ReadResult } from '../k6/output.ts';
import { joinPlans } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { bothSinks } from '../samples/both-sinks.ts';
import { collectSeries } from '../samples/collect.ts';
import type { CpuShare } from '../samples/invalidity.ts';
import { recordFiles } from '../samples/integrity.ts';
import type { LinkReading } from '../samples/links.ts';
import type { Manifest } from '../samples/manifest.ts';
import { offBlocksIn, spoiltBy, type Surroundings } from '../samples/block-spoiler.ts';
import type { OffBlock } from '../samples/off-blocks.ts';
import { failureWarning, type PartFailure } from '../samples/part-failure.ts';
import { whileRunning, type Standstill } from '../samples/standstill.ts';
import type { BlockOutcome, Outcomes } from '../samples/outcome.ts';
import { tallyOutcomes } from '../samples/outcomes.ts';
import { linkKey, type LinkName } from '../samples/probed-links.ts';
import { tallyScripts, withRequests } from '../samples/script-tally.ts';
import type { SampleSink } from '../samples/extra.ts';
import type { RunFolder } from '../samples/run-folder.ts';
import type { Series } from '../samples/series.ts';
import { isSuperseded, supersede } from '../samples/superseded.ts';
import type { Executed, MeasuredPart } from './execute.ts';
import { linkWarnings } from './link-warnings.ts';
import { byItsRows } from './rows-left.ts';
import { thresholdWarnings } from './threshold-warnings.ts';
import { busyWarnings, warningsOf } from './trust.ts';

/** What is known of a run before it begins. */
export type Beginning = Pick<
  Manifest,
  | 'schema'
  | 'runId'
  | 'confirms'
  | 'startedAtIso'
  | 'command'
  | 'environment'
  | 'provider'
  | 'via'
  | 'fly'
  | 'versions'
  | 'plan'
  | 'rtt'
  | 'regions'
  | 'scripts'
>;

/** Keeps a run, part by part; after each one the folder is readable, in case the run is cut. */
export interface Record {
  /** Notes what all vantages begin to measure, and when, in case nobody comes back to tell. */
  begin(plan: Plan, startAt: UnixMillis): void;
  /** What was measured so far. */
  plan(): Plan;
  blocks(): readonly BlockOutcome[];
  /** The vantages that can go on. */
  alive(): readonly string[];
  /** Judges every block of a part from its rows. */
  add(part: MeasuredPart): Promise<void>;
  /** Keeps what emulated links measure, as it comes. */
  addLinks(readings: readonly LinkReading[]): void;
  /** Keeps that a part ended, or stood still; called again when it goes on. */
  addFailure(failure: PartFailure): void;
  /** Keeps that the machine stood still. */
  addStandstill(standstill: Standstill): void;
  /** Whether the link was probed while the load ran. */
  watched(link: LinkName): boolean;
  /** The samples so far. */
  series(): Promise<readonly Series[]>;
  /** Completes the folder, unless not all could be kept. `more`: warnings from elsewhere. */
  finish(executed: Executed, interrupted: boolean, more: readonly Warning[]): Promise<Manifest>;
  /** Where the disk refused something: why, and the judgements, which may be nowhere else. */
  refused(): Refused | undefined;
}

export interface Refused {
  readonly error: unknown;
  readonly outcomes: Outcomes;
}

/** Begins the record of a run; the folder is readable from now on. */
export async function startRecord(folder: RunFolder, beginning: Beginning): Promise<Record> {
  let blocks: BlockOutcome[] = [];
  const found: Warning[] = [];
  const jobs = new Map<string, JobOutcome>();
  /** Vantages whose files break off: nothing can be put behind a break. */
  const broken = new Set<string>();
  let plan = beginning.plan;
  let startAt: UnixMillis | undefined;
  const added: number[] = [];
  const requests: Requests = new Map();
  let noted: Promise<void> = Promise.resolve();
  const links: LinkReading[] = [];
  let linksKept: Promise<unknown> = Promise.resolve();
  const off: OffBlock[] = [];
  const failures: PartFailure[] = [];
  const standstills: Standstill[] = [];
  /** What was measured before the part under way. */
  let before: Plan | undefined;
  let refused: { readonly error: unknown } | undefined;
  /** A disk that refuses something must not cost what was measured, nor what is still to be: it is told in the end. */
  const tryTo = (write: Promise<unknown>): Promise<unknown> =>
    write.catch((error: unknown) => (refused ??= { error }));

  const joined = (part: Plan, at: UnixMillis): Plan =>
    before === undefined ? part : joinPlans(before, part, at - (startAt ?? at));
  const series = async () => {
    const collector = collectSeries(plan, { blocks });
    for (const vantage of jobs.keys()) {
      const file = await folder.findRows(vantage);
      if (file !== undefined) await readRows(file, vantage, collector.from(vantage));
    }
    return collector.series();
  };
  const manifestNow = (): Manifest => ({
    ...beginning,
    ...(startAt === undefined ? {} : { startAt }),
    ...(added.length === 0 ? {} : { added: [...added] }),
    plan,
    endedAtIso: new Date().toISOString(),
    state: 'interrupted',
    calibrations: [],
    vantages: Object.fromEntries([...jobs].map(([vantage, job]) => [vantage, fateOf(job)])),
    warnings: [],
    ...(failures.length === 0 ? {} : { failures: [...failures] }),
    ...(standstills.length === 0 ? {} : { standstills: [...standstills] }),
  });
  const note = () => {
    // A disk that refuses this will refuse the rows too, and that is told.
    noted = noted.then(() => folder.writeManifest(manifestNow())).catch(() => undefined);
  };
  /** `changes` are asked for once the outcomes are written: they may say what the files hold. */
  const write = async (changes: () => Promise<Partial<Manifest>>): Promise<Manifest> => {
    await tryTo(folder.writeOutcomes({ blocks }));
    const manifest = { ...manifestNow(), ...(await changes()) };
    await tryTo(folder.writeManifest(manifest));
    return manifest;
  };

  await folder.writeManifest(manifestNow());
  return {
    begin: (part, at) => {
      before = startAt === undefined ? undefined : plan;
      plan = joined(part, at);
      blocks = supersede(plan, blocks);
      if (startAt !== undefined) added.push(part.blocks[0]?.round ?? 0);
      startAt ??= at;
      note();
    },
    plan: () => plan,
    blocks: () => blocks,
    alive: () =>
      plan.vantages.filter((vantage) => canGoOn(jobs.get(vantage)) && !broken.has(vantage)),
    addLinks: (readings) => {
      links.push(...readings);
      linksKept = linksKept.then(() => tryTo(folder.addLinks(readings)));
    },
    addFailure: (failure) => {
      const known = failures.findIndex(
        ({ part, fromMs }) => part === failure.part && fromMs === failure.fromMs,
      );
      if (known === -1) failures.push(failure);
      else failures[known] = failure;
      if (startAt !== undefined) note();
    },
    addStandstill: (standstill) => {
      standstills.push(standstill);
      if (startAt !== undefined) note();
    },
    watched: (link) => {
      const key = linkKey(link);
      const from = 1000 * (startAt ?? Infinity);
      return links.some((reading) => reading.atUs >= from && linkKey(reading) === key);
    },
    series,
    add: async (part) => {
      await noted;
      await linksKept;
      // Less than was begun, if it broke off.
      plan = joined(part.plan, part.startAt);
      const around = { failures, standstills, links };
      const run = { plan: part.plan, rtt: beginning.rtt };
      const offNow = offBlocksIn(run, part.startAt, around);
      off.push(...offNow);
      for (const [vantage, job] of part.jobs) {
        const read = await readPart(folder, part, vantage, job, around, offNow);
        blocks.push(...read.blocks);
        addRequests(requests, read.requests);
        found.push(...read.warnings);
        if (read.truncated || read.refused !== undefined) broken.add(vantage);
        if (read.refused !== undefined) refused ??= read.refused;
        jobs.set(vantage, together(jobs.get(vantage), read.job));
      }
      plan = withRequests(plan, requests);
      await tryTo(folder.addLag(whileRunning(part.lag, ({ lagMs }) => lagMs, standstills)));
      await write(() => Promise.resolve({}));
    },
    finish: async ({ calibrations, machines }, interrupted, more) => {
      // Rounds that replace others are not wanted on top of them.
      const rounds = beginning.plan.rounds + (plan.supersededRounds ?? 0);
      const asPlanned = { ...plan, rounds };
      const warnings: Warning[] = [
        ...leftOut(plan),
        ...failures.map(failureWarning),
        ...more,
        ...found,
        ...linkWarnings(off.filter(({ round }) => !isSuperseded(plan, round))),
        ...[...jobs].flatMap(([vantage, { cpu }]) => busyWarnings(vantage, cpu)),
        ...(interrupted ? [] : warningsOf(asPlanned, { blocks }, await series())),
        ...fateWarnings(jobs, blocks, interrupted),
        ...[...jobs].flatMap(([vantage, job]) => thresholdWarnings(vantage, job)),
        ...(beginning.provider === 'local' ? notEmulated(plan) : []),
      ];
      const failed = [...jobs.values()].some((job) => brokeOff(job) !== undefined);
      const isPartial = failed || leftOut(plan).length > 0;
      const state = interrupted ? 'interrupted' : isPartial ? 'partial' : 'complete';
      // An early manifest that is still being written must not replace the last one.
      await noted;
      await linksKept;
      const manifest = await write(async () => ({
        ...{ state, calibrations, warnings, files: await recordFiles(folder.unfinished) },
        ...(machines.length === 0 ? {} : { machines }),
      }));
      if (refused === undefined) await tryTo(folder.complete());
      return manifest;
    },
    refused: () => refused && { ...refused, outcomes: { blocks } },
  };
}

/** Scenario → request → how often it was seen. */
type Requests = Map<string, Map<string, number>>;

function addRequests(all: Requests, more: PartRead['requests']): void {
  for (const [scenario, counts] of more) {
    const known = all.get(scenario) ?? new Map<string, number>();
    for (const [step, count] of counts) known.set(step, (known.get(step) ?? 0) + count);
    all.set(scenario, known);
  }
}

interface PartRead {
  /** How it went, by what it left. */
  readonly job: JobOutcome;
  readonly blocks: readonly BlockOutcome[];
  readonly warnings: readonly Warning[];
  readonly requests: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly truncated: boolean;
  /** Why its rows could not be put with the others; they stay in their own file. */
  readonly refused?: { readonly error: unknown } | undefined;
}

/** Reads rows. `strange`: they are none of k6's at all, which must not cost the other vantages theirs. */
async function readRows(
  file: string,
  vantage: string,
  sink: SampleSink,
): Promise<ReadResult & { readonly strange?: { readonly reason: string } }> {
  try {
    return await readSamples(file, vantage, sink);
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    const strange = { reason: error.message.replace(/\.$/, '') };
    return { rows: 0, requests: 0, unreadable: 0, truncated: true, strange };
  }
}

/** Reads a vantage's rows of one part, and puts them with those of the parts before. */
async function readPart(
  folder: RunFolder,
  { plan, part, startAt }: MeasuredPart,
  vantage: string,
  job: JobOutcome,
  around: Surroundings,
  off: readonly OffBlock[],
): Promise<PartRead> {
  const file = await folder.findRows(vantage, part);
  if (file === undefined)
    return {
      ...{ blocks: [], warnings: [], requests: new Map(), truncated: false },
      job: byItsRows(job, plan, undefined),
    };
  const tally = tallyOutcomes(plan, vantage, startAt);
  const scripts = tallyScripts(plan, vantage);
  const { rows, unreadable, truncated, strange } = await readRows(
    file,
    vantage,
    bothSinks(tally, scripts),
  );
  const unusable = (rows: number, reason: string): Warning => ({
    ...{ code: 'rows-unreadable', vantage, rows, reason },
  });
  const refused =
    part === 0
      ? undefined
      : await folder.joinPart(vantage, part).then(
          () => undefined,
          (error: unknown) => ({ error }),
        );
  await folder.packRows(vantage);
  return {
    ...{ truncated, refused },
    job: byItsRows(job, plan, strange ?? { rows, truncated }),
    requests: scripts.requests(),
    blocks: tally.outcomes(
      job.cpu,
      job.state === 'completed',
      spoiltBy(plan, vantage, around, off),
    ),
    warnings: [
      ...scripts.warnings(),
      ...(unreadable > 0 ? [unusable(unreadable, 'rows of a request are missing')] : []),
      ...(truncated && job.state === 'completed' ? [unusable(0, 'the file breaks off')] : []),
    ],
  };
}

/** A vantage's jobs, one after the other, as one. */
function together(before: JobOutcome | undefined, job: JobOutcome): JobOutcome {
  const cpu: CpuShare[] = [...(before?.cpu ?? []), ...job.cpu];
  if (job.state !== 'completed' || before?.state !== 'completed') return { ...job, cpu };
  const crossed = [...new Set([...(before.crossed ?? []), ...(job.crossed ?? [])])];
  return crossed.length === 0 ? { ...job, cpu } : { ...job, cpu, crossed };
}

const canGoOn = (job: JobOutcome | undefined): boolean =>
  job?.state === 'completed' || job?.state === 'paused';

/** Why it did not run to its end, if that was nobody's wish. */
const brokeOff = (job: JobOutcome): string | undefined =>
  job.state === 'failed' || job.state === 'paused' ? job.reason : undefined;

function fateOf(job: JobOutcome): Manifest['vantages'][string] {
  const reason = brokeOff(job);
  if (reason !== undefined) return { state: 'failed', reason };
  if (job.state === 'interrupted') return { state: 'interrupted' };
  const shares = job.cpu.map(({ share }) => share);
  const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  return { state: 'measured', cpuShare: mean };
}

function fateWarnings(
  jobs: ReadonlyMap<string, JobOutcome>,
  blocks: readonly BlockOutcome[],
  interrupted: boolean,
): Warning[] {
  const measured = (vantage: string) =>
    blocks.some((block) => block.vantage === vantage && block.valid);
  return [
    ...(interrupted ? [{ code: 'cut-short', reason: 'it was interrupted' } as const] : []),
    ...[...jobs].flatMap(([vantage, job]): Warning[] => {
      const reason = brokeOff(job);
      if (reason === undefined) return [];
      const partly = measured(vantage) ? { partly: true } : {};
      return [{ code: 'vantage-failed', vantage, reason, ...partly }];
    }),
  ];
}

const leftOut = ({ targets }: Plan): Warning[] =>
  targets.flatMap(({ name: target, leftOut: reason }) =>
    reason === undefined ? [] : [{ code: 'target-failed', target, reason }],
  );

const notEmulated = (plan: Plan): Warning[] =>
  plan.targets.flatMap((target) =>
    target.kind === 'url' && target.leftOut === undefined
      ? [{ code: 'distance-not-emulated', target: target.name }]
      : [],
  );
