import { formatSeconds, type Millis, type UnixMillis } from '../base/units.ts';
import type { Standstill } from '../samples/standstill.ts';

/** What two clocks show: one that can be set, and stands for dates; and one that only runs, while the machine does. */
export interface Clocks {
  readonly wallMs: UnixMillis;
  readonly runningMs: Millis;
}

/** Between two looks at the clocks. */
export const tickMs: Millis = 500;
/** A busy machine lets a timer wait, but hardly so long. */
const longestMs: Millis = 3000;
/** What blocks are located by is off by so much after it. */
const leastJumpMs: Millis = 500;

/** A standstill that was noticed, and whether the clock went on by another time than the machine. */
export interface NoticedStandstill extends Standstill {
  readonly jumped: boolean;
}

/** What two looks at the clocks, a tick apart, say. Pure. */
export function standstillBetween(before: Clocks, now: Clocks): NoticedStandstill | undefined {
  const ran = now.runningMs - before.runningMs;
  const passed = now.wallMs - before.wallMs;
  const jumped = Math.abs(passed - ran) >= leastJumpMs;
  if (!jumped && ran < longestMs) return undefined;
  return { fromMs: before.wallMs, toMs: now.wallMs, jumped };
}

/** For whoever watches. */
export function describeStandstill({ fromMs, toMs, jumped }: NoticedStandstill): string {
  const ms = toMs - fromMs;
  if (ms < 0) return `This machine's clock was set back by ${formatSeconds(-ms / 1000)}.`;
  const or = jumped ? ', or its clock was set forward' : ', or had no time for this command';
  return `This machine stood still for ${formatSeconds(ms / 1000)}${or}.`;
}

/** Notices when this process, or the machine, stands still. */
export function watchStandstills(
  noticed: (standstill: NoticedStandstill) => void,
  look = (): Clocks => ({ wallMs: Date.now(), runningMs: performance.now() }),
): { stop(): void } {
  let before = look();
  const timer = setInterval(() => {
    const now = look();
    const found = standstillBetween(before, now);
    before = now;
    if (found !== undefined) noticed(found);
  }, tickMs);
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}
