import { known, type PackedLine } from './packed-line.ts';

const decimalsOf: Readonly<Record<string, number>> = { i: 0, c: 2, u: 6 };
/** What a request's duration is the sum of, in k6's own definition. */
const summands = ['http_req_sending', 'http_req_waiting', 'http_req_receiving'];

/** The value of a row as k6 wrote it, of the packed kind; undefined for a duration that is to be summed up. */
export function valueOf(kind: string, line: PackedLine): string | undefined {
  if (kind === 'd') return undefined;
  if (kind === '0' || kind === '1') return `${kind}.000000`;
  const decimals = known(decimalsOf[kind], line);
  const digits = line.next();
  if (decimals === 0) return `${digits}.000000`;
  const point = digits.length - decimals;
  if (point <= 0) return `0.${digits.padStart(decimals, '0').padEnd(6, '0')}`;
  return `${digits.slice(0, point)}.${digits.slice(point).padEnd(6, '0')}`;
}

/** The last request's duration, from the other values of its group; exact, in millionths. */
export function durationOf(
  rows: readonly { readonly metric: string }[],
  values: readonly (string | undefined)[],
): string {
  const sum = summands
    .map((metric) => values[rows.findLastIndex((row) => row.metric === metric)] ?? '0')
    .reduce((total, value) => total + Number(value.replace('.', '')), 0);
  const digits = String(sum).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
