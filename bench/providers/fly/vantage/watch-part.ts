import type { Millis, UnixMillis } from '../../../base/units.ts';
import type { Contact } from './contact.ts';
import { farewellMs } from './farewell.ts';
import { fullBytes } from './poll-words.ts';
import type { Poll } from './poll.ts';
import type { Watching } from './watching.ts';

/** A part under way. */
export interface UnderWay {
  /** When its last block has ended. */
  readonly overAt: UnixMillis;
  /** Aborted: it is to end early. */
  readonly signal: AbortSignal;
  /** When an early end has to be over. */
  readonly giveUpAt: () => UnixMillis;
  /** Tells k6 to end; may be said in vain. */
  readonly stop: () => Promise<void>;
  readonly heard: (poll: Poll) => void;
}

/** How the watch over a part ended. */
export interface Watched {
  /** The poll that says that k6 has ended; undefined if that is not to be waited for any longer. */
  readonly done: Poll | undefined;
  /** Whether k6 was told to end. */
  readonly isStopped: boolean;
}

/** Rows that come along with each look while k6 measures; more would disturb it. */
const lightBytes = 64 * 1024;
/** k6 has ended its last block and drained by then. */
const overtimeMs: Millis = 120_000;

/** Looks at a part until k6 has ended, and ends it early if it is to. Throws once the machine is lost. */
export async function watchPart(
  contact: Contact,
  { overAt, signal, giveUpAt, stop, heard }: UnderWay,
  { clock, pollMs }: Watching,
): Promise<Watched> {
  let stoppedAt: UnixMillis | undefined;
  let isOverdue = false;
  for (;;) {
    await untilNextLook();
    if (stoppedAt === undefined && (signal.aborted || isOverdue)) {
      stoppedAt = clock.now();
      await stop();
    }
    const isStopped = stoppedAt !== undefined;
    const poll = await contact.poll(isStopped ? fullBytes : lightBytes);
    if (poll !== undefined) heard(poll);
    if (poll?.state === 'done') return { done: poll, isStopped };
    if (clock.now() > giveUpAt()) return { done: undefined, isStopped };
    // One that is not heard of may have ended in time.
    if (poll === undefined) continue;
    if (clock.now() > (stoppedAt ?? Infinity) + farewellMs) return { done: undefined, isStopped };
    isOverdue = clock.now() > overAt + overtimeMs;
  }

  /** Looks more often when k6 must be about to end. */
  async function untilNextLook(): Promise<void> {
    if (stoppedAt !== undefined) return clock.sleep(Math.min(1000, pollMs));
    const ms = Math.min(pollMs, Math.max(1000, overAt - clock.now()));
    return clock.sleep(ms, signal).catch(() => undefined);
  }
}
