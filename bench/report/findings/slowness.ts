import { formatMillis, type Millis } from '../../base/units.ts';
import type { Manifest } from '../../samples/manifest.ts';
import type { CellResult } from '../cells.ts';
import type { Evidence } from '../findings.ts';
import { rttBetween } from '../../samples/rtt-between.ts';
import { regionOf } from '../../world/vantage.ts';
import { partsText } from '../explanation/words.ts';
import { areEmulated } from '../distances.ts';
import { visible } from '../words.ts';

/** More than these in one sentence nobody reads. */
const atMost = 3;

/** Why the targets that miss the budget do so, each at its slowest region; undefined if none misses it. */
export function slowness({ manifest, budgetMs, table }: Evidence): string | undefined {
  const cells = table.rows.flatMap(({ cells }) => cells.map(({ result }) => result));
  const worst = new Map<string, CellResult>();
  for (const cell of cells)
    if (p50Of(cell) >= budgetMs && p50Of(cell) > p50Of(worst.get(cell.target)))
      worst.set(cell.target, cell);
  const slowest = [...worst.values()].sort((a, b) => p50Of(b) - p50Of(a)).slice(0, atMost);
  if (slowest.length === 0) return undefined;
  return `${slowest.map((cell) => because(manifest, cell)).join('; ')}.`;
}

const p50Of = (cell: CellResult | undefined): Millis => cell?.summary.p50?.centre ?? 0;

function because(manifest: Manifest, cell: CellResult): string {
  const { target, vantage, server } = cell;
  const says = `${visible(target)} takes ${formatMillis(p50Of(cell))} ms in ${visible(vantage)}`;
  const causes = [crossing(manifest, cell), queries(manifest, cell)].filter((c) => c !== undefined);
  if (causes.length > 0) return `${says} because ${causes.join(', and ')}`;
  if (server.appMs === undefined) return `${says}${besides(server)}`;
  const database =
    server.dbMs === undefined ? '' : `, ${formatMillis(server.dbMs)} ms of it in the database`;
  return `${says}; the app itself works for ${formatMillis(server.appMs)} ms${database}`;
}

/** Of an app that does not say how long it works. */
function besides({ dbMs, parts = [] }: CellResult['server']): string {
  const said = [
    ...(dbMs === undefined ? [] : [`${formatMillis(dbMs)} ms in the database`]),
    ...(parts.length === 0 ? [] : [partsText(parts)]),
  ];
  if (said.length === 0) return ', and does not say where the time goes';
  return `, of which it says: ${said.join(', ')}`;
}

/** The request crosses the world to a machine elsewhere. */
function crossing(manifest: Manifest, { target, vantage, server }: CellResult): string | undefined {
  if (server.region === undefined || server.region === regionOf(vantage)) return undefined;
  const rtt = rttBetween(manifest, vantage, server.region, target);
  if (rtt === undefined) return `it is answered in ${visible(server.region)}`;
  return `it is answered in ${visible(server.region)}, one round trip of ${about(manifest)}${formatMillis(rtt)} ms away`;
}

/** Published round trips are not those of the day. */
const about = (manifest: Manifest): string => (areEmulated(manifest) ? '' : 'about ');

/** Each query crosses the world to the primary database; said only where the measured time agrees. */
function queries(manifest: Manifest, { target, vantage, server }: CellResult): string | undefined {
  const { dbQueries = 0, dbMs = 0 } = server;
  const { primary } = manifest.plan;
  const rtt = rttBetween(manifest, server.region ?? vantage, primary, target) ?? 0;
  const travel = dbQueries * rtt;
  if (travel === 0 || dbMs < 0.7 * travel) return undefined;
  const sum = `${dbQueries} × ${about(manifest)}${formatMillis(rtt)} ms = ${formatMillis(travel)} ms`;
  const each = dbQueries === 1 ? 'its query crosses' : `each of its ${dbQueries} queries crosses`;
  return `${each} to the database in ${primary} and back: ${sum} (${formatMillis(dbMs)} ms measured)`;
}
