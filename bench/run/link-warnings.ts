import type { Warning } from '../base/warnings.ts';
import type { OffBlock } from '../samples/off-blocks.ts';
import { linkKey } from '../samples/probed-links.ts';

/** The links that cost a run rounds, a warning each. */
export function linkWarnings(off: readonly OffBlock[]): Warning[] {
  const byLink = new Map<string, OffBlock[]>();
  for (const block of off) {
    const key = linkKey(block.link);
    byLink.set(key, [...(byLink.get(key) ?? []), block]);
  }
  return [...byLink.values()].flatMap(warningOf);
}

function warningOf(blocks: readonly OffBlock[]): Warning[] {
  const [first] = blocks;
  if (first === undefined) return [];
  const { topology, from, to, wantedMs } = first.link;
  const worst = blocks.reduce((a, b) => (distance(b) > distance(a) ? b : a), first).medianMs;
  return [
    {
      code: 'link-off',
      ...(topology === undefined ? {} : { topology }),
      ...{ from, to, wantedMs },
      ...(worst === undefined ? {} : { measuredMs: worst }),
      rounds: [...new Set(blocks.map(({ round }) => round))].sort((a, b) => a - b),
      vantages: [...new Set(blocks.map(({ vantage }) => vantage))],
    },
  ];
}

const distance = ({ link, medianMs = Infinity }: OffBlock): number =>
  Math.abs(medianMs - link.wantedMs);
