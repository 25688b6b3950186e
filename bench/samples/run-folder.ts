import { mkdir, readdir, readlink, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BenchError } from '../base/errors.ts';
import { lagHeader, lagRows, type LagReading } from './lag.ts';
import { linkRows, linksHeader, type LinkReading } from './links.ts';
import { makeFolders } from '../base/make-folders.ts';
import type { Manifest } from './manifest.ts';
import { maskManifest } from './mask-manifest.ts';
import type { Outcomes } from './outcome.ts';
import { outcomesText } from './outcomes-text.ts';
import { appendOwn } from './append-own.ts';
import { appendRows } from './append-rows.ts';
import { findRowsFile, packRows, plainRowsFile } from './plain-rows.ts';
import { saying, writeWhole } from './write-whole.ts';

export const files = {
  manifest: 'manifest.json',
  outcomes: 'outcomes.json',
  /** Only where replicas were watched. */
  lag: 'lag.csv',
  /** Only where distances are emulated. */
  links: 'links.csv',
  /** The script that every k6 of the run ran. */
  script: 'scenarios.js',
  samples: (vantage: string) => join('samples', `${encodeURIComponent(vantage)}.csv.gz`),
  /** Rows of a later part, until they are put with the others. */
  part: (vantage: string, part: number) =>
    join('samples', `${encodeURIComponent(vantage)}.part${part}.csv.gz`),
} as const;

/** Where an unfinished run is. */
export const partialOf = (dir: string): string => `${dir}.partial`;

/** A run folder while it is written: all files are in `<dir>.partial` until the run is complete. */
export interface RunFolder {
  /** Where the run will be. */
  readonly dir: string;
  /** Where it is now. */
  readonly unfinished: string;
  /** Where a vantage's rows belong, those of a later part of the run apart; the folder is there. */
  samplesFile(vantage: string, part?: number): string;
  /** The file that has these rows by now, packed or still plain; undefined if there is none. */
  findRows(vantage: string, part?: number): Promise<string | undefined>;
  /** Packs a vantage's rows; to be called while nothing is measured. */
  packRows(vantage: string): Promise<void>;
  /** Puts the rows of a later part with those before, if there are any. */
  joinPart(vantage: string, part: number): Promise<void>;
  /** Keeps the script that k6 runs; gives its path. */
  writeScript(script: string): Promise<string>;
  /** Without its secrets. May be called again: an early one makes a cut run readable. */
  writeManifest(manifest: Manifest): Promise<void>;
  writeOutcomes(outcomes: Outcomes): Promise<void>;
  /** Puts readings with those before; no reading makes no file. */
  addLag(readings: readonly LagReading[]): Promise<void>;
  /** Likewise. */
  addLinks(readings: readonly LinkReading[]): Promise<void>;
  /** Removes the folder again if no rows were written: nothing was measured. */
  discardIfEmpty(): Promise<void>;
  /** Gives the run its name. */
  complete(): Promise<void>;
}

/**
 * Starts a run folder. Throws a BenchError: `usage` if something is there already, or an unfinished run of that name;
 * `fault` if the disk refuses.
 */
export async function createRunFolder(path: string): Promise<RunFolder> {
  const dir = resolve(path);
  const unfinished = partialOf(dir);
  await refuseUsed(dir, 'Choose another --out DIR, or move the folder away.');
  await refuseUsed(unfinished, `See what is in it with bench report, or remove it.`);
  const begun = new Set<string>();
  const addRows = async (name: string, header: string, rows: string): Promise<void> => {
    if (rows === '') return;
    const file = join(unfinished, name);
    await saying(`write ${file}`, () => appendOwn(file, (begun.has(name) ? '' : header) + rows));
    begun.add(name);
  };
  await saying(`make the folder ${unfinished}`, () => makeNew(unfinished));
  const samplesFile = (vantage: string, part = 0): string =>
    join(unfinished, part === 0 ? files.samples(vantage) : files.part(vantage, part));
  const findRows = (vantage: string, part = 0) => findRowsFile(samplesFile(vantage, part));
  return {
    dir,
    unfinished,
    samplesFile,
    findRows,
    packRows: (vantage) => packRows(samplesFile(vantage)),
    joinPart: async (vantage, part) => {
      const more = await findRows(vantage, part);
      if (more === undefined) return;
      const before = await findRows(vantage);
      await saying(`add ${more} to the samples`, () =>
        before === undefined
          ? rename(more, inPlaceOf(more, samplesFile(vantage)))
          : appendRows(more, before),
      );
      await rm(more, { force: true });
    },
    writeScript: async (script) => {
      const file = join(unfinished, files.script);
      await writeWhole(file, script);
      return file;
    },
    writeManifest: (manifest) =>
      writeWhole(join(unfinished, files.manifest), manifestText(manifest)),
    writeOutcomes: (outcomes) =>
      writeWhole(join(unfinished, files.outcomes), outcomesText(outcomes)),
    addLag: (readings) => addRows(files.lag, lagHeader, lagRows(readings)),
    addLinks: (readings) => addRows(files.links, linksHeader, linkRows(readings)),
    discardIfEmpty: async () => {
      const rows = await readdir(join(unfinished, 'samples')).catch(() => []);
      if (rows.length === 0) await rm(unfinished, { recursive: true, force: true });
    },
    complete: () => saying(`name the run ${dir}`, () => moveOver(unfinished, dir)),
  };
}

/**
 * The folder is new and thus ours: one that stands there, or a link, could be somebody else's, who could put links under
 * the names that k6 and we write.
 */
async function makeNew(unfinished: string): Promise<void> {
  await makeFolders(dirname(unfinished));
  await rmdir(unfinished).catch(() => undefined);
  await mkdir(unfinished);
  await mkdir(join(unfinished, 'samples'));
}
/** The name for rows that come first after all, packed or plain as they are. */
const inPlaceOf = (more: string, rowsFile: string): string =>
  more.endsWith('.gz') ? rowsFile : plainRowsFile(rowsFile);

async function refuseUsed(dir: string, fix: string): Promise<void> {
  const entries = await readdir(dir).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new BenchError('usage', `${dir} is not a folder that can be used.`, fix, { cause });
  });
  // What is renamed to it would replace the link, or fail.
  const isLink = await readlink(dir).then(
    () => true,
    () => false,
  );
  if (isLink) throw new BenchError('usage', `${dir} is a link to another folder.`, fix);
  if (entries.length > 0) throw new BenchError('usage', `${dir} is not empty.`, fix);
}

async function moveOver(from: string, to: string): Promise<void> {
  // An empty folder may stand there; rename replaces it on some systems only.
  await rmdir(to).catch(() => undefined);
  await rename(from, to);
}

/** `manifest.json`, without secrets. */
export const manifestText = (manifest: Manifest): string =>
  `${JSON.stringify(maskManifest(manifest), null, 2)}\n`;
