import { existsSync } from 'node:fs';
import { ProblemsError } from '../../base/errors.ts';
import { distrust } from '../../base/distrust.ts';
import { findBaseline } from '../../compare/baseline/open-baseline.ts';
import type { Side } from '../../compare/side.ts';
import { sidesOf } from '../../compare/sides-of.ts';
import type { Conditions } from '../../compare/unlike.ts';
import { suggest } from '../../config/nearest-name.ts';
import { partialOf } from '../../samples/run-folder.ts';
import { loadRun, type LoadedRun } from '../load-run.ts';

/** What somebody named as one side: a run folder or a saved baseline, with all its targets or one of them. */
export interface Opened {
  /** As it was named, without the target. */
  readonly path: string;
  readonly target: string | undefined;
  readonly sides: readonly Side[];
  readonly conditions: Conditions;
  /** Why it may not be trusted, in a sentence; undefined if it may. */
  readonly doubt: string | undefined;
  /** What it lacks, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Opens `FOLDER` or `FOLDER:target`; a folder's own name may contain a colon. Throws a BenchError (usage) if there is
 * no such folder, it can't be understood, or it has no such target.
 */
export async function openOperand(where: string, text: string): Promise<Opened> {
  const { path, target } = split(text);
  const opened = await openFolder(path);
  const names = opened.sides.map((side) => side.target);
  if (target !== undefined && !names.includes(target))
    throw new ProblemsError([
      { where, what: `${path} has no target "${target}"`, fix: suggest(target, names) },
    ]);
  return { path, target, ...opened };
}

/** The longest beginning that is a folder counts. */
function split(text: string): { path: string; target: string | undefined } {
  const colons = [...text.matchAll(/:/g)].map(({ index }) => index).reverse();
  const ends = [text.length, ...colons];
  const end = ends.find((at) => isFolder(text.slice(0, at)));
  if (end === undefined || end === text.length) return { path: text, target: undefined };
  return { path: text.slice(0, end), target: text.slice(end + 1) };
}

const isFolder = (path: string): boolean =>
  path !== '' && (existsSync(path) || existsSync(partialOf(path)));

type Folder = Omit<Opened, 'path' | 'target'>;

async function openFolder(path: string): Promise<Folder> {
  const saved = await findBaseline(path);
  if (saved !== undefined)
    return {
      sides: saved.sides,
      conditions: saved.baseline.conditions,
      doubt: undefined,
      notes: [],
    };
  return folderOf(await loadRun(path));
}

/** A run that was read already, with all its targets. */
export function openedRun(loaded: LoadedRun): Opened {
  return { path: loaded.run.dir, target: undefined, ...folderOf(loaded) };
}

function folderOf({ run, series }: LoadedRun): Folder {
  const { manifest, missing } = run;
  const found = distrust(manifest.warnings);
  return {
    sides: sidesOf(manifest, series),
    conditions: manifest,
    doubt: found && `${manifest.runId}: ${found.sentence}`,
    notes: missing.map((note) => `${manifest.runId}: ${note}`),
  };
}
