import { messageOf } from '../../../base/errors.ts';
import type { UnixMillis } from '../../../base/units.ts';
import type { JobOutcome } from '../../../k6/job.ts';
import { iterationsIn } from '../../../k6/said.ts';
import { bringByStorage } from './by-storage.ts';
import { correctionMs, type ClockOffset } from './clock.ts';
import { Collector } from './collect.ts';
import { Contact } from './contact.ts';
import { cpuShares } from './cpu-shares.ts';
import { untilFarewell } from './farewell.ts';
import { fetchRest } from './fetch-rest.ts';
import type { RemotePart } from './open-vantage.ts';
import { partEnd, type PartEnd } from './part-end.ts';
import { partFile } from './part-file.ts';
import type { Poll } from './poll.ts';
import type { Say } from './say.ts';
import { watchPart } from './watch-part.ts';
import type { Watching } from './watching.ts';

/** Runs one part as RemoteVantage promises. */
export async function runPart(
  say: Say,
  asked: RemotePart,
  clock: ClockOffset,
  watching: Watching,
): Promise<JobOutcome> {
  const aheadMs = correctionMs(clock);
  const collector = new Collector(asked.job.rowsFile, -1000 * aheadMs);
  let processors = 1;
  const heard = (poll: Poll) => {
    processors = poll.processors;
    report(asked, poll, watching.clock.now());
  };
  const running = { say, collector, heard, startAt: asked.startAt + aheadMs };
  const end = await toEnd(asked, running, watching).catch((error: unknown): PartEnd => ({
    state: 'failed',
    reason: messageOf(error),
  }));
  await collector.settled().catch(() => undefined);
  return { ...end, cpu: cpuShares(collector.readings, processors, -1000 * aheadMs) };
}

interface Running {
  readonly say: Say;
  readonly collector: Collector;
  readonly heard: (poll: Poll) => void;
  /** By the machine's clock. */
  readonly startAt: UnixMillis;
}

async function toEnd(
  asked: RemotePart,
  { say, collector, heard, startAt }: Running,
  watching: Watching,
): Promise<PartEnd> {
  const { part, job, signal } = asked;
  await collector.begin();
  if (signal.aborted) return { state: 'interrupted' };
  const giveUpAt = untilFarewell(signal, watching.clock);
  await tell(say, asked, startAt);
  const overAt = asked.startAt + job.durationMs;
  const contact = new Contact({ say, part, collector, overAt }, watching);
  const stop = () => say(['stop']).then(ignore, ignore);
  const underWay = { overAt, signal, giveUpAt, stop, heard };
  const { done, isStopped } = await watchPart(contact, underWay, watching);
  if (done !== undefined) {
    const { uploads } = watching;
    if (uploads !== undefined) await bringByStorage(say, part, collector, uploads, giveUpAt);
    await fetchRest(contact, collector, giveUpAt, watching);
  }
  return partEnd(done, { isInterrupted: signal.aborted, isStopped });
}

async function tell(say: Say, { part, job }: RemotePart, startAt: UnixMillis): Promise<void> {
  if (part > 0) await say(['part', String(part)], (await partFile(job)).toString('base64'));
  await say(['go', String(part), String(startAt)]);
}

function report({ job, startAt, progress }: RemotePart, poll: Poll, now: UnixMillis): void {
  const iterations = iterationsIn(poll.progress);
  if (iterations === undefined) return;
  progress({ vantage: job.vantage, iterations, elapsedMs: now - startAt });
}

const ignore = (): void => undefined;
