import { visibleJson } from '../base/visible.ts';
import type { Command } from 'commander';
import { ProblemsError } from '../base/errors.ts';
import { suggest } from '../config/nearest-name.ts';
import { publishedRtt, regions, type PublishedRtt, type Region } from '../world/regions.ts';
import { distanceKm } from '../world/distance.ts';
import { exitCodes } from './exit-codes.ts';
import { colorsFor } from './io.ts';
import type { Action } from './main.ts';

export function regionsCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('regions')
    .description('Lists the regions with city, coordinates and distance from the primary.')
    .option('--primary <region>', 'distances are counted from here', 'cdg')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ bench regions --primary ord')
    .action((options: { primary: string; json?: true }) => {
      choose((io) => {
        const rows = listRegions(options.primary);
        if (options.json === true) io.out.write(`${visibleJson(rows, 2)}\n`);
        else io.out.write(table(rows, options.primary, colorsFor(io.out, io.env).dim));
        return Promise.resolve(exitCodes.done);
      });
    });
}

interface Row extends Region {
  readonly km: number;
  readonly rttMs: number | null;
  /** Where the round-trip time comes from. */
  readonly source: string;
  /** What another source says, where it differs by more than 10 %. */
  readonly also?: PublishedRtt['also'];
}

/** Every region as seen from the primary, nearest first. */
export function listRegions(primary: string): Row[] {
  const from = regions.get(primary);
  if (from === undefined)
    throw new ProblemsError([
      {
        where: '--primary',
        what: `no region is called "${primary}"`,
        fix: suggest(primary, [...regions.keys()]),
      },
    ]);
  return [...regions.values()]
    .map((region) => {
      const rtt = publishedRtt(primary, region.code);
      const km = Math.round(distanceKm(from, region));
      return {
        ...{ ...region, km, rttMs: rtt?.ms ?? null, source: rtt?.source ?? 'none' },
        ...(rtt?.also === undefined ? {} : { also: rtt.also }),
      };
    })
    .sort((a, b) => (a.rttMs ?? Infinity) - (b.rttMs ?? Infinity));
}

function table(rows: readonly Row[], primary: string, dim: (text: string) => string): string {
  const head = `code  ${'city'.padEnd(28)}${'lat'.padStart(8)}${'lon'.padStart(9)}${'km'.padStart(8)}${'RTT ms'.padStart(9)}  on Fly`;
  const lines = rows.map(
    ({ code, city, lat, lon, km, rttMs, retired, source }) =>
      `${code.padEnd(6)}${city.padEnd(28)}${lat.toFixed(2).padStart(8)}${lon.toFixed(2).padStart(9)}${String(km).padStart(8)}` +
      `${(rttMs?.toFixed(1) ?? '-').padStart(8)}${source === 'estimate' ? '*' : ' '}  ${retired ? 'retired' : 'live'}`,
  );
  const note = dim(
    `Distance and round-trip time from ${primary}; * estimated, all others published (bench/world/rtt.json).`,
  );
  const differing = rows.flatMap(({ code, also }) =>
    also === undefined ? [] : `${code} ${also.ms.toFixed(1)} ms (${also.source})`,
  );
  const others = `Another source differs by more than 10 %: ${differing.join(', ')}.`;
  return `${dim(head)}\n${lines.join('\n')}\n${note}\n${differing.length === 0 ? '' : `${dim(others)}\n`}`;
}
