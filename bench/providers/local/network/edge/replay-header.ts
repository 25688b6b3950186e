import { failed, replayFromFields, type Reading, type Replay } from './replay.ts';

/** Reads the response header: `;`-separated `key=value`, where a list is quoted: `region="ord,iad,any";state=x`. */
export function readReplayHeader(header: string | readonly string[]): Reading<Replay> {
  if (typeof header !== 'string') return failed('the header was sent more than once');
  const fields = new Map<string, string>();
  for (const part of splitOutsideQuotes(header)) {
    const field = readField(part);
    if (!field.ok) return field;
    const [name, value] = field.value;
    if (fields.has(name)) return failed(`${name} is given twice`);
    fields.set(name, value);
  }
  return replayFromFields(fields);
}

function splitOutsideQuotes(header: string): string[] {
  const parts = header.match(/(?:"[^"]*"|[^;])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function readField(part: string): Reading<readonly [string, string]> {
  const [, name, quoted, plain] = /^([\w-]+)\s*=\s*(?:"([^"]*)"|([^"]*))$/.exec(part) ?? [];
  if (name === undefined) return failed(`"${part}" is not key=value`);
  if (plain?.includes(',') === true) return failed(`the list ${plain} must be in quotes`);
  const value = quoted ?? plain?.trim() ?? '';
  if (value === '') return failed(`${name} is empty`);
  return { ok: true, value: [name.toLowerCase(), value] };
}
