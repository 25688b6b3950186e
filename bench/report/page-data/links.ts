import type { Millis, Seconds } from '../../base/units.ts';
import type { ProbedRound } from '../link-history.ts';
import type { ReportModel } from '../model.ts';
import { visible } from '../words.ts';

/** What the chart of links over time is drawn from; no links where they were not probed. */
export interface LinksData {
  readonly lines: readonly {
    readonly name: string;
    /** When each probe was sent, from the start of the load. */
    readonly at: readonly Seconds[];
    /** Measured minus wanted; null where no answer came. */
    readonly error: readonly (Millis | null)[];
  }[];
  readonly rounds: readonly ProbedRound[];
}

export function linksData({ links }: ReportModel): LinksData {
  if (links === undefined) return { lines: [], rounds: [] };
  return {
    lines: links.links.map(({ name, probes }) => ({
      name: visible(name),
      at: probes.map(({ atS }) => Number(atS.toFixed(1))),
      error: probes.map(({ errorMs }) =>
        errorMs === undefined ? null : Number(errorMs.toFixed(2)),
      ),
    })),
    rounds: links.rounds.map((round) => ({
      ...round,
      fromS: Number(round.fromS.toFixed(1)),
      toS: Number(round.toS.toFixed(1)),
    })),
  };
}
