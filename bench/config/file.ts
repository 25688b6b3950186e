import { readFile } from 'node:fs/promises';
import { parse, TomlError } from 'smol-toml';
import type * as z from 'zod';
import { messageOf, type Problem } from '../base/errors.ts';
import { flySchema } from './fly-settings.ts';
import { knownGateKeys } from './gate-settings.ts';
import { suggest } from './nearest-name.ts';
import { settingsSchema, type Settings, type Where } from './settings.ts';
import { lineOfKey } from './toml-line.ts';

/** The `[bench]` table of a `fly.bench.toml`, and where each key stands in it. */
export interface FileSettings {
  readonly settings: Settings;
  readonly where: Where;
  readonly problems: readonly Problem[];
}

/** Reads the configuration file. No file: no settings, unless the user named it. */
export async function readSettingsFile(path: string, named: boolean): Promise<FileSettings> {
  const where: Where = (key) => `${path} [bench] ${key}`;
  const nothing = { settings: {}, where };
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing && !named) return { ...nothing, problems: [] };
    return { ...nothing, problems: [unreadable(path, error)] };
  }
  return parseSettings(text, path);
}

/** Checks the text of a configuration file; every problem at once. */
export function parseSettings(text: string, path: string): FileSettings {
  const where: Where = (flat) => {
    const key = /^substitute\b/.test(flat) ? `regions.${flat}` : flat;
    return `${path}:${lineOfKey(text, `bench.${key}`)} [bench] ${key}`;
  };
  let document: Record<string, unknown>;
  try {
    document = parse(text);
  } catch (error) {
    const line = error instanceof TomlError ? `:${error.line}` : '';
    const what = messageOf(error).split('\n')[0] ?? '';
    const problem = { where: `${path}${line}`, what, fix: 'Correct the TOML there.' };
    return { settings: {}, where, problems: [problem] };
  }
  const checked = settingsSchema.safeParse(flatRegions(document['bench'] ?? {}));
  if (checked.success) return { settings: checked.data, where, problems: [] };
  return {
    settings: {},
    where,
    problems: checked.error.issues.flatMap((issue) => toProblems(issue, where)),
  };
}

/** `[bench.regions]` may be a table too: `use`, the list, beside `substitute`. */
function flatRegions(bench: unknown): unknown {
  const { regions, ...others } = bench as Record<string, unknown>;
  if (typeof regions !== 'object' || regions === null || Array.isArray(regions)) return bench;
  const { use, ...rest } = regions as Record<string, unknown>;
  return { ...others, ...(use === undefined ? {} : { regions: use }), ...rest };
}

const topKeys = Object.keys(settingsSchema.shape);

function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return topKeys;
  return path[0] === 'fly' ? Object.keys(flySchema.shape) : knownGateKeys(path);
}

function unreadable(path: string, error: unknown): Problem {
  return {
    where: path,
    what: messageOf(error),
    fix: 'Name a file that can be read, or leave out --config.',
  };
}

function toProblems(issue: z.core.$ZodIssue, where: Where): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => ({
      where: where([...issue.path, key].join('.')),
      what: 'unknown key',
      fix:
        key === 'p99' && issue.path[0] === 'budgets'
          ? 'p99 is shown, never judged: it rests on a handful of requests. Budget p95.'
          : suggest(key, known),
    }));
  }
  return [
    {
      where: where(issue.path.join('.')),
      what: issue.message,
      fix: 'See the comments in fly.bench.toml.',
    },
  ];
}
