import type * as z from 'zod';
import type { Problem } from '../base/errors.ts';
import { maskUrls } from '../base/secrets.ts';
import { benchSchema, type JsonSchema } from './file-schema.ts';
import { isTable } from './named.ts';
import { nearestName } from './nearest-name.ts';
import { repaired } from './repaired.ts';
import { tomlValue, type TomlValue } from './toml-value.ts';

/**
 * What is wrong with a value of `[bench]`, and what to write instead: the value itself in the right form where that can
 * be guessed, an example otherwise. `bench` is the table as it was parsed.
 */
export function wrongValue(issue: z.core.$ZodIssue, bench: unknown): Omit<Problem, 'where'> {
  // What is wrong with one item of a list is shown as the whole list.
  const isItem = typeof issue.path.at(-1) === 'number';
  const path = (isItem ? issue.path.slice(0, -1) : issue.path).map(String);
  const value = valueAt(bench, path);
  const schema = schemaAt(path);
  const wanted = isItem ? itemsOf(schema) : wantedOf(schema);
  if (path.length === 0) return wrongTable(bench);
  const right = repaired(value, schema, path.at(-1) ?? '') ?? exampleOf(schema);
  return {
    what: isOurs(issue, value)
      ? issue.message
      : `is ${isItem ? 'a list of other things' : described(value)}; it takes ${wanted}`,
    fix: `${suggestion(value, schema)}${toWrite(path, right)}${notYet(value, path)}`,
  };
}

/** How to write `value` at `path` of the `[bench]` table. */
export function toWrite(path: readonly string[], value: TomlValue): string {
  const key = path.map(tomlKey).join('.');
  if (isTable(value)) {
    const lines = Object.entries(value).map(
      ([name, each]) => `${tomlKey(name)} = ${tomlValue(each)}`,
    );
    return `Write [bench.${key}], and below it ${lines.join(', ')}.`;
  }
  const line = `${tomlKey(path.at(-1) ?? '')} = ${tomlValue(value)}`;
  const table = path.slice(0, -1).map(tomlKey);
  return `Write ${line}${table.length === 0 ? '' : ` below [bench.${table.join('.')}]`}.`;
}

/** The schema of a key, through tables of names; of anything where there is no such key. */
export function schemaAt(path: readonly string[]): JsonSchema {
  let schema: JsonSchema = benchSchema();
  for (const part of path) {
    const { properties = {}, additionalProperties, items } = schema;
    const next = Object.hasOwn(properties, part)
      ? properties[part]
      : typeof additionalProperties === 'object'
        ? additionalProperties
        : items;
    schema = typeof next === 'object' && !Array.isArray(next) ? next : {};
  }
  return schema;
}

/** An example that the schema gives, or one that follows from it. */
export function exampleOf(schema: JsonSchema): TomlValue {
  const [example] = (schema.examples ?? schema.enum ?? []) as TomlValue[];
  if (example !== undefined) return example;
  if (schema.type === 'object') {
    const [[key, inner] = []] = Object.entries(schema.properties ?? {});
    return key === undefined || typeof inner !== 'object' ? {} : { [key]: exampleOf(inner) };
  }
  return schema.type === 'integer' || schema.type === 'number' ? (schema.minimum ?? 1) : 'name';
}

const tomlKey = (name: string): string => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name));

function wrongTable(bench: unknown): Omit<Problem, 'where'> {
  const below = 'and below it what is measured: regions = ["cdg", "syd"].';
  return Array.isArray(bench)
    ? {
        what: bench.every(isTable) ? '[[bench]] makes a list of tables' : 'bench is a list',
        fix: `Write [bench] once, in single brackets, ${below}`,
      }
    : { what: `bench is ${described(bench)}; it takes a table`, fix: `Write [bench], ${below}` };
}

/** Patterns and lengths have words of their own in the schema. */
const isOurs = ({ code, message }: z.core.$ZodIssue, value: unknown): boolean =>
  (code === 'invalid_format' && message.startsWith('must ')) ||
  (code === 'too_small' && Array.isArray(value) && message.startsWith('must '));

const itemsOf = ({ items }: JsonSchema): string =>
  typeof items === 'object' && !Array.isArray(items) && items.type === 'integer'
    ? `a list of whole numbers${rangeOf(items)}`
    : 'a list of texts in quotes';

function wantedOf(schema: JsonSchema): string {
  if (schema.enum !== undefined)
    return schema.enum.map((each) => JSON.stringify(each)).join(' or ');
  if (schema.anyOf !== undefined)
    return schema.anyOf
      .map((each) => (typeof each === 'object' ? wantedOf(each) : ''))
      .join(' or ');
  if (Array.isArray(schema.type)) return 'a text or a number';
  switch (schema.type) {
    case 'integer':
      return `a whole number${rangeOf(schema)}`;
    case 'number':
      return `a number${rangeOf(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
      return 'a table';
    default:
      return 'a text in quotes';
  }
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (typeof exclusiveMinimum === 'number') return ` above ${exclusiveMinimum}`;
  return minimum === undefined ? '' : ` from ${minimum} on`;
}

function described(value: unknown): string {
  if (typeof value === 'string')
    return value === '' ? 'an empty text' : `the text ${shortened(value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value))
    return value.length > 0 && value.every(isTable) ? 'a list of tables' : 'a list';
  if (value instanceof Date) return 'a date';
  return value === undefined ? 'missing' : 'a table';
}

/** Never with a password: what stands before an @ is left out. */
const shortened = (text: string): string => {
  const safe = maskUrls(text.replace(/[^/@\s]*@/g, '***@'));
  return JSON.stringify(safe.length > 60 ? `${safe.slice(0, 60)}…` : safe);
};

function suggestion(value: unknown, { enum: choices }: JsonSchema): string {
  if (choices === undefined || typeof value !== 'string') return '';
  const near = nearestName(value, choices.map(String));
  return near === undefined ? '' : `Did you mean ${near}? `;
}

const notYet = (value: unknown, path: readonly string[]): string =>
  path[0] === 'targets' && isTable(value) && Object.hasOwn(value, 'headers')
    ? ' Request headers can only be sent by a script of your own (--script, with values from --env).'
    : '';

function valueAt(bench: unknown, path: readonly string[]): unknown {
  let value = bench;
  for (const part of path) {
    if (value instanceof Map) value = value.get(part);
    else if (Array.isArray(value)) value = value[Number(part)];
    else value = isTable(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}
