import type { Millis } from '../base/units.ts';
import type { FileAltered } from '../base/warnings.ts';
import { blockKey } from './block-tally.ts';
import type { SampleSink } from './extra.ts';
import type { BlockOutcome } from './outcome.ts';
import { useOf, type Use } from './usable.ts';

type Counts = Record<Use, number>;

/**
 * Counts the requests of one vantage's rows block by block, to hold them against what was judged: rows that were doubled,
 * taken away or put elsewhere are no longer those of the outcomes. Hand it to the reader of the rows.
 */
export class Recount implements Pick<SampleSink, 'sample'> {
  private readonly counted: ReadonlyMap<string, { readonly block: BlockOutcome; n: Counts }>;
  private readonly timeoutMs: Millis;
  // Nearly every sample is of the same block as the one before it, and keys are slow to build.
  private last: { target: string; scenario: string; round: number; found: Found } | undefined;

  constructor(blocks: readonly BlockOutcome[], timeoutMs: Millis) {
    this.timeoutMs = timeoutMs;
    this.counted = new Map(
      blocks.map((block) => [
        blockKey(block.target, block.scenario, block.round),
        { block, n: { warm: 0, cold: 0, cut: 0, failed: 0, implausible: 0 } },
      ]),
    );
  }

  sample(sample: Parameters<SampleSink['sample']>[0]): void {
    const { target, scenario, round, atUs } = sample;
    if (
      this.last?.target !== target ||
      this.last.scenario !== scenario ||
      this.last.round !== round
    ) {
      const found = this.counted.get(blockKey(target, scenario, round));
      this.last = { target, scenario, round, found };
    }
    const { found } = this.last;
    if (found === undefined) return;
    if (atUs >= found.block.keep_from_us && atUs <= found.block.end_us)
      found.n[useOf(sample, this.timeoutMs)]++;
  }

  /** Undefined if all blocks are as they were judged. `file`: as messages call the rows. */
  warning(file: string, isOurs: boolean): FileAltered | undefined {
    const differing = [...this.counted.values()].filter(
      ({ block, n }) => total(n) !== judged(block) || (isOurs && !isSame(n, block)),
    );
    const [first] = differing;
    if (first === undefined) return undefined;
    const { block, n } = first;
    const where = `${block.target} (${block.scenario}) in round ${block.round + 1}`;
    const more = differing.length === 1 ? '' : `, and so in ${differing.length - 1} more blocks`;
    const reason =
      total(n) === judged(block)
        ? `has other requests of ${where} than were judged${more}`
        : `holds ${total(n)} requests of ${where} where ${judged(block)} were judged${more}`;
    const isLess = differing.every(({ block, n }) => total(n) < judged(block));
    return { code: 'file-altered', file, reason, ...(isLess ? { isLess } : {}) };
  }
}

type Found = { readonly block: BlockOutcome; n: Counts } | undefined;

const total = (n: Counts): number => n.warm + n.cold + n.cut + n.failed + n.implausible;

const judged = ({ kept, cold, cut = 0, failed, implausible }: BlockOutcome): number =>
  kept + cold + cut + failed + implausible;

/** Rounds that were measured again were judged by another timeout; older versions sorted the rest otherwise. */
const isSame = (n: Counts, block: BlockOutcome): boolean =>
  block.superseded === true ||
  (n.warm === block.kept &&
    n.cold === block.cold &&
    n.cut === (block.cut ?? 0) &&
    n.failed === block.failed &&
    n.implausible === block.implausible);
