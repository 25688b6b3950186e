import { messageOf } from '../../../base/errors.ts';
import type { UnixMillis } from '../../../base/units.ts';
import type { Collector } from './collect.ts';
import { keptUntil } from './patience.ts';
import { pollWords } from './poll-words.ts';
import { parsePoll, type Poll } from './poll.ts';
import type { Say } from './say.ts';
import type { Watching } from './watching.ts';

/** What is asked of a machine, and about what. */
export interface Subject {
  readonly say: Say;
  readonly part: number;
  /** Takes what the answers bring. */
  readonly collector: Collector;
  /** When k6 is to have ended. */
  readonly overAt: UnixMillis;
}

/** Polls one part of a machine that may be silent for a while. */
export class Contact {
  private readonly subject: Subject;
  private readonly watching: Watching;
  private heardAt: UnixMillis;
  private isSilent = false;

  constructor(subject: Subject, watching: Watching) {
    this.subject = subject;
    this.watching = watching;
    this.heardAt = watching.clock.now();
  }

  /** Undefined if there was no answer, this time. Throws once the machine is lost, or can't be there any more. */
  async poll(mostBytes: number): Promise<Poll | undefined> {
    const { say, part, collector } = this.subject;
    const { offset } = collector;
    let text: string;
    try {
      text = await say(pollWords(part, collector, mostBytes));
    } catch (error) {
      await this.bear(error);
      return undefined;
    }
    this.heardAt = this.watching.clock.now();
    this.isSilent = false;
    const poll = parsePoll(text);
    await collector.take(poll, offset);
    return poll;
  }

  private async bear(error: unknown): Promise<void> {
    const { lost, silent, clock, expiresAt } = this.watching;
    const reason = await lost().catch(() => undefined);
    if (reason !== undefined) throw new Error(reason, { cause: error });
    const { overAt } = this.subject;
    const until = keptUntil({ overAt, heardAt: this.heardAt, expiresAt });
    if (clock.now() >= until) throw error;
    if (!this.isSilent) silent(until, messageOf(error));
    this.isSilent = true;
  }
}
