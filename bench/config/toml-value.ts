/** What can stand behind a key. */
export type TomlValue = string | number | boolean | TomlList | TomlTable;
type TomlList = readonly TomlValue[];
export interface TomlTable {
  readonly [name: string]: TomlValue;
}

/** A value as it is written on one line. */
export function tomlValue(value: TomlValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(tomlValue).join(', ')}]`;
  const inner = Object.entries(value).map(([name, each]) => `${name} = ${tomlValue(each)}`);
  return `{ ${inner.join(', ')} }`;
}

const isList = (value: TomlList | TomlTable): value is TomlList => Array.isArray(value);
