import type { Millis, Seconds } from '../base/units.ts';
import { judgeLink, type LinkInSpan } from '../samples/judge-link.ts';
import type { LinkReading } from '../samples/links.ts';
import type { Manifest } from '../samples/manifest.ts';
import { isOffReason } from '../samples/off-blocks.ts';
import type { Outcomes } from '../samples/outcome.ts';
import { probedLinks } from '../samples/probed-links.ts';
import { roundSpans } from '../samples/round-spans.ts';
import { linkName } from './calibration.ts';

/** What the emulated links measured while the run went on. Times count from the start of the load. */
export interface LinkHistory {
  /** Those that were farthest off, the shortest first. */
  readonly links: readonly LinkLine[];
  /** How many links there are. */
  readonly all: number;
  readonly rounds: readonly ProbedRound[];
}

export interface LinkLine {
  readonly name: string;
  readonly wantedMs: Millis;
  /** Measured minus wanted; undefined where no answer came. */
  readonly probes: readonly { readonly atS: Seconds; readonly errorMs: Millis | undefined }[];
  /** By round, in the order of the run; undefined where too few probes tell. */
  readonly rounds: readonly (LinkInSpan | undefined)[];
}

export interface ProbedRound {
  readonly round: number;
  readonly fromS: Seconds;
  readonly toS: Seconds;
  /** Whether it does not count somewhere because of a link. */
  readonly lost: boolean;
}

/** More lines nobody tells apart. */
const mostLinks = 8;

/** Undefined where links were not probed. */
export function linkHistory(
  manifest: Manifest,
  { blocks }: Outcomes,
  readings: readonly LinkReading[] | undefined,
): LinkHistory | undefined {
  const { plan, startAt } = manifest;
  if (readings === undefined || startAt === undefined) return undefined;
  const links = probedLinks(manifest, readings);
  if (links.length === 0) return undefined;
  const spans = [...roundSpans(plan, startAt)].sort(([a], [b]) => a - b);
  const seconds = (us: number): Seconds => us / 1e6 - startAt / 1e3;
  const lines = links.map((link): LinkLine => ({
    ...{ name: linkName(link), wantedMs: link.wantedMs },
    probes: link.probes.map(({ atUs, rttMs }) => ({
      atS: seconds(atUs),
      errorMs: rttMs === undefined ? undefined : rttMs - link.wantedMs,
    })),
    rounds: spans.map(([, span]) => judgeLink(link, span)),
  }));
  const lost = new Set(
    blocks.filter(({ reason }) => isOffReason(reason ?? '')).map(({ round }) => round),
  );
  return {
    links: farthestOff(lines),
    all: links.length,
    rounds: spans.map(([round, { fromUs, toUs }]) => ({
      ...{ round, fromS: seconds(fromUs), toS: seconds(toUs), lost: lost.has(round) },
    })),
  };
}

function farthestOff(lines: readonly LinkLine[]): LinkLine[] {
  const kept = new Set([...lines].sort((a, b) => worst(b) - worst(a)).slice(0, mostLinks));
  return lines.filter((line) => kept.has(line));
}

/** How far the median of a round was off at most, as a share of what was wanted. */
const worst = ({ rounds, wantedMs }: Pick<LinkLine, 'rounds' | 'wantedMs'>): number =>
  Math.max(
    0,
    ...rounds.map((judged) =>
      judged === undefined ? 0 : Math.abs((judged.medianMs ?? Infinity) - wantedMs) / wantedMs,
    ),
  );
