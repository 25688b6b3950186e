import type { PlannedBlock } from '../plan/plan.ts';
import type { Millis, UnixMicros, UnixMillis } from '../base/units.ts';
import { mostCommonFailure } from './failure-words.ts';
import type { Sample } from './sample.ts';
import { isUnfinished, type Use } from './usable.ts';

/** The requests and drops of one block's kept part, counted. */
export class BlockTally {
  dropped = 0;
  /** Answers whose bodies had not ended; they are counted as warm or cold too. */
  unfinished = 0;
  /** The longest first byte of these. */
  unfinishedTtfbMs: Millis = 0;
  /** Requests that took at least half as long as was planned for an iteration; no endless bodies among them. */
  slow = 0;
  private readonly uses: Record<Use, number> = {
    ...{ warm: 0, cold: 0, cut: 0, failed: 0, implausible: 0 },
  };
  private readonly failures = new Map<string, number>();
  readonly block: PlannedBlock;
  readonly keepFromUs: UnixMicros;
  readonly endUs: UnixMicros;

  private readonly slowFromMs: Millis;

  /** `iterationMs`: how long an iteration may take before its virtual user is wanted again. */
  constructor(block: PlannedBlock, startAt: UnixMillis, iterationMs: Millis) {
    this.block = block;
    this.slowFromMs = iterationMs / 2;
    const keepFrom = startAt + block.startMs + block.warmUpMs;
    this.keepFromUs = Math.round(1000 * keepFrom);
    this.endUs = Math.round(1000 * (keepFrom + block.keepMs + block.drainMs));
  }

  keeps(atUs: UnixMicros): boolean {
    return atUs >= this.keepFromUs && atUs <= this.endUs;
  }

  count(use: Use, sample: Sample): void {
    const { errorCode, status } = sample;
    this.uses[use]++;
    if (isUnfinished(sample)) {
      this.unfinished++;
      this.unfinishedTtfbMs = Math.max(this.unfinishedTtfbMs, sample.waitingMs);
    } else if (sample.blockedMs + sample.sendingMs + sample.waitingMs >= this.slowFromMs)
      this.slow++;
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
    return Object.values(this.uses).reduce((sum, n) => sum + n, 0);
  }
}

/** Names a block within a vantage. */
export function blockKey(target: string, scenario: string, round: number): string {
  return `${round}\n${scenario}\n${target}`;
}
