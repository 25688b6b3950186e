import { failed, replayFromFields, type Reading, type Replay } from './replay.ts';

/** The content type that makes a response's body a replay. */
export const replayContentType = 'application/vnd.fly.replay+json';

/** Reads the JSON form: an object with the same fields as the header; `region` may be a list. */
export function readReplayJson(text: string): Reading<Replay> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failed('the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return failed('the body is not a JSON object');
  const fields = new Map<string, string>();
  for (const [name, field] of Object.entries(value)) {
    const words = wordsOf(field);
    if (words === undefined) return failed(`the field ${name} is not supported here`);
    fields.set(name, words);
  }
  return replayFromFields(fields);
}

/** A field as the header would spell it; undefined for what the header can't say (transform, cache). */
function wordsOf(field: unknown): string | undefined {
  if (typeof field === 'string' || typeof field === 'boolean') return String(field);
  if (Array.isArray(field) && field.every((item) => typeof item === 'string'))
    return field.join(',');
  return undefined;
}
