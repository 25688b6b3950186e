import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../base/package-root.ts';
import { fileSchema } from './file-schema.ts';
import { parseSettings } from './file.ts';

const validate = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  fileSchema(),
);
const own = readFileSync(join(packageRoot(), 'fly.bench.toml'), 'utf8');

test('the schema in the package is that of this version (vitest -u renews it)', async () => {
  await expect(`${JSON.stringify(fileSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../schema/fly.bench.schema.json',
  );
});

test('every key has a description', () => {
  expect(undescribed(fileSchema(), '')).toEqual([]);
});

/** Paths of properties without a description. */
function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key !== 'properties') return undescribed(value, path);
    return Object.entries(value as Record<string, object>).flatMap(([name, property]) => [
      ...('description' in property || 'anyOf' in property ? [] : [`${path}.${name}`]),
      ...undescribed(property, `${path}.${name}`),
    ]);
  });
}

describe('the file of this project', () => {
  test('is as the schema has it, and as the program reads it', () => {
    expect(validate(parse(own)), JSON.stringify(validate.errors)).toBe(true);
    expect(parseSettings(own, 'fly.bench.toml').problems).toEqual([]);
  });

  test('is so with all that is commented out', () => {
    const all = uncommented(own);
    expect(validate(parse(all)), JSON.stringify(validate.errors)).toBe(true);
    expect(parseSettings(all, 'fly.bench.toml').problems).toEqual([]);
  });

  test('names the schema for editors', () => {
    expect(own.split('\n')[0]).toBe('#:schema ./schema/fly.bench.schema.json');
  });
});

/** With every commented key and table in force; a second one of the same name stays a comment. */
function uncommented(text: string): string {
  const tables = new Set<string>();
  const keys = new Set<string>();
  let table = '';
  const lines = text.split('\n').flatMap((line) => {
    const bare = line.replace(/^# (?=[\w".-]+ = |\[)/, '');
    const [, head] = /^\[(.+?)\]/.exec(bare) ?? [];
    if (head !== undefined) {
      table = head;
      if (tables.has(head)) return [];
      tables.add(head);
    }
    const [, key] = /^([\w".:-]+) = /.exec(bare) ?? [];
    if (key !== undefined && keys.has(`${table}.${key}`)) return [];
    if (key !== undefined) keys.add(`${table}.${key}`);
    return [bare];
  });
  return lines.join('\n');
}

describe('program and schema agree on', () => {
  test.each([
    ['regions as a list', '[bench]\nregions = ["cdg"]', true],
    ['regions as a table', '[bench.regions]\nuse = ["cdg"]\nsubstitute = { scl = "gru" }', true],
    [
      'substitutes beside the list',
      '[bench]\nregions = ["scl"]\n[bench.substitute]\nscl = "gru"',
      true,
    ],
    ['no regions', '[bench]\nregions = []', false],
    ['an unknown key', '[bench]\nround = 3', false],
    ['an unknown key of fly', '[bench.fly]\nregion = "cdg"', false],
    ['a size that throttles', '[bench.fly]\nsize = "shared-cpu-1x"', false],
    ['a bucket', '[bench.fly]\nupload = "s3://my-bucket/some/where"', true],
    ['a bucket with its keys', '[bench.fly]\nupload = "s3://key:secret@my-bucket"', false],
    ['a way out of the bucket', '[bench.fly]\nupload = "s3://my-bucket/../other"', false],
    ['a number as a setting', '[bench.env]\nQUERIES = 3', true],
    ['half a round', '[bench]\nrounds = 1.5', false],
    ['a budget above one', '[bench.budgets]\nerror_rate = 2', false],
    ['a budget of a vantage', '[bench.budgets.targets.a.vantages.syd]\np50 = 80', true],
    ["flyctl's tables", '[http_service]\ninternal_port = 8080', true],
  ])('%s', (_, toml, fine) => {
    expect(validate(parse(toml))).toBe(fine);
    expect(parseSettings(toml, 'x.toml').problems.length === 0).toBe(fine);
  });
});
