import { join, resolve } from 'node:path';
import { BenchError } from '../../base/errors.ts';
import { readRegular } from '../../base/regular-file.ts';
import { mostBytes } from '../../samples/limits.ts';
import { parseJson } from '../../samples/parse-json.ts';
import type { Side } from '../side.ts';
import { baselineSchema, type Baseline } from './baseline.ts';
import { baselineShape } from './shape.ts';

export const baselineFile = 'baseline.json';

/** A baseline as it lies on disk. */
export interface BaselineOnDisk {
  readonly dir: string;
  readonly baseline: Baseline;
  /** The targets of the newest accepted run, as sides of a comparison. */
  readonly sides: readonly Side[];
}

/**
 * Reads a baseline folder; undefined if there is none.
 * Throws a BenchError (usage) if it can't be understood or a later version wrote it.
 */
export async function findBaseline(path: string): Promise<BaselineOnDisk | undefined> {
  const dir = resolve(path);
  const file = join(dir, baselineFile);
  const bytes = await readRegular(file, mostBytes.figures).catch((cause: unknown) => {
    if (cause instanceof BenchError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw damaged(file, "it can't be read", cause);
  });
  if (bytes === undefined) return undefined;
  const baseline = parse(file, bytes.toString());
  return { dir, baseline, sides: baseline.newest.sides };
}

/** The same, and a BenchError (usage) if there is none. */
export async function openBaseline(path: string): Promise<BaselineOnDisk> {
  const found = await findBaseline(path);
  if (found !== undefined) return found;
  throw new BenchError(
    'usage',
    `${resolve(path)} holds no baseline: it has no ${baselineFile}.`,
    'Record one with: bench gate RUN --accept --baseline DIR',
  );
}

function parse(file: string, text: string): Baseline {
  const json = parseJson(text);
  if (json === undefined) throw damaged(file, 'it is not JSON', undefined);
  const schema = schemaOf(json);
  if (typeof schema === 'number' && schema > baselineSchema)
    throw new BenchError(
      'usage',
      `${file} has schema ${schema}; this version knows ${baselineSchema}.`,
      'Use a newer version of bench, as the baseline was made with.',
    );
  const parsed = baselineShape.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damaged(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, parsed.error);
}

function schemaOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'schema' in json ? json.schema : undefined;
}

function damaged(file: string, why: string, cause: unknown): BenchError {
  return new BenchError(
    'usage',
    `${file} is damaged (${why.replace(/^: /, '')}).`,
    'Restore it from git, or remove it and accept a run anew.',
    { cause },
  );
}
