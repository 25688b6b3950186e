import type { PlannedBlock } from '../plan/plan.ts';
import type { UnixMicros, UnixMillis } from '../base/units.ts';
import { mostCommonFailure } from './failure-words.ts';
import type { Sample } from './sample.ts';
import type { Use } from './usable.ts';

/** The requests and drops of one block's kept part, counted. */
export class BlockTally {
  dropped = 0;
  private readonly uses: Record<Use, number> = { warm: 0, cold: 0, failed: 0, implausible: 0 };
  private readonly failures = new Map<string, number>();
  readonly block: PlannedBlock;
  readonly keepFromUs: UnixMicros;
  readonly endUs: UnixMicros;

  constructor(block: PlannedBlock, startAt: UnixMillis) {
    this.block = block;
    const keepFrom = startAt + block.startMs + block.warmUpMs;
    this.keepFromUs = Math.round(1000 * keepFrom);
    this.endUs = Math.round(1000 * (keepFrom + block.keepMs + block.drainMs));
  }

  keeps(atUs: UnixMicros): boolean {
    return atUs >= this.keepFromUs && atUs <= this.endUs;
  }

  count(use: Use, { errorCode, status }: Sample): void {
    this.uses[use]++;
    if (use !== 'failed') return;
    const key = `${errorCode}:${status}`;
    this.failures.set(key, (this.failures.get(key) ?? 0) + 1);
  }

  /** What most of the failed ones failed from. */
  failure(): string | undefined {
    return mostCommonFailure(this.failures);
  }

  of(use: Use): number {
    return this.uses[use];
  }

  /** Everything that was asked for and got some end. */
  requests(): number {
    return this.uses.warm + this.uses.cold + this.uses.failed + this.uses.implausible;
  }
}

/** Names a block within a vantage. */
export function blockKey(target: string, scenario: string, round: number): string {
  return `${round}\n${scenario}\n${target}`;
}
