import { access } from 'node:fs/promises';
import type { Warning } from '../base/warnings.ts';
import type { JobOutcome } from '../k6/job.ts';
import { readSamples } from '../k6/output.ts';
import type { Plan } from '../plan/plan.ts';
import type { Manifest } from '../samples/manifest.ts';
import type { BlockOutcome, Outcomes } from '../samples/outcome.ts';
import { tallyOutcomes } from '../samples/outcomes.ts';
import type { RunFolder } from '../samples/run-folder.ts';
import type { Measured } from './execute.ts';
import { busyWarnings, warningsOf } from './trust.ts';

/** What is known of a run before it begins. */
export type Beginning = Pick<
  Manifest,
  'schema' | 'runId' | 'startedAtIso' | 'command' | 'provider' | 'versions' | 'plan' | 'rtt'
>;

/** Makes a run readable from its first moment on, in case it is cut. */
export async function recordBeginning(folder: RunFolder, beginning: Beginning): Promise<void> {
  await folder.writeManifest({
    ...beginning,
    endedAtIso: beginning.startedAtIso,
    state: 'interrupted',
    calibrations: [],
    vantages: {},
    warnings: [],
  });
}

/** Judges every block from the rows, and completes the run folder. `more`: warnings from elsewhere. */
export async function recordRun(
  folder: RunFolder,
  beginning: Beginning,
  measured: Measured,
  interrupted: boolean,
  more: readonly Warning[],
): Promise<Manifest> {
  const { plan } = beginning;
  const blocks: BlockOutcome[] = [];
  const warnings: Warning[] = [...more];
  for (const [vantage, job] of measured.jobs) {
    const read = await readVantage(folder, plan, vantage, measured.startAt, job);
    blocks.push(...read.blocks);
    warnings.push(...read.warnings, ...busyWarnings(vantage, job.cpu));
  }
  const outcomes: Outcomes = { blocks };
  warnings.push(
    ...(interrupted ? [] : warningsOf(plan, outcomes)),
    ...fateWarnings(plan, measured, interrupted),
  );
  const manifest: Manifest = {
    ...beginning,
    endedAtIso: new Date().toISOString(),
    state: interrupted ? 'interrupted' : isPartial(measured) ? 'partial' : 'complete',
    calibrations: measured.calibrations,
    vantages: Object.fromEntries(
      [...measured.jobs].map(([vantage, job]) => [vantage, fateOf(job)]),
    ),
    warnings,
  };
  await folder.writeOutcomes(outcomes);
  await folder.writeManifest(manifest);
  await folder.complete();
  return manifest;
}

async function readVantage(
  folder: RunFolder,
  plan: Plan,
  vantage: string,
  startAt: number,
  job: JobOutcome,
): Promise<{ blocks: BlockOutcome[]; warnings: Warning[] }> {
  const file = folder.samplesFile(vantage);
  const written = await access(file).then(
    () => true,
    () => false,
  );
  const tally = tallyOutcomes(plan, vantage, startAt);
  if (!written) return { blocks: [], warnings: [] };
  const { unreadable, truncated } = await readSamples(file, vantage, tally);
  const warnings: Warning[] = [];
  if (unreadable > 0)
    warnings.push({
      code: 'rows-unreadable',
      vantage,
      rows: unreadable,
      reason: 'rows of a request are missing',
    });
  if (truncated && job.state === 'completed')
    warnings.push({ code: 'rows-unreadable', vantage, rows: 0, reason: 'the file breaks off' });
  return { blocks: tally.outcomes(job.cpu), warnings };
}

function fateOf(job: JobOutcome): Manifest['vantages'][string] {
  if (job.state === 'failed') return { state: 'failed', reason: job.reason };
  if (job.state === 'interrupted') return { state: 'interrupted' };
  const shares = job.cpu.map(({ share }) => share);
  const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  return { state: 'measured', cpuShare: mean };
}

const isPartial = ({ jobs }: Measured): boolean =>
  [...jobs.values()].some(({ state }) => state === 'failed');

function fateWarnings(plan: Plan, { jobs }: Measured, interrupted: boolean): Warning[] {
  return [
    ...(interrupted ? [{ code: 'cut-short', reason: 'it was interrupted' } as const] : []),
    ...[...jobs].flatMap(([vantage, job]) =>
      job.state === 'failed'
        ? [{ code: 'vantage-failed', vantage, reason: job.reason } as const]
        : [],
    ),
    ...plan.targets.flatMap((target) =>
      target.kind === 'url'
        ? [{ code: 'distance-not-emulated', target: target.name } as const]
        : [],
    ),
  ];
}
