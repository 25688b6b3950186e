import { parse, TomlError } from 'smol-toml';
import type * as z from 'zod';
import { BenchError, messageOf, type Problem } from '../base/errors.ts';
import { readNamed, readRegular } from '../base/regular-file.ts';
import { flySchema } from './fly-settings.ts';
import { gateSchema, knownGateKeys } from './gate-settings.ts';
import { isTable, withMaps } from './named.ts';
import { nearestName, suggest } from './nearest-name.ts';
import { repaired } from './repaired.ts';
import { settingsSchema, type Settings, type Where } from './settings.ts';
import { tomlKeys } from './toml-keys.ts';
import { lineOfKey } from './toml-line.ts';
import { unparsable } from './unparsable.ts';
import { schemaAt, toWrite, wrongValue } from './wrong-value.ts';

/** The `[bench]` table of a `fly.bench.toml`, and where each key stands in it. */
export interface FileSettings {
  readonly settings: Settings;
  readonly where: Where;
  readonly problems: readonly Problem[];
}

/** A configuration is a page long. */
const mostBytes = 2 ** 20;

/** Reads the configuration file. No file: no settings, unless the user named it. */
export async function readSettingsFile(path: string, named: boolean): Promise<FileSettings> {
  const where: Where = (key) => `${path} [bench] ${key}`;
  const nothing = { settings: {}, where };
  let bytes: Buffer;
  try {
    bytes = await (named ? readNamed : readRegular)(path, mostBytes);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing && !named) return { ...nothing, problems: [] };
    return { ...nothing, problems: [unreadable(path, error)] };
  }
  return parseSettings(bytes.toString('utf8'), path);
}

/** Checks the text of a configuration file; every problem at once. */
export function parseSettings(text: string, path: string): FileSettings {
  const where: Where = (flat) => {
    const key = /^substitute\b/.test(flat) ? `regions.${flat}` : flat;
    const line = lineOfKey(text, key === '' ? 'bench' : `bench.${key}`);
    return `${path}:${line} [bench] ${key}`.trimEnd();
  };
  let document: Record<string, unknown>;
  try {
    document = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { settings: {}, where, problems: [unparsable(error, text, path)] };
  }
  const outside = outsideOfBench(document, (key) => `${path}:${lineOfKey(text, key)} ${key}`);
  if (outside.length > 0) return { settings: {}, where, problems: outside };
  const bench = withMaps(flatRegions(document['bench'] ?? {}), settingsSchema, tomlKeys(text), [
    'bench',
  ]);
  const checked = settingsSchema.safeParse(bench);
  if (checked.success) return { settings: checked.data, where, problems: [] };
  return {
    settings: {},
    where,
    problems: checked.error.issues.flatMap((issue) => toProblems(issue, bench, where)),
  };
}

/** `[bench.regions]` may be a table too: `use`, the list, beside `substitute`. */
function flatRegions(bench: unknown): unknown {
  if (!isTable(bench)) return bench;
  const { regions, ...others } = bench;
  if (!isTable(regions)) return bench;
  const { use, ...rest } = regions;
  return { ...others, ...(use === undefined ? {} : { regions: use }), ...rest };
}

const topKeys = Object.keys(settingsSchema.shape);

/** Keys that say something to flyctl where they stand alone. */
const flyctls = new Set(['env']);

/** What was meant for `[bench]` and stands beside it would be ignored, and something else measured. */
function outsideOfBench(
  document: Readonly<Record<string, unknown>>,
  where: (key: string) => string,
): Problem[] {
  return Object.keys(document).flatMap((key): Problem[] => {
    if (key === 'bench') return [];
    if (!Object.hasOwn(document, 'bench') && nearestName(key, ['bench']) !== undefined)
      return [{ where: where(key), what: 'unknown table', fix: 'Did you mean [bench]?' }];
    if (!topKeys.includes(key) || flyctls.has(key)) return [];
    return [
      {
        where: where(key),
        what: 'stands outside of the [bench] table, where nothing reads it',
        fix: isTable(document[key]) ? `Write [bench.${key}].` : 'Write [bench] on a line above it.',
      },
    ];
  });
}

function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return topKeys;
  return path[0] === 'fly' ? Object.keys(flySchema.shape) : knownGateKeys(path);
}

function unreadable(path: string, error: unknown): Problem {
  const reasons = new Map([
    ['ENOENT', 'no such file'],
    ['EISDIR', 'is a folder, not a file'],
    ['EACCES', 'may not be read (permission denied)'],
    ['ENOTDIR', 'no such file'],
  ]);
  const { code = '' } = error as NodeJS.ErrnoException;
  const what = error instanceof BenchError ? error.message.replace(/\.$/, '') : undefined;
  return {
    where: path,
    what: what ?? reasons.get(code) ?? `can't be read (${messageOf(error)})`,
    fix: 'Name a file that can be read, or leave out --config.',
  };
}

/** Settings that only a command line can have. */
const flagsOnly = new Map([
  ['dry_run', 'is a flag only: a file that says so would never measure. Say --dry-run.'],
  ['config', 'is a flag only: it names this file. Say --config FILE.'],
]);

function toProblems(issue: z.core.$ZodIssue, bench: unknown, where: Where): Problem[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys')
    return [{ where: where(path.join('.')), ...wrongValue(issue, bench) }];
  const table = issue.path.reduce<unknown>(
    (value, key) =>
      value instanceof Map ? value.get(key) : (value as Record<PropertyKey, unknown>)[key],
    bench,
  );
  return issue.keys.map((key) => ({
    where: where([...path, key].join('.')),
    ...unknownKey(path, key, (table as Record<string, unknown>)[key]),
  }));
}

function unknownKey(path: readonly string[], key: string, value: unknown): Omit<Problem, 'where'> {
  const spelt = key.replaceAll('-', '_');
  const [flagOnly, fix] = flagsOnly.get(spelt)?.split('. ') ?? [];
  if (path.length === 0 && flagOnly !== undefined) return { what: flagOnly, fix: fix ?? '' };
  if (key === 'p99' && path[0] === 'budgets')
    return {
      what: 'unknown key',
      fix: 'p99 is shown, never judged: it rests on a handful of requests. Budget p95.',
    };
  if (path.length === 0 && (spelt === 'staging' || spelt === 'production'))
    return { what: 'unknown key', fix: toWrite(['fly', 'stage'], spelt) };
  const known = knownKeys(path);
  const elsewhere = path.length === 0 ? tableWith(spelt) : topKeys.includes(spelt) ? '' : undefined;
  if (elsewhere !== undefined && !known.includes(spelt))
    return {
      what: `stands in the wrong table`,
      fix: `Write it below [bench${elsewhere === '' ? '' : `.${elsewhere}`}].`,
    };
  const near = nearestName(spelt, known);
  if (near === undefined) return { what: 'unknown key', fix: suggest(spelt, known) };
  const meant = repaired(value, schemaAt([...path, near]), near);
  const written = meant === undefined ? '' : ` ${toWrite([...path, near], meant)}`;
  return {
    what: 'unknown key',
    fix: `Did you mean ${near}?${written} Known: ${known.join(', ')}.`,
  };
}

/** The table below `[bench]` in which a key may stand. */
function tableWith(key: string): string | undefined {
  if (Object.hasOwn(flySchema.shape, key)) return 'fly';
  if (Object.hasOwn(gateSchema.shape, key)) return 'gate';
  return knownGateKeys(['budgets']).includes(key) ? 'budgets' : undefined;
}
