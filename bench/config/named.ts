import * as z from 'zod';
import type { TomlKey } from './toml-keys.ts';

/**
 * A table whose keys are names that the user chose, as a Map: in a plain object `constructor` and `__proto__` would be
 * found though nobody wrote them, and `10` and `9` would change places.
 */
export const named = <Value extends z.ZodType>(value: Value) => z.map(z.string(), value);

/**
 * A parsed TOML value as `schema` wants it: tables of names as Maps, in the order in which they are written. What has
 * another shape stays as it is, for the schema to refuse.
 */
export function withMaps(
  value: unknown,
  schema: z.core.$ZodType,
  keys: readonly TomlKey[],
  path: readonly string[] = [],
): unknown {
  if (!isTable(value)) return value;
  const inner = bare(schema);
  if (inner instanceof z.ZodMap)
    return new Map(
      inOrder(value, keys, path).map((key) => [
        key,
        withMaps(value[key], inner.valueType, keys, [...path, key]),
      ]),
    );
  if (!(inner instanceof z.ZodObject)) return value;
  const shape = new Map<string, z.core.$ZodType>(Object.entries(inner.shape));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const of = shape.get(key);
      return [key, of === undefined ? each : withMaps(each, of, keys, [...path, key])];
    }),
  );
}

function inOrder(
  table: Readonly<Record<string, unknown>>,
  keys: readonly TomlKey[],
  path: readonly string[],
): string[] {
  const written = keys
    .filter((key) => path.every((part, i) => key.path[i] === part))
    .flatMap((key) => key.path[path.length] ?? []);
  return [
    ...new Set([...written.filter((key) => Object.hasOwn(table, key)), ...Object.keys(table)]),
  ];
}

/** Neither a list nor a date. */
export function isTable(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional) return bare(schema.unwrap());
  return schema instanceof z.ZodPipe ? bare(schema.in) : schema;
}
