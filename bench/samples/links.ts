import type { Millis, UnixMicros } from '../base/units.ts';
import { isDuration, isTime, most } from './limits.ts';

/** One probe of an emulated link while a run went on (a row of `links.csv`). */
export interface LinkReading {
  /** The topology whose own link it is, in an experiment; the world's if absent. */
  readonly topology?: string;
  readonly from: string;
  readonly to: string;
  /** When it was sent. */
  readonly atUs: UnixMicros;
  /** The round trip; undefined: no answer came within 10 s, or the connection broke. */
  readonly rttMs: Millis | undefined;
}

export const linksHeader = 'topology,from,to,at_us,rtt_ms\n';

/** Names of topologies and regions hold nothing that CSV would quote. */
export function linkRows(readings: readonly LinkReading[]): string {
  return readings
    .map(
      ({ topology = '', from, to, atUs, rttMs }) =>
        `${topology},${from},${to},${Math.round(atUs)},${rttMs?.toFixed(3) ?? ''}\n`,
    )
    .join('');
}

/** Reads `links.csv`; rows that break off or make no sense are left out. */
export function parseLinks(text: string): LinkReading[] {
  if (!text.startsWith(linksHeader)) return [];
  // What follows the last line end is no whole row.
  const lines = text
    .slice(linksHeader.length, text.lastIndexOf('\n') + 1)
    .split('\n', most.readings);
  return lines.flatMap((line) => {
    const [topology = '', from = '', to = '', at = '', rtt = '', ...more] = line.split(',', 6);
    const [atUs, rttMs] = [Number(at), rtt === '' ? undefined : Number(rtt)];
    const isWhole = from !== '' && to !== '' && at !== '' && more.length === 0;
    if (!isWhole || !isTime(atUs) || !(rttMs === undefined || isDuration(rttMs))) return [];
    return [{ ...(topology === '' ? {} : { topology }), from, to, atUs, rttMs }];
  });
}
