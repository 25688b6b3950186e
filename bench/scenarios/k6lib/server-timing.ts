/** One metric of a `Server-Timing` header. What the header does not say is absent. */
export interface TimingMetric {
  /** As the server spells it. */
  readonly name: string;
  /** Milliseconds; not below 0. */
  readonly dur?: number;
  readonly desc?: string;
}

/**
 * Parses `Server-Timing` (W3C) as browsers do: metrics at commas outside of quotes, the names of parameters in any case,
 * the first of a parameter that stands twice, quoted strings with their escapes. Several headers are joined with commas,
 * as HTTP allows. A duration that is no number is absent: nothing is invented for it. Never throws.
 */
export function parseServerTiming(header: string): TimingMetric[] {
  return splitUnquoted(header, ',').flatMap((field) => metricOf(field) ?? []);
}

/** The header that {@link parseServerTiming} reads as these metrics. */
export function formatServerTiming(metrics: readonly TimingMetric[]): string {
  return metrics
    .map(({ name, dur, desc }) =>
      [
        name,
        ...(dur === undefined ? [] : [`dur=${String(dur)}`]),
        ...(desc === undefined ? [] : [`desc=${isToken(desc) ? desc : quoted(desc)}`]),
      ].join(';'),
    )
    .join(', ');
}

const isToken = (text: string): boolean => /^[!#$%&'*+.^`|~\w-]+$/.test(text);
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function metricOf(field: string): TimingMetric | undefined {
  const [head = '', ...params] = splitUnquoted(field, ';');
  const name = head.trim();
  if (!isToken(name)) return undefined;
  const values = new Map<string, string>();
  for (const param of params) {
    const at = param.indexOf('=');
    const key = (at === -1 ? param : param.slice(0, at)).trim().toLowerCase();
    if (key === '' || values.has(key)) continue;
    values.set(key, at === -1 ? '' : valueOf(param.slice(at + 1).trim()));
  }
  const dur = durationOf(values.get('dur'));
  const desc = values.get('desc');
  return {
    name,
    ...(dur === undefined ? {} : { dur }),
    ...(desc === undefined ? {} : { desc }),
  };
}

/** No answer took longer than an hour: a duration that says so is none. */
const longestMs = 3_600_000;

/** HTML's rules for floating-point numbers: what follows the number does not matter. */
function durationOf(text: string | undefined): number | undefined {
  const [number] = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/i.exec(text?.trim() ?? '') ?? [];
  const ms = Number(number ?? NaN);
  return ms >= 0 && ms <= longestMs ? ms : undefined;
}

/** A token as it stands; of a quoted string what it means, without what follows it. */
function valueOf(text: string): string {
  if (!text.startsWith('"')) return text;
  let value = '';
  for (let at = 1; at < text.length && text[at] !== '"'; at++) {
    if (text[at] === '\\' && at + 1 < text.length) at++;
    value += text[at] ?? '';
  }
  return value;
}

/** Splits where the separator stands outside of quoted strings. */
function splitUnquoted(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') isQuoted = !isQuoted;
    else if (char === '\\' && isQuoted) at++;
    else if (char === separator && !isQuoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}
