import { join, resolve } from 'node:path';
import { BenchError } from '../base/errors.ts';
import { readRegular } from '../base/regular-file.ts';
import { exists } from './exists.ts';
import { parseLag, type LagReading } from './lag.ts';
import { mostBytes } from './limits.ts';
import { parseLinks, type LinkReading } from './links.ts';
import { manifestSchema, type Manifest } from './manifest.ts';
import type { Outcomes } from './outcome.ts';
import { parseJson } from './parse-json.ts';
import { findRowsFile } from './plain-rows.ts';
import { maskManifest } from './mask-manifest.ts';
import { files, partialOf } from './run-folder.ts';
import { manifestShape, outcomesShape } from './shapes.ts';

/** Where the rows of a vantage are. */
export interface VantageSamples {
  readonly vantage: string;
  readonly file: string;
  /** Later parts whose rows are whole only in files of their own: of a run that was cut, or fetched after it. */
  readonly parts: readonly { readonly part: number; readonly file: string }[];
}

/** A run as it lies on disk. */
export interface RunOnDisk {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly outcomes: Outcomes;
  /** The vantages whose rows are there, and where. */
  readonly samples: readonly VantageSamples[];
  /** How far replicas were behind; undefined where that was not measured. */
  readonly lag: readonly LagReading[] | undefined;
  /** What links measured meanwhile; undefined where they were not probed. */
  readonly links: readonly LinkReading[] | undefined;
  /** Everything that should be there and is not, a sentence each. */
  readonly missing: readonly string[];
}

/** What is known of a run whose folder could not be written to its end. */
export type KnownOfRun = Pick<RunOnDisk, 'manifest' | 'outcomes'>;

/**
 * Reads a run folder, or `<dir>.partial` of a run that was cut. Only the manifest is indispensable, unless it is `known`.
 * Throws a BenchError (usage) if there is none, it can't be understood, or a later version wrote it, and if a pipe, a
 * device or a folder is in the place of one of its files.
 */
export async function openRun(path: string, known?: KnownOfRun): Promise<RunOnDisk> {
  const asked = resolve(path);
  const cut = !(await exists(join(asked, files.manifest))) && (await exists(partialOf(asked)));
  const dir = cut ? partialOf(asked) : asked;
  const manifest = known?.manifest ?? (await readManifest(dir));
  const { outcomes, missing } = known ? { ...known, missing: [] } : await readOutcomes(dir);
  const found = await findSamples(dir, manifest);
  const lag = await readOptional(join(dir, files.lag), mostBytes.readings);
  const links = await readOptional(join(dir, files.links), mostBytes.readings);
  const unfinished = dir.endsWith('.partial')
    ? ['The run was cut before it was complete; what is there is used.']
    : [];
  return {
    dir,
    manifest,
    outcomes,
    samples: found.samples,
    lag: lag === undefined ? undefined : parseLag(lag),
    links: links === undefined ? undefined : parseLinks(links),
    missing: [...unfinished, ...missing, ...found.missing],
  };
}

async function readManifest(dir: string): Promise<Manifest> {
  const file = join(dir, files.manifest);
  const bytes = await readRegular(file, mostBytes.manifest).catch((cause: unknown) => {
    if (cause instanceof BenchError) throw cause;
    throw unusable(`${dir} is not a run folder: it has no readable ${files.manifest}`, cause);
  });
  const json = parseJson(bytes.toString());
  if (schemaOf(json) > manifestSchema)
    throw new BenchError(
      'usage',
      `${file} has schema ${schemaOf(json)}; this version knows ${manifestSchema}.`,
      'Use a newer version of bench, as the run was made with.',
    );
  if (json === undefined) throw unusable(`${file} is damaged (it is not whole JSON)`, undefined);
  const parsed = manifestShape.safeParse(json);
  // Runs of earlier versions hold what was secret.
  if (parsed.success) return maskManifest(parsed.data as unknown as Manifest);
  throw unusable(`${file} is damaged (${firstIssue(parsed.error)})`, parsed.error);
}

async function readOutcomes(
  dir: string,
): Promise<{ outcomes: Outcomes; missing: readonly string[] }> {
  const without = (why: string) => ({
    outcomes: { blocks: [] },
    missing: [`${files.outcomes} ${why}: which requests count is not known, so none does.`],
  });
  const text = await readOptional(join(dir, files.outcomes), mostBytes.outcomes);
  if (text === undefined) return without('is missing');
  const json = parseJson(text);
  if (json === undefined) return without('is damaged (it is not whole JSON)');
  const parsed = outcomesShape.safeParse(json);
  return parsed.success
    ? { outcomes: parsed.data as unknown as Outcomes, missing: [] }
    : without(`is damaged (${firstIssue(parsed.error)})`);
}

/** Undefined for what is not there or can't be read. Throws a BenchError (usage) for what is no file, or far too large. */
async function readOptional(file: string, atMost: number): Promise<string | undefined> {
  try {
    return (await readRegular(file, atMost)).toString();
  } catch (error) {
    if (error instanceof BenchError) throw error;
    return undefined;
  }
}

/** A region that failed has no rows to miss: the manifest says why. */
async function findSamples(
  dir: string,
  { plan, vantages, added = [] }: Manifest,
): Promise<Pick<RunOnDisk, 'samples' | 'missing'>> {
  const all = await Promise.all(
    plan.vantages.map(async (vantage) => {
      const file = await findRowsFile(join(dir, files.samples(vantage)));
      return { vantage, file, parts: await findParts(dir, vantage, added.length) };
    }),
  );
  const lost = all.filter(
    ({ vantage, file }) => file === undefined && vantages[vantage]?.state === 'measured',
  );
  return {
    samples: all.flatMap(({ vantage, file, parts }) =>
      file === undefined ? [] : [{ vantage, file, parts }],
    ),
    missing: lost.map(
      ({ vantage }) => `${files.samples(vantage)} is lost: ${vantage} was measured.`,
    ),
  };
}

async function findParts(
  dir: string,
  vantage: string,
  added: number,
): Promise<VantageSamples['parts']> {
  const parts = await Promise.all(
    Array.from({ length: added }, async (_, i) => ({
      part: i + 1,
      file: await findRowsFile(join(dir, files.part(vantage, i + 1))),
    })),
  );
  return parts.flatMap(({ part, file }) => (file === undefined ? [] : [{ part, file }]));
}

function schemaOf(json: unknown): number {
  const schema: unknown = (json as { schema?: unknown } | null | undefined)?.schema;
  return typeof schema === 'number' ? schema : NaN;
}

function firstIssue(error: {
  readonly issues: readonly { path: PropertyKey[]; message: string }[];
}): string {
  const [issue] = error.issues;
  const where = issue?.path.join('.') ?? '';
  return where === ''
    ? 'it is not what bench writes'
    : `${where} is missing or not what bench writes`;
}

function unusable(what: string, cause: unknown): BenchError {
  return new BenchError(
    'usage',
    `${what}.`,
    'Name a folder that bench run made, such as reports/latest.',
    { cause },
  );
}
