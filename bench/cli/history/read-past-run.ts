import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { readRegular } from '../../base/regular-file.ts';
import { cellResults } from '../../report/cells.ts';
import type { PastCell, PastRun } from '../../report/history/past-run.ts';
import { boundedList } from '../../samples/bounded-list.ts';
import { alteredFiles } from '../../samples/integrity.ts';
import { longest, longestMs, most, mostBytes } from '../../samples/limits.ts';
import { openRun, type RunOnDisk } from '../../samples/open-run.ts';
import { parseJson } from '../../samples/parse-json.ts';
import { files } from '../../samples/run-folder.ts';
import type { Summary } from '../../stats/summary.ts';
import { loadRun } from '../load-run.ts';

/**
 * A run with its figures: from its summary.json if that is newer than everything it was computed from, otherwise from
 * the samples, which takes a few seconds a million. Also gives what the folder lacks, a sentence each.
 * Throws a BenchError as `openRun` does.
 */
export async function readPastRun(
  path: string,
): Promise<{ run: PastRun; missing: readonly string[] }> {
  const opened = await openRun(path);
  const kept = (await isAsMeasured(opened)) ? await keptCells(opened) : undefined;
  if (kept !== undefined)
    return { run: { dir: opened.dir, manifest: opened.manifest, cells: kept }, missing: [] };
  const { run, series } = await loadRun(path);
  const { dir, manifest, missing } = run;
  return { run: { dir, manifest, cells: cellResults(series) }, missing };
}

/** Figures that were kept are only those of the files from which they were computed. */
const isAsMeasured = async ({ dir, manifest, missing }: RunOnDisk): Promise<boolean> =>
  missing.length === 0 && (await alteredFiles(dir, manifest)).length === 0;

async function keptCells(run: RunOnDisk): Promise<PastCell[] | undefined> {
  const file = join(run.dir, 'summary.json');
  const sources = [files.manifest, files.outcomes].map((name) => join(run.dir, name));
  const times = await Promise.all([file, ...sources, ...samplesOf(run)].map(modified));
  const [own = NaN, ...others] = times;
  // Of the same moment is not newer: whoever changes samples by a program is quick.
  if (!others.every((time) => time < own)) return undefined;
  const text = await readRegular(file, mostBytes.figures).catch(() => '');
  const parsed = summaryShape.safeParse(parseJson(text.toString()));
  if (!parsed.success || parsed.data.runId !== run.manifest.runId) return undefined;
  return parsed.data.cells.map(({ target, vantage, scenario, metric, ...cell }) => ({
    ...{ target, vantage, scenario, metric },
    summary: summaryOf(cell),
  }));
}

const samplesOf = ({ samples }: RunOnDisk): string[] =>
  samples.flatMap(({ file, parts }) => [file, ...parts.map((part) => part.file)]);

/** Milliseconds since the epoch; NaN, as old as nothing, where there is no such file. */
const modified = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => NaN,
  );

const ms = z.number().min(0).max(longestMs);
const name = z.string().max(longest.name);
const count = z.int().min(0);
const quantile = z
  .object({
    ms,
    atLeast: z.literal(true).optional(),
    ...{ lowMs: ms.optional(), highMs: ms.optional() },
  })
  .optional();

/** What is used of `summary.json`. */
const summaryShape = z.object({
  schema: z.literal(1),
  runId: z.string(),
  // A later reading found the samples cut: they are read again.
  missing: boundedList(z.string(), 0),
  // Nor is what was computed from altered files a figure of the run.
  warnings: boundedList(
    z.object({ code: z.string().refine((code) => code !== 'file-altered') }),
    most.warnings,
  ),
  cells: boundedList(
    z.object({
      ...{ target: name, vantage: name, scenario: name, metric: name },
      ...{ rounds: count, n: count, p50: quantile, p95: quantile, p99: quantile },
    }),
    // Of a cell, its warm and its cold requests.
    2 * most.cells,
  ),
});

type KeptCell = z.infer<typeof summaryShape>['cells'][number];

function summaryOf(cell: Omit<KeptCell, 'target' | 'vantage' | 'scenario' | 'metric'>): Summary {
  const { rounds, n } = cell;
  const estimates = (['p50', 'p95', 'p99'] as const).flatMap((q) => {
    const kept = cell[q];
    if (kept === undefined) return [];
    const { ms: centre, lowMs: low, highMs: high } = kept;
    const interval = low === undefined || high === undefined ? {} : { interval: { low, high } };
    const bound = kept.atLeast === true ? { isLowerBound: true as const } : {};
    return [[q, { centre, ...interval, ...bound }] as const];
  });
  return { rounds, n, ...Object.fromEntries(estimates) };
}
