import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../../base/errors.ts';
import type { Millis, UnixMillis } from '../../../base/units.ts';
import type { JobOutcome } from '../../../k6/job.ts';
import { iterationsIn, messageIn } from '../../../k6/said.ts';
import { correctionMs, type ClockOffset } from './clock.ts';
import { Collector } from './collect.ts';
import { bringByStorage, type Uploads } from './by-storage.ts';
import { cpuShares } from './cpu-shares.ts';
import type { RemotePart } from './open-vantage.ts';
import { partFile } from './part-file.ts';
import { parsePoll, type Poll } from './poll.ts';
import type { Say } from './say.ts';

/** How a machine is watched. */
export interface Watching {
  /** Between two looks at a running part. */
  readonly pollMs: Millis;
  /** Why a machine that does not answer is lost for good, in words; undefined while it may come back. */
  readonly lost: () => Promise<string | undefined>;
  /** A quicker way home for many rows. */
  readonly uploads: Uploads | undefined;
}

/** Rows that come along with each look while k6 measures; more would disturb it. */
const lightBytes = 64 * 1024;
/** The most that one call brings. */
const fullBytes = 256 * 1024;
/** A machine that has not answered for so long is given up. */
const patienceMs = 120_000;
/** k6 has ended its last block and drained by then. */
const overtimeMs = 120_000;
/** What an interruption may cost. */
const farewellMs = 20_000;

/** Runs one part as RemoteVantage promises. */
export async function runPart(
  say: Say,
  asked: RemotePart,
  clock: ClockOffset,
  options: Partial<Watching>,
): Promise<JobOutcome> {
  const aheadMs = correctionMs(clock);
  const collector = new Collector(asked.job.rowsFile, -1000 * aheadMs);
  const run = new PartRun(say, asked, collector, {
    pollMs: options.pollMs ?? 5000,
    lost: options.lost ?? (() => Promise.resolve(undefined)),
    uploads: options.uploads,
  });
  const end = await run.toEnd(asked.startAt + aheadMs).catch((error: unknown) => ({
    state: 'failed' as const,
    reason: messageOf(error),
  }));
  await collector.settled().catch(() => undefined);
  const cpu = cpuShares(collector.readings, run.processors, -1000 * aheadMs);
  return { ...end, cpu };
}

type End = JobOutcome extends infer O ? (O extends JobOutcome ? Omit<O, 'cpu'> : never) : never;

class PartRun {
  processors = 1;
  private readonly say: Say;
  private readonly asked: RemotePart;
  private readonly collector: Collector;
  private readonly watching: Watching;
  private heardAt: UnixMillis = Date.now();
  private isStopped = false;

  constructor(say: Say, asked: RemotePart, collector: Collector, watching: Watching) {
    this.say = say;
    this.asked = asked;
    this.collector = collector;
    this.watching = watching;
  }

  async toEnd(startAt: UnixMillis): Promise<End> {
    const { signal } = this.asked;
    await this.collector.begin();
    if (signal.aborted) return { state: 'interrupted' };
    await this.tell(startAt);
    const done = await this.untilDone();
    if (done === undefined) return this.given();
    await this.fetchRest();
    return this.endOf(done);
  }

  private async tell(startAt: UnixMillis): Promise<void> {
    const { part, job } = this.asked;
    if (part > 0) await this.say(['part', String(part)], (await partFile(job)).toString('base64'));
    await this.say(['go', String(part), String(startAt)]);
    this.heardAt = Date.now();
  }

  /** The poll that says so; undefined if it is not to be waited for any longer. */
  private async untilDone(): Promise<Poll | undefined> {
    const { signal, startAt, job } = this.asked;
    const overAt = startAt + job.durationMs + overtimeMs;
    let giveUpAt = Infinity;
    for (;;) {
      await this.untilNextLook();
      if (!this.isStopped && (signal.aborted || Date.now() > overAt)) {
        giveUpAt = Date.now() + farewellMs;
        await this.stop();
      }
      const poll = await this.poll(this.isStopped ? fullBytes : lightBytes);
      if (poll?.state === 'done') return poll;
      if (Date.now() > giveUpAt) return undefined;
    }
  }

  /** Looks more often when k6 must be about to end. */
  private async untilNextLook(): Promise<void> {
    const { signal, startAt, job } = this.asked;
    const { pollMs } = this.watching;
    if (this.isStopped) return pause(Math.min(1000, pollMs));
    const leftMs = startAt + job.durationMs - Date.now();
    const ms = Math.min(pollMs, Math.max(1000, leftMs));
    return pause(ms, undefined, { signal }).catch(() => undefined);
  }

  private async stop(): Promise<void> {
    this.isStopped = true;
    await this.say(['stop']).catch(() => undefined);
  }

  private async fetchRest(): Promise<void> {
    const giveUpAt = this.isStopped ? Date.now() + farewellMs : Infinity;
    const { uploads } = this.watching;
    if (uploads !== undefined)
      await bringByStorage(this.say, this.asked.part, this.collector, uploads, giveUpAt);
    let stuck = 0;
    while (Date.now() < giveUpAt) {
      if (this.collector.missing <= 0) await this.collector.settled();
      if (this.collector.missing <= 0) return;
      const before = this.collector.offset;
      await this.poll(fullBytes);
      // A damaged segment is fetched again, but not for ever.
      stuck = this.collector.offset > before ? 0 : stuck + 1;
      if (stuck > 5) throw new Error('its samples can not be fetched to their end');
    }
  }

  /** Undefined if it did not answer, this time. Throws once the machine is lost. */
  private async poll(length: number): Promise<Poll | undefined> {
    const { part } = this.asked;
    const { collector } = this;
    const { segments, readings, offset } = collector;
    const words = [part, segments, readings.length, offset, length];
    let text: string;
    try {
      text = await this.say(['poll', ...words.map(String)]);
    } catch (error) {
      const reason = await this.watching.lost().catch(() => undefined);
      if (reason !== undefined) throw new Error(reason, { cause: error });
      if (Date.now() > this.heardAt + patienceMs) throw error;
      return undefined;
    }
    this.heardAt = Date.now();
    const poll = parsePoll(text);
    await collector.take(poll, offset);
    this.report(poll);
    return poll;
  }

  private report({ processors, progress }: Poll): void {
    this.processors = processors;
    const iterations = iterationsIn(progress);
    if (iterations === undefined) return;
    const { job, startAt } = this.asked;
    this.asked.progress({ vantage: job.vantage, iterations, elapsedMs: Date.now() - startAt });
  }

  private given(): End {
    if (this.asked.signal.aborted) return { state: 'interrupted' };
    return { state: 'failed', reason: 'k6 did not end in time and could not be stopped' };
  }

  private endOf({ exit }: Poll): End {
    if (this.asked.signal.aborted) return { state: 'interrupted' };
    if (this.isStopped) return { state: 'failed', reason: 'k6 did not end in time' };
    if (exit === undefined) return { state: 'failed', reason: 'k6 ended, nobody knows how' };
    if (exit.isCut) return { state: 'failed', reason: 'its rows could not be packed' };
    if (exit.code === 0) return { state: 'completed' };
    const how = `k6 ended with exit code ${exit.code}`;
    const said = messageIn(exit.error);
    return { state: 'failed', reason: said === '' ? how : `${how}: ${said}` };
  }
}
