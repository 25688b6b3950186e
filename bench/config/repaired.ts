import type { JsonSchema } from './file-schema.ts';
import { isTable } from './named.ts';
import type { TomlTable, TomlValue } from './toml-value.ts';

/**
 * A value of the wrong type as it was most likely meant: `"20"` as 20, `"cdg,ord"` as a list, `["a=http://…"]` as a
 * table. Undefined where that can't be guessed, or would be out of range too.
 */
export function repaired(value: unknown, schema: JsonSchema, key: string): TomlValue | undefined {
  const text = isScalar(value) ? String(value) : '';
  switch (schema.type) {
    case 'array':
      return listOf(value, schema);
    case 'integer':
    case 'number':
      return inRange(numberOf(text, schema, key), schema);
    case 'boolean':
      return /^(true|yes|on|1)$/i.test(text) ? true : undefined;
    case 'object':
      return tableOf(value, schema);
    default:
      return textOf(value, schema);
  }
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

function listOf(value: unknown, { items: of }: JsonSchema): TomlValue | undefined {
  const items = itemsOf(value).filter((item) => item !== '');
  if (items.length === 0) return undefined;
  if (typeof of !== 'object' || Array.isArray(of) || of.type !== 'integer') return items;
  const numbers = items.map((item) => inRange(numberOf(item, of, ''), of));
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}

function itemsOf(value: unknown): string[] {
  if (isScalar(value)) return String(value).split(/[,\s]+/);
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.every((item) => typeof item !== 'object') ? items.map(String) : [];
}

function numberOf(text: string, schema: JsonSchema, key: string): number {
  const number = numberIn(text, schema, key);
  return schema.type === 'integer' ? Math.round(number) : number;
}

const secondsOf: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);

function numberIn(text: string, { maximum }: JsonSchema, key: string): number {
  const [, digits, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z%]*)\s*$/i.exec(text) ?? [];
  const number = Number(digits ?? NaN);
  if (key === 'duration') return number * (secondsOf.get(unit) ?? (unit === '' ? 1 : NaN));
  if (unit === '%' && maximum === 1) return number / 100;
  return ['', '%', 'ms'].includes(unit) ? number : NaN;
}

function inRange(
  number: number,
  { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity }: JsonSchema,
): number | undefined {
  const fits = number >= minimum && number <= maximum && number > Number(exclusiveMinimum);
  return fits ? number : undefined;
}

function textOf(value: unknown, { enum: choices }: JsonSchema): string | undefined {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  const text = isTable(value) ? value['url'] : items.length === 1 ? items[0] : undefined;
  if (!isScalar(text) || text === '') return undefined;
  return choices === undefined || choices.includes(text) ? String(text) : undefined;
}

/** Targets and the like, written as `name=value`, as tables with a name, or as one value without. */
function tableOf(value: unknown, { additionalProperties }: JsonSchema): TomlTable | undefined {
  if (typeof additionalProperties !== 'object' || additionalProperties.type === 'object')
    return undefined;
  const items: unknown[] = Array.isArray(value) ? value : [value];
  const pairs = items.flatMap((item, i) =>
    pairOf(item, items.length > 1 ? `name${i + 1}` : 'name'),
  );
  if (pairs.length === 0 || pairs.some(([, text]) => hasSecret(text))) return undefined;
  return Object.fromEntries(pairs);
}

function pairOf(item: unknown, unnamed: string): [string, string][] {
  if (isTable(item)) {
    const { name, url } = item;
    return typeof url === 'string' ? [[typeof name === 'string' ? name : unnamed, url]] : [];
  }
  if (typeof item !== 'string') return [];
  const [, name, rest] = /^([^=:/]+)=(.*)$/.exec(item) ?? [];
  if (name !== undefined && rest !== undefined) return [[name.trim(), rest.trim()]];
  return /^https?:/.test(item) ? [[unnamed, item]] : [];
}

const hasSecret = (text: string): boolean => /\/\/[^/]*@/.test(text);
