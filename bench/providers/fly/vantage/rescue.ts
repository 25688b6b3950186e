import { rename, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Millis } from '../../../base/units.ts';
import { unfinishedBeside } from '../../../samples/write-whole.ts';
import { Collector } from './collect.ts';
import { compareClocks, correctionMs } from './clock.ts';
import type { Exec } from './exec.ts';
import { fullBytes, pollWords, stateWords } from './poll-words.ts';
import { parsePoll, type Poll } from './poll.ts';
import { sayBy, type Say } from './say.ts';

/** Longer than k6 takes to end and its last rows to be packed. */
const endMs: Millis = 20_000;

/**
 * Brings home what a machine holds whose controller is gone: ends its k6 and fetches the rows of its newest part into
 * the file that `fileOf` names for that part, in place of what is there. Undefined if it never began. Throws, with that
 * file untouched, if the machine does not answer.
 */
export async function rescueRows(
  exec: Exec,
  fileOf: (part: number) => string,
): Promise<string | undefined> {
  const say = sayBy(exec);
  const part = await newestPart(say);
  if (part === undefined) return undefined;
  await say(['stop']);
  const file = fileOf(part);
  const unfinished = unfinishedBeside(file);
  try {
    const collector = new Collector(unfinished, -1000 * correctionMs(await compareClocks(say)));
    await collector.begin();
    await fetchAll(say, part, collector);
    await rename(unfinished, file);
    return file;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Parts run one after the other. */
async function newestPart(say: Say): Promise<number | undefined> {
  for (let part = 0; ; part++) {
    const { state } = parsePoll(await say(stateWords(part)));
    if (state === 'ready' || state === 'starting') return part === 0 ? undefined : part - 1;
  }
}

async function fetchAll(say: Say, part: number, collector: Collector): Promise<void> {
  const giveUpAt = Date.now() + endMs;
  let isEnding = true;
  while (isEnding || collector.missing > 0) {
    const before = collector.offset;
    const poll = await look(say, part, collector);
    // What k6 has not written by then never comes.
    if (poll.state === 'done' || Date.now() > giveUpAt) isEnding = false;
    if (collector.offset === before) await pause(1000);
    // A damaged segment makes bytes missing again.
    if (collector.missing <= 0) await collector.settled();
  }
}

async function look(say: Say, part: number, collector: Collector): Promise<Poll> {
  const { offset } = collector;
  const poll = parsePoll(await say(pollWords(part, collector, fullBytes)));
  await collector.take(poll, offset);
  return poll;
}
